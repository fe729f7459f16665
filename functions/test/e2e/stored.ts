import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import type { z } from 'zod';
import { toPlain } from '../../src/kernel/store/document.ts';

/** A project's documents, read without the API. */
export const databaseOf = (projectId: string): Firestore =>
  getFirestore(initializeApp({ projectId }, `e2e-${crypto.randomUUID()}`));

/** All documents of a collection, each read by its schema, in the order of their numbers. */
export const all = async <T>(db: Firestore, name: string, schema: z.ZodType<T>): Promise<T[]> => {
  const { docs } = await db.collection(name).get();
  return docs
    .toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
    .map((doc) => schema.parse(toPlain(doc.data())));
};

/** Every document of the demo data with the time of its last write. */
export const versions = async (db: Firestore): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  // Figures are left out: triggers and the clock go on writing them while a stack runs.
  for (const collection of await db.listCollections()) {
    if (collection.id.startsWith('stats')) continue;
    for (const doc of (await collection.get()).docs) {
      // The function of the copies goes on writing photos as well.
      const isFollowed = collection.id === 'media';
      found[doc.ref.path] = isFollowed ? 'there' : doc.updateTime.toDate().toISOString();
    }
  }
  return found;
};
