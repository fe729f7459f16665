import { Firestore } from 'firebase-admin/firestore';
import { PROJECT } from './harness.ts';

/** Reads documents as the frontends do: with Firestore's own types, not parsed. */
export const documents = () => {
  const db = new Firestore({ projectId: PROJECT });
  return {
    read: async (path: string): Promise<Readonly<Record<string, unknown>>> => {
      const data = (await db.doc(path).get()).data();
      if (data === undefined) throw new Error(`there is no document ${path}`);
      return data;
    },
  };
};
