/**
 * Checks every document of the store: schemas, what follows from each ticket's log, numbers and
 * counters, copies and their sources, unique values, figures. Changes nothing.
 *
 *   GCLOUD_PROJECT=… npm run check:data              a project, with your gcloud credentials
 *   FIRESTORE_EMULATOR_HOST=… npm run check:data     the emulators
 *
 * A project with a TIME_ZONE of its own needs the same variable here.
 *
 * Prints each breach with its document and field; exit code 1 when there is one. It may run while the
 * store is in use: what seems wrong is checked a second time, some seconds later.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { readTimeZone } from '../functions/src/kernel/config.ts';
import { figureChecks } from './check-data/cgs/figures.ts';
import type { Breach } from './check-data/check.ts';
import { ALL_CHECKS } from './check-data/desks.ts';
import { firestoreSource } from './check-data/firestore-source.ts';
import { type Walk, walk } from './check-data/walk.ts';
import { runMain } from './setup/problem.mjs';

export type { Breach } from './check-data/check.ts';

interface Options extends Walk {
  /** False where no triggers run, so that there are no figures; by default true. */
  readonly withFigures?: boolean;
}

/** Every breach in the store, or among the documents that `options.includes` names. */
export const checkData = async (
  db: Firestore,
  { withFigures = true, ...options }: Options = {},
): Promise<Breach[]> => {
  const checks = withFigures
    ? [...ALL_CHECKS, figureChecks(readTimeZone(process.env))]
    : ALL_CHECKS;
  const known = new Set((await db.listCollections()).map(({ id }) => id));
  const stored = checks.map((desk) => ({
    ...desk,
    collections: desk.collections.filter(({ collection }) =>
      known.has(collection.split('/')[0] ?? ''),
    ),
  }));
  return walk(firestoreSource(db), stored, options);
};

/** Copies follow within seconds. */
const COPY_MS = 5_000;
const PROGRESS_MS = 2_000;

/** A line for every two seconds that a long run takes. */
const progress = () => {
  let shownAt = Date.now();
  const counts = new Map<string, number>();
  return {
    on: (collection: string, seen: number): void => {
      counts.set(collection, seen);
      if (Date.now() - shownAt < PROGRESS_MS) return;
      shownAt = Date.now();
      console.error(`… ${collection}: ${seen}`);
    },
    summary: (): string => [...counts].map(([name, count]) => `${name} ${count}`).join(', '),
  };
};

const main = async (): Promise<void> => {
  process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const projectId = process.env['GCLOUD_PROJECT'] ?? 'demo-crewline';
  const db = getFirestore(initializeApp({ projectId }, `check-${crypto.randomUUID()}`));
  const { on, summary } = progress();
  const waitForCopies = () => sleep(COPY_MS);
  const breaches = await checkData(db, { onProgress: on, waitForCopies });
  for (const { document, field, problem } of breaches) {
    console.log(`${document}  ${field}: ${problem}`);
  }
  const documents = new Set(breaches.map(({ document }) => document));
  console.log(`Checked ${summary()}.`);
  console.log(`${breaches.length} breaches in ${documents.size} documents.`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
};

if (import.meta.main) await runMain(main, 2);
