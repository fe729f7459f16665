/**
 * Makes the figures of the cgs desk anew from its tickets: each ticket's share, the sums, repeats,
 * and how many tickets each incident has. The store may be in use meanwhile.
 *
 *   GCLOUD_PROJECT=… npm run figures:rebuild              a project, with your gcloud credentials
 *   FIRESTORE_EMULATOR_HOST=… npm run figures:rebuild     the emulators
 *
 * A project with a TIME_ZONE of its own needs the same variable here. Exit code 1 when a ticket was
 * skipped because it is invalid or busy; its share stays as it is.
 */
import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import pMap from 'p-map';
import { z } from 'zod';
import { shares, occurrences } from '../functions/src/desks/cgs/figures/collections.ts';
import { follow } from '../functions/src/desks/cgs/figures/follow-tickets.ts';
import { incidents } from '../functions/src/desks/cgs/incidents/collection.ts';
import { recount } from '../functions/src/desks/cgs/incidents/count-tickets.ts';
import { tickets } from '../functions/src/desks/cgs/tickets/collection.ts';
import type { Runtime } from '../functions/src/kernel/runtime.ts';
import { startRuntime } from '../functions/src/kernel/start.ts';
import { collection } from '../functions/src/kernel/store/collection.ts';
import { anyDocument, type DocKey, type Write } from '../functions/src/kernel/store/document.ts';
import { outcomeOf } from '../functions/src/kernel/store/outcome.ts';
import { pagesOf } from '../functions/src/kernel/store/page.ts';
import { BY_ID } from '../functions/src/kernel/store/query.ts';
import type { Store } from '../functions/src/kernel/store/store.ts';
import { passingOverUnreadable, Unreadable } from '../functions/src/kernel/store/unreadable.ts';
import { SUMS } from './check-data/cgs/sums.ts';
import { issuesOf, readDoc } from './check-data/check.ts';
import {
  readFigures,
  repeatCorrections,
  sumCorrections,
  occurrenceCorrections,
} from './figures/corrections.ts';
import { Problem, runMain } from './setup/problem.mjs';

const CONCURRENCY = 8;
const MOST_ROUNDS = 20;
const MOST_ISSUES = 3;

interface Rebuild {
  readonly runtime: Runtime;
  /** The database of `runtime.store`, to read sums and shares of one moment. */
  readonly db: Firestore;
  readonly print: (line: string) => void;
}

/** All documents of a collection in pages, without checking what they contain. */
const each = (store: Store, name: string) => {
  const { queries } = collection(name, z.looseObject({}), { queries: { all: { orderBy: BY_ID } } });
  return pagesOf(store, { anyOf: [queries.all.where({})] });
};

/** The ids of all documents of a collection in pages. */
const idsOf = (store: Store, name: string) => {
  const { queries } = collection(name, z.object({}), {
    queries: { ids: { orderBy: BY_ID, select: [] } },
  });
  return pagesOf(store, { anyOf: [queries.ids.where({})] });
};

/** Commits unless somebody else has changed the document meanwhile: the next round sees why. */
const commit = async (store: Store, writes: readonly Write[]): Promise<void> => {
  try {
    await store.commit(writes);
  } catch (error) {
    if (outcomeOf(error) === 'permanent') throw error;
  }
};

/** Removes documents that do not fit their schema: `follow` could not go on from them. */
const removeInvalid = async (
  { runtime: { store }, print }: Rebuild,
  { name, doc }: { readonly name: string; readonly doc: (id: string) => DocKey<unknown> },
): Promise<void> => {
  for await (const page of each(store, name)) {
    for (const { id, data, version } of page) {
      if ('data' in readDoc(doc(id), data)) continue;
      print(`${name}/${id} is invalid and is made anew`);
      await commit(store, [{ op: 'delete', path: doc(id).path, version }]);
    }
  }
};

/** The first errors of an invalid document, or why a change failed. */
const reasonOf = (error: unknown): string =>
  issuesOf(error instanceof Unreadable ? error.cause : error)
    .slice(0, MOST_ISSUES)
    .map(({ field, problem }) => `${field}: ${problem}`)
    .join('; ');

/** Updates each ticket's share. Returns the ids of the tickets, and how many were skipped. */
const followAll = async ({ runtime, print }: Rebuild) => {
  const seen = new Set<string>();
  let skipped = 0;
  const followOne = async (id: string): Promise<void> => {
    try {
      await follow(runtime, id);
    } catch (error) {
      skipped += 1;
      print(`${tickets.name}/${id} was skipped: ${reasonOf(error)}`);
    }
  };
  for await (const page of idsOf(runtime.store, tickets.name)) {
    await pMap(page, ({ id }) => followOne(id), { concurrency: CONCURRENCY });
    for (const { id } of page) seen.add(id);
    print(`${seen.size} tickets`);
  }
  return { seen, skipped };
};

/** Counts the tickets of each incident. */
const recountAll = async ({ runtime }: Rebuild): Promise<void> => {
  const count = (id: string) => passingOverUnreadable(runtime, () => recount(runtime, id));
  for await (const page of idsOf(runtime.store, incidents.name)) {
    await pMap(page, ({ id }) => count(id), { concurrency: CONCURRENCY });
  }
};

/** Those of some tickets that do not exist. */
const missing = async (store: Store, ids: readonly string[]): Promise<string[]> => {
  const keys = ids.map((id) => anyDocument(`${tickets.name}/${id}`));
  const reads = await store.load(keys);
  return keys.filter((key) => reads.get(key) === undefined).map(({ id }) => id);
};

/**
 * Takes out tickets that are gone, and corrects occurrences, repeats and sums: what depends on others
 * in a later round. Returns how many documents were wrong.
 */
const correct = async ({ runtime, db }: Rebuild, seen: ReadonlySet<string>): Promise<number> => {
  const { store } = runtime;
  const read = await readFigures(db);
  const unknown = [...read.shares.keys()].filter((id) => !seen.has(id));
  const orphans = await missing(store, unknown);
  if (orphans.length > 0) {
    await pMap(orphans, (id) => follow(runtime, id), { concurrency: CONCURRENCY });
    return orphans.length;
  }
  const steps = [occurrenceCorrections, repeatCorrections, sumCorrections];
  const commits = steps
    .map((correctionsOf) => correctionsOf(read))
    .find(({ length }) => length > 0);
  await pMap(commits ?? [], (writes) => commit(store, writes), { concurrency: CONCURRENCY });
  return commits?.length ?? 0;
};

/**
 * Makes all shares and sums anew while tickets are written. Returns how many tickets there are and
 * how many were skipped.
 *
 * @throws Problem when the sums are still wrong after many rounds.
 */
export const rebuildFigures = async (
  rebuild: Rebuild,
): Promise<{ readonly tickets: number; readonly skipped: number }> => {
  for (const each of [...SUMS, shares, occurrences]) await removeInvalid(rebuild, each);
  const { seen, skipped } = await followAll(rebuild);
  await recountAll(rebuild);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const corrected = await correct(rebuild, seen);
    if (corrected === 0) return { tickets: seen.size, skipped };
    rebuild.print(`${corrected} documents corrected`);
  }
  throw new Problem(`The sums were still wrong after ${MOST_ROUNDS} rounds. Run it again.`);
};

const main = async (): Promise<void> => {
  process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const env = { GCLOUD_PROJECT: 'demo-crewline', WEB_API_KEY: 'none', ...process.env };
  const db = getFirestore(initializeApp({ projectId: env.GCLOUD_PROJECT }, 'figures'));
  const done = await rebuildFigures({ runtime: startRuntime(env), db, print: console.log });
  console.log(`Figures of ${done.tickets - done.skipped} tickets; ${done.skipped} skipped.`);
  process.exitCode = done.skipped === 0 ? 0 : 1;
};

if (import.meta.main) await runMain(main, 2);
