import { type Firestore, onSnapshot } from 'firebase/firestore';
import { asBackend } from './environment.ts';
import type { Listener, Me } from '../../src/kernel/store/listener.ts';
import type { Person } from './people.ts';
import { questionOf, toQuery } from './query.ts';
import { rules } from './suite.ts';

/** Writes into the suite's project without the rules. */
export const backend = async (write: (db: Firestore) => Promise<void>): Promise<void> =>
  asBackend(await rules(), write);

export type Listening = {
  /** Waits until the document is shown, or is not shown. */
  readonly sees: (wanted: boolean) => Promise<void>;
  readonly stop: () => void;
};

/** Opens a listener as an app does, and waits for its first answer. */
export const listen = async (
  person: Person,
  listener: Listener,
  me: Me,
  documentId: string,
): Promise<Listening> => {
  const { as } = await rules();
  const query = toQuery(as(person), questionOf(listener, me));
  let present = false;
  let failure: Error | null = null;
  let changed = Promise.withResolvers<void>();
  const wake = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const first = Promise.withResolvers<void>();
  const stop = onSnapshot(
    query,
    { includeMetadataChanges: true },
    (snapshot) => {
      // An answer from the client's memory says nothing about the rules.
      if (snapshot.metadata.fromCache) return;
      present = snapshot.docs.some(({ id }) => id === documentId);
      first.resolve();
      wake();
    },
    (error) => {
      failure = error;
      first.reject(error);
      wake();
    },
  );
  await first.promise;
  const sees = async (wanted: boolean): Promise<void> => {
    while (present !== wanted) {
      await changed.promise;
      if (failure !== null) throw failure;
    }
  };
  return { sees, stop };
};

/** `read`, or the code of the failure. */
export const outcomeOf = async (read: Promise<unknown>): Promise<unknown> => {
  try {
    await read;
    return 'read';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};
