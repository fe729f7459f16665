import { randomUUID } from 'node:crypto';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';

/** Reads documents as the frontends do: Firestore's own types, nothing parsed. */
export const documents = () => {
  const db = getFirestore(
    initializeApp({ projectId: 'demo-crewline' }, `documents-${randomUUID()}`),
  );
  return {
    read: async (path: string): Promise<Readonly<Record<string, unknown>>> => {
      const data = (await db.doc(path).get()).data();
      if (data === undefined) throw new Error(`there is no document ${path}`);
      return data;
    },
  };
};
