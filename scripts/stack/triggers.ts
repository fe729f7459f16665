/** Runs the bundle's triggers in this process, where no Functions emulator does. */
import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import pRetry from 'p-retry';
import { toPlain } from '../../functions/src/kernel/store/document.ts';
import { type BundledTrigger, importBundle, type WriteEvent } from './bundle.ts';

/** A failed event is delivered again, like by the platform, but not for days. */
const REDELIVERIES = { retries: 5, minTimeout: 500 } as const;

const deliver = async (triggers: readonly BundledTrigger[], event: WriteEvent): Promise<void> => {
  for (const { run } of triggers) {
    await pRetry(() => run(event), REDELIVERIES).catch((error: unknown) =>
      console.error('A trigger failed:', error),
    );
  }
};

/**
 * Follows one collection: each change after the first snapshot is an event. Resolves once that
 * snapshot is there.
 */
const follow = (
  db: Firestore,
  collection: string,
  triggers: readonly BundledTrigger[],
): Promise<void> => {
  const known = new Map<string, unknown>();
  const { promise, resolve } = Promise.withResolvers<void>();
  let isFirst = true;
  db.collection(collection).onSnapshot((snapshot) => {
    for (const { type, doc } of snapshot.docChanges()) {
      const before = known.get(doc.id);
      // Plain: the bundle has a Timestamp class of its own.
      const after = type === 'removed' ? undefined : toPlain(doc.data());
      if (after === undefined) known.delete(doc.id);
      else known.set(doc.id, after);
      const data = { before: { data: () => before }, after: { data: () => after } };
      if (!isFirst) void deliver(triggers, { params: { id: doc.id }, data });
    }
    isFirst = false;
    resolve();
  });
  return promise;
};

/** Starts all triggers of the bundle; no write after this is missed. They run until the process ends. */
export const runTriggers = async (): Promise<void> => {
  const { triggers } = await importBundle();
  const db = getFirestore(initializeApp({}, 'triggers'));
  const byCollection = Map.groupBy(triggers, ({ collection }) => collection);
  await Promise.all([...byCollection].map(([collection, its]) => follow(db, collection, its)));
};
