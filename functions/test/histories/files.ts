import { Storage } from '@google-cloud/storage';
import type { Firestore } from 'firebase-admin/firestore';
import { firestoreSource } from '../../../scripts/check-data/firestore-source.ts';
import { readConfig } from '../../src/kernel/config.ts';
import { filesOf, media } from '../../src/kernel/media/collection.ts';
import { createFiles, type Files } from '../../src/kernel/media/files.ts';
import { emulators, ENVIRONMENT } from '../support/harness.ts';
import { documentsOf } from './store-view.ts';

const config = readConfig({ ...ENVIRONMENT, ...emulators() });

/** The files of a history, which has a bucket of its own. */
export const filesIn = (bucket: string): Files =>
  createFiles({ ...config, storageBucket: bucket }, { write: () => {} });

/** What is left of uploads that nothing shows: documents, and files without one. */
export const leftOvers = async (db: Firestore, bucket: string): Promise<string[]> => {
  const documents = await documentsOf(firestoreSource(db), media.name);
  const uploads = documents.map(({ id, data }) => media.doc(id).parse(data));
  const apiEndpoint = `http://${config.storageEmulator}`;
  const storage = new Storage({ projectId: config.projectId, apiEndpoint });
  const [files] = await storage.bucket(bucket).getFiles();
  const stored = new Set(files.map(({ name }) => name));
  const named = uploads.flatMap((upload) => {
    const { original, copy, thumb } = filesOf(upload);
    return upload.copy === null ? [original] : [original, copy, thumb];
  });
  return [
    ...uploads
      .filter(({ attachedTo }) => attachedTo === null)
      .map(({ id, state }) => `media/${id} belongs to nothing and was not removed, ${state}`),
    ...[...stored]
      .filter((path) => !named.includes(path))
      .map((path) => `${path} is nobody's file`),
    ...named.filter((path) => !stored.has(path)).map((path) => `the file ${path} is gone`),
  ];
};
