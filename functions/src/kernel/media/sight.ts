import { type Problem, refuse } from '../problem.ts';
import type { Reads } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { filesOf, type Media, media } from './collection.ts';
import type { Linked } from './link.ts';
import type { Holder } from './style.ts';

/** A photo or film that its caller may see, and whether they sent it. */
export interface Seen {
  readonly media: Media;
  readonly isOwn: boolean;
}

interface Looking<A> {
  readonly reads: Reads;
  readonly store: Store;
  readonly actor: A;
  readonly uid: string;
}

/** The upload of an id, if its content is there. */
export const presentIn = (reads: Reads, id: string): Media | undefined => {
  const seen = reads.get(media.doc(id))?.data;
  return seen === undefined || seen.isLeaving || seen.state === 'uploading' ? undefined : seen;
};

/**
 * Who sees a photo: its sender; and once its copy is there, everybody who sees the document that
 * shows it, by that document's own test. That costs a stranger one more read.
 */
export const lookAt = async <A>(
  holders: readonly Holder<A>[],
  id: string,
  { reads, store, actor, uid }: Looking<A>,
): Promise<Seen | Problem> => {
  const found = presentIn(reads, id);
  if (found === undefined) return refuse('media/not-found');
  if (found.ownerId === uid) return { media: found, isOwn: true };
  const [collection, holderId] = found.attachedTo?.split('/') ?? [];
  const holder = holders.find((each) => each.collection === collection);
  if (found.state !== 'ready' || holder === undefined || holderId === undefined) {
    return refuse('media/not-found');
  }
  return (await holder.maySee(store, holderId, actor))
    ? { media: found, isOwn: false }
    : refuse('media/not-found');
};

/** The file of a photo that somebody may see: a copy, or for its sender the original until then. */
export const fileToShow = (shown: Media, { size, isOwn }: Linked) => {
  const files = filesOf(shown);
  if (shown.state === 'ready' && shown.copy !== null) {
    const { bytes, thumbBytes } = shown.copy;
    return size === 'thumb'
      ? { path: files.thumb, type: 'image/jpeg', bytes: thumbBytes, tag: `${shown.id}-thumb` }
      : { path: files.copy, type: 'image/jpeg', bytes, tag: `${shown.id}-copy` };
  }
  if (!isOwn) return undefined;
  return {
    path: files.original,
    type: shown.type,
    bytes: shown.bytes,
    tag: `${shown.id}-original`,
  };
};
