import { randomUUID } from 'node:crypto';
import { deleteApp, initializeApp } from 'firebase/app';
import {
  connectFirestoreEmulator,
  doc,
  getFirestore,
  onSnapshot,
  terminate,
} from 'firebase/firestore';
import { emulators, PROJECT } from '../../support/harness.ts';

/** A phone that listens to its user's own grant. */
export interface Listening {
  /** Waits until the rules have answered: whether they refused it. */
  readonly isRefusedAtFirst: () => Promise<boolean>;
  /** Waits until the rules end it. */
  readonly end: () => Promise<void>;
  readonly hasEnded: () => boolean;
  readonly close: () => Promise<void>;
}

/** Listens as apps are told to (docs/listening.md), with an ID token. */
export const listen = (uid: string, idToken: string): Listening => {
  const app = initializeApp({ projectId: PROJECT }, randomUUID());
  const db = getFirestore(app);
  const [host = '', port] = (emulators()['FIRESTORE_EMULATOR_HOST'] ?? '').split(':');
  connectFirestoreEmulator(db, host, Number(port), { mockUserToken: idToken });
  let hasEnded = false;
  const answered = Promise.withResolvers<boolean>();
  const ended = Promise.withResolvers<void>();
  onSnapshot(
    doc(db, 'grants', uid),
    { includeMetadataChanges: true },
    // What comes from the client's memory says nothing about the rules.
    ({ metadata }) => metadata.fromCache || answered.resolve(false),
    ({ code }) => {
      hasEnded = true;
      answered.resolve(code === 'permission-denied');
      ended.resolve();
    },
  );
  return {
    isRefusedAtFirst: () => answered.promise,
    end: () => ended.promise,
    hasEnded: () => hasEnded,
    close: async () => {
      await terminate(db);
      await deleteApp(app);
    },
  };
};
