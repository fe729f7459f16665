import { type DocumentSnapshot, FieldPath, type Firestore } from 'firebase-admin/firestore';
import { toPlain } from '../../functions/src/kernel/store/document.ts';
import type { Doc } from './check.ts';
import type { Source } from './walk.ts';

const docOf = (snapshot: DocumentSnapshot): Doc[] =>
  snapshot.exists
    ? [
        {
          path: snapshot.ref.path,
          id: snapshot.id,
          data: toPlain(snapshot.data()),
          createdAt: snapshot.createTime?.toDate() ?? new Date(0),
          updatedAt: snapshot.updateTime?.toDate() ?? new Date(0),
        },
      ]
    : [];

/** The documents of one Firestore database. */
export const firestoreSource = (db: Firestore): Source => ({
  page: async (collection, after, limit) => {
    const [name = collection] = collection.split('/').slice(-1);
    const all = name === collection ? db.collection(name) : db.collectionGroup(name);
    const query = all.orderBy(FieldPath.documentId()).limit(limit);
    const { docs } = await (after === undefined ? query : query.startAfter(db.doc(after))).get();
    return docs.flatMap(docOf);
  },
  get: async (paths) => {
    const snapshots = await db.getAll(...paths.map((path) => db.doc(path)));
    return snapshots.flatMap(docOf);
  },
});
