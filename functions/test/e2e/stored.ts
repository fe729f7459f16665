import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import type { z } from 'zod';
import { toPlain } from '../../src/kernel/store/document.ts';

/** A project's documents, past the API. */
export const databaseOf = (projectId: string): Firestore =>
  getFirestore(initializeApp({ projectId }, `e2e-${crypto.randomUUID()}`));

/** All documents of a collection, each read by its schema, in the order of their numbers. */
export const all = async <T>(db: Firestore, name: string, schema: z.ZodType<T>): Promise<T[]> => {
  const { docs } = await db.collection(name).get();
  return docs
    .toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
    .map((doc) => schema.parse(toPlain(doc.data())));
};

/** Every document of the demo data with the moment of its last write. */
export const versions = async (db: Firestore): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  // Triggers and the clock write on while a stack runs: figures are theirs, not the seed's.
  for (const collection of await db.listCollections()) {
    if (collection.id.startsWith('stats') || collection.id === 'sessions') continue;
    for (const doc of (await collection.get()).docs) {
      found[doc.ref.path] = doc.updateTime.toDate().toISOString();
    }
  }
  return found;
};
