import type { z } from 'zod';
import { collection, type IndexedCollection } from './collection.ts';
import type { DocKey, Fields, Reads, Write } from './document.ts';

/** What people of a desk may edit: one document, and what applies until it is there. */
export interface Setting<T> {
  readonly collection: IndexedCollection;
  readonly key: DocKey<T>;
  /** What applies now; the document must have been read. */
  of(reads: Reads): T;
  /** The write of an edit, under the same condition. */
  put(reads: Reads, edited: T & Fields): Write;
}

/** Declares `settings/{id}`. */
export const setting = <S extends z.ZodType>(
  id: string,
  schema: S,
  initial: z.output<S>,
): Setting<z.output<S>> => {
  const settings = collection('settings', schema);
  const key = settings.doc(id);
  return {
    collection: settings,
    key,
    of: (reads) => reads.get(key)?.data ?? initial,
    put: (reads, edited) => settings.put(id, reads.get(key), edited),
  };
};
