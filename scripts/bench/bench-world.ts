import { randomUUID } from 'node:crypto';
import { type DocumentData, Firestore, Timestamp } from 'firebase-admin/firestore';
import { tickets } from '../../functions/src/desks/cgs/tickets/collection.ts';
import { CONNECTION, createStore } from '../../functions/src/kernel/store/store.ts';
import { type CgsWorld, cgsWorld, type Member } from '../../functions/test/support/cgs-world.ts';
import { startApi, type TestApi } from '../../functions/test/support/harness.ts';

/** What the lines work on: the API in this process, over the emulators. */
export interface Bench {
  readonly db: Firestore;
  readonly api: TestApi;
  readonly world: CgsWorld;
  readonly noc: Member;
  readonly foc: Member;
  /** Writes this many Open tickets of the region West, as fast as the store takes them. */
  readonly fill: (count: number) => Promise<string[]>;
  readonly stop: () => Promise<void>;
}

const BATCH = 400;
const AT_ONCE = 6;

/** Copies of one document, each with an id and a moment of its own. */
const writeCopies = async (db: Firestore, copy: DocumentData, count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => randomUUID());
  const starts = Array.from({ length: Math.ceil(count / BATCH) }, (_, n) => n * BATCH).values();
  const worker = async (): Promise<void> => {
    for (const start of starts) {
      const batch = db.batch();
      for (const [n, id] of ids.slice(start, start + BATCH).entries()) {
        const createdAt = Timestamp.fromMillis(Date.now() - (start + n) * 1000);
        batch.set(db.doc(tickets.doc(id).path), { ...copy, documentId: id, createdAt });
      }
      await batch.commit();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return ids;
};

/** Starts the API and finds out what an Open ticket looks like. */
export const startBench = async (): Promise<Bench> => {
  const db = new Firestore({ projectId: 'demo-crewline', ...CONNECTION });
  const api = await startApi({ store: createStore(db) });
  const world = cgsWorld(api);
  const [noc, foc] = await Promise.all([world.member('NOC'), world.member('FOC')]);
  const sample = await db.doc(tickets.doc(await world.open(noc)).path).get();
  const copy = sample.data() ?? {};
  return {
    db,
    api,
    world,
    noc,
    foc,
    fill: (count) => writeCopies(db, copy, count),
    stop: api.stop,
  };
};
