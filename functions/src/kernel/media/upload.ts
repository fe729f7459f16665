import { randomBytes } from 'node:crypto';
import { bodyStream, type Endpoint, noInput } from '../http/endpoint.ts';
import { type Problem, refuse, refuseFor } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import type { Reads, Write } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { update } from '../store/update.ts';
import { isCopied, type Media, MEDIA_TYPES, media, mediaTurns } from './collection.ts';
import { openContent } from './content.ts';
import type { ServedMedia } from './served.ts';

const MOST_BYTES = 15 * 1024 * 1024;
const DAY_MS = 24 * 60 * 60_000;
/** Much longer than a request lasts: what is still being received then never ends. */
const UPLOAD_MS = 60 * 60_000;
const SECRET_BYTES = 32;

/** 1 by 1 pixel, as base64. */
const SMALLEST_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

const DECLARATION = {
  method: 'post',
  path: '/media',
  summary: 'Uploads a photo or a film, the body as it is; something has to name it within a day',
  refusals: ['media/too-large', 'media/unsupported', 'media/too-many', 'media/unavailable'],
  consumes: {
    type: [...MEDIA_TYPES, 'application/octet-stream'],
    limit: MOST_BYTES,
    isStream: true,
  },
  input: { ...noInput, body: bodyStream },
  status: 201,
  returns: 'what it is: `path` goes into the fields that take photos, `state` says who sees it',
  // Reads: the caller, how much they have uploaded, the upload. Writes: the same, and again the upload
  // once its content is there.
  cost: { reads: 3, writes: 3 },
  sample: { body: SMALLEST_PNG },
} as const;

/** How much the caller has uploaded since when; a day after that it begins anew. */
const turnOf = (reads: Reads, uid: string, now: Date) => {
  const seen = reads.get(mediaTurns.doc(uid));
  const isOver = seen !== undefined && now.getTime() - seen.data.since.getTime() >= DAY_MS;
  const { since, count } = seen === undefined || isOver ? { since: now, count: 0 } : seen.data;
  return { seen, since, count };
};

/** The write that counts an upload; undefined when there were too many. */
const countOne = (reads: Reads, uid: string, most: number, now: Date): Write | undefined => {
  const { seen, since, count } = turnOf(reads, uid, now);
  if (count >= most) return undefined;
  const data = { since, count: count + 1, expiresAt: new Date(since.getTime() + DAY_MS) };
  return mediaTurns.put(uid, seen, data);
};

type NewMedia = Pick<Media, 'id' | 'desk' | 'ownerId' | 'type' | 'path'>;

const newMedia = (known: NewMedia, now: Date): Media => ({
  ...known,
  state: 'uploading',
  bytes: 0,
  secret: randomBytes(SECRET_BYTES).toString('base64url'),
  attachedTo: null,
  takenAt: null,
  takenPlace: null,
  copy: null,
  attempts: 0,
  dueAt: new Date(now.getTime() + UPLOAD_MS),
  isLeaving: false,
  createdAt: now,
});

/**
 * Counts the upload and writes its document, before its file: whatever a crash leaves of either, the
 * clock finds the document and removes both.
 */
const begin = async (
  runtime: Runtime,
  store: Store,
  known: NewMedia,
): Promise<Problem | undefined> => {
  const { ownerId } = known;
  const key = mediaTurns.doc(ownerId);
  const isCounted = await update(store, runtime, {
    keys: [key],
    decide: ({ reads }) => {
      const now = runtime.now();
      const counted = countOne(reads, ownerId, runtime.config.mediaPerDay, now);
      return counted ? [counted, media.create(known.id, newMedia(known, now))] : [];
    },
  });
  if (isCounted) return undefined;
  const now = runtime.now();
  const { since } = turnOf(await store.load([key]), ownerId, now);
  return refuseFor('media/too-many', (since.getTime() + DAY_MS - now.getTime()) / 1000);
};

/** Receives a photo or a film: its document, its file, and then that it is there. */
export const uploadMedia = <A>({ own, settings, schema, toWire }: ServedMedia<A>): Endpoint =>
  own({
    ...DECLARATION,
    output: schema,
    handle: async ({ input: { body }, principal, runtime, store, change }) => {
      const { type, all } = await openContent(body);
      if (type === undefined) return refuse('media/unsupported');
      const id = runtime.newId();
      const path = `media/${runtime.newId()}`;
      const known = { id, desk: settings.name, ownerId: principal.person.id, type, path };
      const refused = await begin(runtime, store, known);
      if (refused !== undefined) return refused;
      await runtime.files.put(path, type, all);
      const key = media.doc(id);
      return change({
        gather: () => store.get(key),
        decide: ({ gathered: seen, now }) => {
          if (seen === undefined || seen.data.isLeaving) return refuseFor('media/unavailable', 1);
          const patch = {
            state: isCopied(type) ? 'processing' : 'sender-only',
            bytes: body.bytes,
            dueAt: new Date(now.getTime() + DAY_MS),
          } as const;
          return {
            writes: [media.update(seen, patch)],
            answer: toWire({ ...seen.data, ...patch }),
          };
        },
      });
    },
  });
