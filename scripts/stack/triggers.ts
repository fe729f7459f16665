/** Runs the bundle's triggers in this process, where no Functions emulator does. */
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import pRetry from 'p-retry';
import type { Written } from '../../functions/src/kernel/store/trigger.ts';
import { type BundledTrigger, importBundle } from './bundle.ts';
import { follow } from './follow.ts';

/** A failed event is delivered again, like by the platform, but not for days. */
const REDELIVERIES = { retries: 5, minTimeout: 500 } as const;

const deliver = async (
  triggers: readonly BundledTrigger[],
  { id, before, after }: Written,
): Promise<void> => {
  // Plain data: the bundle has a Timestamp class of its own.
  const data = { before: { data: () => before }, after: { data: () => after } };
  const event = { params: { id }, data };
  for (const { run } of triggers) {
    await pRetry(() => run(event), REDELIVERIES).catch((error: unknown) =>
      console.error('A trigger failed:', error),
    );
  }
};

/** Starts all triggers of the bundle; no write after this is missed. They run until the process ends. */
export const runTriggers = async (): Promise<void> => {
  const { triggers } = await importBundle();
  const db = getFirestore(initializeApp({}, 'triggers'));
  const byCollection = Map.groupBy(triggers, ({ collection }) => collection);
  const all = [...byCollection].map(([collection, its]) =>
    follow(db, collection, (written) => void deliver(its, written)),
  );
  await Promise.all(all);
};
