import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { fieldOf } from '../store/page.ts';
import type { Trigger } from '../store/trigger.ts';
import { passingOverUnreadable } from '../store/unreadable.ts';
import { update } from '../store/update.ts';
import { filesOf, type Media, media } from './collection.ts';
import type { Copies } from './copies.ts';

/** After so many beginnings that had no end, a file is given up: it may be what ends the process. */
const MOST_ATTEMPTS = 3;

/** Changes an upload whose copy is still to be made; resolves to whether it was. */
const settle = (
  runtime: Runtime,
  id: string,
  patch: (seen: Media) => Partial<Media>,
): Promise<boolean> =>
  update(runtime.store.metered(), runtime, {
    keys: [media.doc(id)],
    decide: ({ reads }) => {
      const seen = reads.get(media.doc(id));
      const isDue = seen?.data.state === 'processing' && !seen.data.isLeaving;
      return isDue ? [media.update(seen, patch(seen.data))] : [];
    },
  });

const current = async ({ store }: Runtime, id: string): Promise<Media | undefined> => {
  const key = media.doc(id);
  return (await store.metered().get(key))?.data;
};

/** Counts the attempt. Undefined when there is nothing to do, or nothing more. */
const begin = async (runtime: Runtime, id: string): Promise<Media | undefined> => {
  const isCounted = await settle(runtime, id, ({ attempts }) =>
    attempts < MOST_ATTEMPTS ? { attempts: attempts + 1 } : { state: 'unreadable' },
  );
  const seen = isCounted ? await current(runtime, id) : undefined;
  return seen?.state === 'processing' ? seen : undefined;
};

/** The copies of a file; undefined for one that has none. The decoder is loaded here alone. */
const copiesOf = async (
  { config, log }: Runtime,
  { id, type }: Media,
  original: Buffer,
): Promise<Copies | undefined> => {
  const { makeCopies } = await import('./copies.ts');
  try {
    return await makeCopies(original, type, config.timeZone);
  } catch (error) {
    log.write('WARNING', 'a photo has no copy', { id, type, ...describeError(error) });
    return undefined;
  }
};

const store = async ({ files }: Runtime, seen: Media, { copy, thumb }: Copies): Promise<void> => {
  const paths = filesOf(seen);
  await files.put(paths.copy, 'image/jpeg', Readable.from([copy]));
  await files.put(paths.thumb, 'image/jpeg', Readable.from([thumb]));
};

const finish = async (runtime: Runtime, seen: Media, made: Copies): Promise<void> => {
  await store(runtime, seen, made);
  const { copy, thumb, width, height, takenAt, takenPlace } = made;
  const described = { bytes: copy.length, thumbBytes: thumb.length, width, height };
  const patch = { state: 'ready', copy: described, takenAt, takenPlace } as const;
  if (await settle(runtime, seen.id, () => patch)) return;
  // The clock is removing the upload, or has, and may have removed its files before these were written.
  const left = await current(runtime, seen.id);
  if (left?.isLeaving === false) return;
  const paths = filesOf(seen);
  await Promise.all([paths.copy, paths.thumb].map((path) => runtime.files.remove(path)));
};

const makeReady = async (runtime: Runtime, seen: Media): Promise<void> => {
  const original = await runtime.files.open(filesOf(seen).original);
  const made = original && (await copiesOf(runtime, seen, await buffer(original)));
  if (made === undefined) await settle(runtime, seen.id, () => ({ state: 'unreadable' }));
  else await finish(runtime, seen, made);
};

/** Makes a photo ready. An attempt that fails has an end, so it does not count. */
const attempt = async (runtime: Runtime, id: string): Promise<void> => {
  const seen = await begin(runtime, id);
  if (seen === undefined) return;
  try {
    await makeReady(runtime, seen);
  } catch (error) {
    await settle(runtime, id, ({ attempts }) => ({ attempts: attempts - 1 }));
    throw error;
  }
};

const isProcessing = (data: unknown): boolean => fieldOf(data, 'state') === 'processing';

/**
 * Makes what others see of a photo, once it is uploaded. Events come more than once: what is done
 * stays as it is, and what was cut is made again, a few times.
 *
 * @throws Problem while the bucket or the store does not answer, so that the event comes again
 */
export const photos: Trigger = {
  name: 'photos',
  document: 'media/{id}',
  // A photo of a phone takes up to half a gigabyte while it is decoded.
  runs: { memory: '1GiB', concurrency: 1, timeoutSeconds: 120 },
  handle: (runtime, { id, before, after }) =>
    passingOverUnreadable(runtime, async () => {
      if (isProcessing(after) && !isProcessing(before)) await attempt(runtime, id);
    }),
};
