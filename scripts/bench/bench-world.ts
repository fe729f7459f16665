import { randomUUID } from 'node:crypto';
import { Firestore, Timestamp } from 'firebase-admin/firestore';
import { tickets } from '../../functions/src/desks/cgs/tickets/collection.ts';
import { CONNECTION, createStore } from '../../functions/src/kernel/store/store.ts';
import type { Case } from '../../functions/test/http/matrix/case.ts';
import { KITS } from '../../functions/test/desks/kits.ts';
import { type CgsWorld, cgsWorld, type Member } from '../../functions/test/desks/cgs/world.ts';
import { send } from '../../functions/test/support/client.ts';
import type { Ask } from '../../functions/test/support/guard.ts';
import { startApi, type TestApi } from '../../functions/test/support/harness.ts';

/** What a line works on: the API in this process, over a store of the line's own. */
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

/** Starts the API on an empty store, so that no line depends on another. */
export const startBench = async (line: string): Promise<Bench> => {
  const projectId = `demo-crewline-${line.replaceAll(' ', '-')}`;
  const db = new Firestore({ projectId, ...CONNECTION });
  const api = await startApi({ store: createStore(db) });
  const world = cgsWorld(api);
  const [noc, foc] = await Promise.all([world.member('NOC'), world.member('FOC')]);
  const sample = await db.doc(tickets.doc(await world.open(noc)).path).get();
  const fill = async (count: number): Promise<string[]> => {
    const writer = db.bulkWriter({ throttling: false });
    const ids = Array.from({ length: count }, () => randomUUID());
    for (const [n, documentId] of ids.entries()) {
      const createdAt = Timestamp.fromMillis(Date.now() - n * 1000);
      const copy = { ...sample.data(), documentId, createdAt };
      void writer.set(db.doc(tickets.doc(documentId).path), copy);
    }
    await writer.close();
    return ids;
  };
  return { db, api, world, noc, foc, fill, stop: api.stop };
};

/** The endpoints of all desks with their samples, as in the HTTP tests. */
export const casesOf = (api: TestApi, ask: Ask): Case[] =>
  Object.values(KITS).flatMap(({ desk, stage: setUp }) => {
    const stage = setUp(api);
    return desk.endpoints.map((endpoint) => ({ desk, endpoint, ask, stage: () => stage }));
  });

/** Sends requests without counting their cost. */
export const unbilled =
  ({ url }: TestApi): Ask =>
  async (...request) => ({ ...(await send(url, ...request)), reads: 0, writes: 0 });
