import type { Files } from './files.ts';
import { sweepOf } from '../store/sweep.ts';
import { filesOf, type Media, media } from './collection.ts';

const removeFiles = async (files: Files, seen: Media): Promise<void> => {
  await Promise.all(Object.values(filesOf(seen)).map((path) => files.remove(path)));
};

/**
 * Removes uploads that nothing names: a day after they came, and at once when what showed them is
 * gone. First no document may name them any more; the next pass removes their files and then them, so
 * that nobody ever shows an upload without a file.
 */
export const sweepMedia = sweepOf({
  name: 'media',
  collection: media,
  plan: async (_store, { files }) => ({
    due: (now) => ({ anyOf: [media.queries.due.where({})], range: { to: now } }),
    decide: async (seen, now) => {
      const { dueAt, isLeaving } = seen.data;
      if (dueAt === null || dueAt > now) return [];
      if (!isLeaving) return [media.update(seen, { isLeaving: true, dueAt: now })];
      await removeFiles(files, seen.data);
      return [media.remove(seen)];
    },
  }),
});
