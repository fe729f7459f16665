import type { DocumentData, Firestore } from 'firebase-admin/firestore';

/** Waits until a document is as expected. */
export const becoming = (
  db: Firestore,
  path: string,
  isReady: (data: DocumentData) => boolean,
): Promise<DocumentData> =>
  new Promise((resolve, reject) => {
    const stop = db.doc(path).onSnapshot((snapshot) => {
      const data = snapshot.data();
      if (data === undefined || !isReady(data)) return;
      stop();
      resolve(data);
    }, reject);
  });
