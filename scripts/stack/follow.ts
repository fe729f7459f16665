import type { Firestore } from 'firebase-admin/firestore';
import { toPlain } from '../../functions/src/kernel/store/document.ts';
import type { Written } from '../../functions/src/kernel/store/trigger.ts';

/** A collection that is being followed. */
export interface Following {
  /** Its documents by id, as far as they were seen. */
  readonly known: ReadonlyMap<string, unknown>;
  readonly stop: () => void;
}

/**
 * Tells of each write of a collection's documents after the first snapshot; the emulator has a
 * snapshot for each commit. Resolves once that snapshot is there.
 */
export const follow = (
  db: Firestore,
  collection: string,
  onWritten: (written: Written) => void,
): Promise<Following> => {
  const known = new Map<string, unknown>();
  const { promise, resolve, reject } = Promise.withResolvers<Following>();
  let isFirst = true;
  const stop = db.collection(collection).onSnapshot((snapshot) => {
    for (const { type, doc } of snapshot.docChanges()) {
      const before = known.get(doc.id);
      const after = type === 'removed' ? undefined : toPlain(doc.data());
      if (after === undefined) known.delete(doc.id);
      else known.set(doc.id, after);
      if (!isFirst) onWritten({ id: doc.id, before, after });
    }
    isFirst = false;
    resolve({ known, stop });
  }, reject);
  return promise;
};
