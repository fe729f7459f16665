import { Problem, refuseField } from '../problem.ts';
import type { Loaded, Reads, Write } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { type Media, media } from './collection.ts';
import { foreignIn, mediaKeys, namedIn, type NamedMedia } from './paths.ts';

/** The refusals of an endpoint whose body names photos. */
export const ATTACH_REFUSALS = ['media/unknown', 'media/foreign', 'media/in-use'] as const;

/** Who attaches, and what was read. */
interface Attaching {
  readonly reads: Reads;
  /** The uid of the caller. */
  readonly by: string;
  /** The hosts elsewhere whose files are accepted. */
  readonly hosts: readonly string[];
  /** The document that names them, if it exists already: what it shows may be sent again. */
  readonly holder?: string;
}

const refusalOf = (seen: Media | undefined, { by, holder }: Attaching) => {
  if (seen === undefined || seen.isLeaving || seen.state === 'uploading') return 'media/unknown';
  if (seen.attachedTo !== null) return seen.attachedTo === holder ? undefined : 'media/in-use';
  return seen.ownerId === by ? undefined : 'media/unknown';
};

/**
 * Checks what a request names: each upload exists, is the caller's own, and belongs to nothing else.
 * Pure, so that it is decided in the change that attaches.
 *
 * @returns the uploads that are to be attached, or a refusal that names the field
 */
export const attachable = (
  named: readonly NamedMedia[],
  attaching: Attaching,
): readonly Loaded<Media>[] | Problem => {
  const foreign = foreignIn(named, attaching.hosts);
  if (foreign !== undefined) return refuseField('media/foreign', foreign.field);
  const found = new Map<string, Loaded<Media>>();
  for (const each of named) {
    for (const key of mediaKeys([each])) {
      const seen = attaching.reads.get(key);
      const refusal = refusalOf(seen?.data, attaching);
      if (refusal !== undefined) return refuseField(refusal, each.field);
      if (seen?.data.attachedTo === null) found.set(seen.id, seen);
    }
  }
  return [...found.values()];
};

/** The writes by which a document, given by its path, takes uploads. */
export const attachTo = (holder: string, found: readonly Loaded<Media>[]): readonly Write[] =>
  found.map((seen) => media.update(seen, { attachedTo: holder, dueAt: null }));

/** A document, by its path, and what its fields name. */
export interface Shown {
  readonly holder: string;
  readonly values: readonly string[];
}

/** The uploads that belong to these documents; for `gather`, by the changes that end that. */
export const attachedMedia = async (
  store: Store,
  shown: readonly Shown[],
): Promise<readonly Loaded<Media>[]> => {
  const keys = shown.map(({ values }) => mediaKeys(namedIn('', values)));
  const reads = await store.load(keys.flat());
  return shown.flatMap(({ holder }, index) =>
    (keys[index] ?? []).flatMap((key) => {
      const seen = reads.get(key);
      return seen?.data.attachedTo === holder ? [seen] : [];
    }),
  );
};

/** A change of what a document names; without `after`, it stays as it is. */
export interface Edited extends Omit<Shown, 'values'> {
  readonly before: readonly string[] | undefined;
  readonly after: readonly string[] | undefined;
}

/** The uploads that a document no longer names after a change; for `gather`. */
export const droppedMedia = (store: Store, { holder, before = [], after = before }: Edited) =>
  attachedMedia(store, [{ holder, values: before.filter((each) => !after.includes(each)) }]);

/** The writes by which a document lets go of uploads, so that the clock removes them. */
export const release = (found: readonly Loaded<Media>[], now: Date): readonly Write[] =>
  found.map((seen) => media.update(seen, { attachedTo: null, dueAt: now }));

/** What such a change writes: it takes what is new in `field`, and lets go of what was dropped. */
export const editedMedia = (
  field: string,
  { holder, before = [], after }: Edited,
  dropped: readonly Loaded<Media>[],
  attaching: Omit<Attaching, 'holder'> & { readonly now: Date },
): readonly Write[] | Problem => {
  const named = namedIn(field, after).filter(({ value }) => !before.includes(value));
  const found = attachable(named, { ...attaching, holder });
  return found instanceof Problem
    ? found
    : [...attachTo(holder, found), ...release(dropped, attaching.now)];
};
