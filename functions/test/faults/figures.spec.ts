import { expect } from 'chai';
import { Firestore } from 'firebase-admin/firestore';
import fc from 'fast-check';
import { figureChecks } from '../../../scripts/check-data/cgs/figures.ts';
import { firestoreSource } from '../../../scripts/check-data/firestore-source.ts';
import { walk } from '../../../scripts/check-data/walk.ts';
import { rows, shares } from '../../src/desks/cgs/figures/collections.ts';
import { follow } from '../../src/desks/cgs/figures/follow-tickets.ts';
import { isRepeat } from '../../src/desks/cgs/figures/places.ts';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { type CgsWorld, cgsWorld, type Crew } from '../desks/cgs/world.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createGate, hookedStore } from '../support/hooked-store.ts';
import { createClock, ownProject, ownRuntime } from '../support/own-store.ts';
import { leavesUnsound } from '../support/written-data.ts';

const LATER_MS = 120_000;
const DAY = 24 * 60;
const CANCEL = { remark: 'Twice.', cancelCategory: 'Duplicate' };

describe('figures whose events come late, twice or out of order', function () {
  this.timeout(60_000);
  let api: TestApi;
  let db: Firestore;
  let world: CgsWorld;
  let crew: Crew;
  let client: string;
  const clock = createClock(new Date('2026-03-01T03:00:00Z'));

  beforeEach(async () => {
    const projectId = ownProject();
    const { store } = ownRuntime({}, projectId).runtime;
    db = new Firestore({ projectId });
    api = await startApi({ store, now: clock.now });
    world = cgsWorld(api);
    crew = { noc: await world.member('NOC', 'West'), foc: await world.member('FOC', 'West') };
    client = (await world.client('West')).id;
  });

  afterEach(async () => {
    await api.stop();
    await db.terminate();
  });

  /** Lets time pass, after which the crew signs in again. */
  const forward = async (minutes: number): Promise<void> => {
    clock.forward(minutes);
    crew = { noc: await world.signInAgain(crew.noc), foc: await world.signInAgain(crew.foc) };
  };

  const counted = (id: string) => follow(api.runtime, id);

  const wrong = async (): Promise<string[]> => {
    const now = new Date(Date.now() + LATER_MS);
    const breaches = await walk(firestoreSource(db), [figureChecks(api.runtime.config.timeZone)], {
      now,
    });
    return breaches.map(({ document, field, problem }) => `${document} ${field} ${problem}`);
  };

  /** Which of some tickets are counted as repeats. */
  const repeatsOf = async (ids: readonly string[]): Promise<boolean[]> => {
    const reads = await api.runtime.store.load(ids.map(shares.doc));
    return ids.map((id) => {
      const seen = reads.get(shares.doc(id));
      return seen !== undefined && isRepeat(seen.data);
    });
  };

  /** Tickets of one client, opened after these days each. */
  const openedAfter = async (...days: readonly number[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const after of days) {
      await forward(after * DAY);
      ids.push(await world.open(crew.noc, { client }));
    }
    return ids;
  };

  it('count the repeats of a client in whatever order they hear of its tickets', async () => {
    const ids = await openedAfter(0, 10, 31, 5);
    for (const id of ids.toReversed()) await counted(id);
    expect(await repeatsOf(ids)).to.deep.equal([false, true, false, true]);
    expect(await wrong()).to.deep.equal([]);
  });

  it('turn a repeat when the ticket before it is canceled or deleted', async () => {
    leavesUnsound((path) => path.startsWith('ticketcount/'));
    const [first = '', second = '', third = ''] = await openedAfter(0, 20, 20);
    await Promise.all([first, second, third].map(counted));
    expect(await repeatsOf([first, second, third])).to.deep.equal([false, true, true]);
    await world.command(crew.noc, second, 'ticketStatus/cancel', CANCEL);
    await counted(second);
    expect(await repeatsOf([first, second, third])).to.deep.equal([false, false, false]);
    await db.doc(tickets.doc(second).path).delete();
    await counted(second);
    await counted(second);
    expect(await wrong()).to.deep.equal([]);
  });

  it('are those of the newest ticket, though an older one is written last', async () => {
    const id = await world.open(crew.noc, { client });
    await counted(id);
    const [read, written] = [createGate(), createGate()];
    const slowStore = hookedStore(api.runtime.store, {
      commit: async (_, go) => {
        read.open();
        await written.opened;
        await go();
      },
    });
    const slow: Runtime = { ...api.runtime, store: slowStore };
    const path = tickets.doc(id).path;
    await db.doc(path).update({ region: 'East' });
    const late = follow(slow, id);
    await read.opened;
    // Back to what is counted: its own event finds nothing to do.
    await db.doc(path).update({ region: 'West' });
    await counted(id);
    written.open();
    await late;
    expect(await wrong()).to.deep.equal([]);
  });

  it('are exact after any commands, each followed at once, later, twice or not in order', async () => {
    const step = fc.record({
      ticket: fc.nat(3),
      path: fc.constantFrom(
        'ticketStatus/accept',
        'ticketStatus/onTheWay',
        'ticketStatus/cancel',
        'ticketStatus/pending',
        'ticketStatus/resume',
      ),
      minutes: fc.nat(500),
      heard: fc.nat(2),
    });
    const steps = fc.sample(step, 40);
    const ids = await openedAfter(0, 3, 29, 31);
    const late: string[] = [];
    for (const { ticket, path, minutes, heard } of steps) {
      await forward(minutes);
      const id = ids[ticket] ?? '';
      const as = /cancel|pending|resume/.test(path) ? crew.noc : crew.foc;
      const reason = { remark: 'So.', cancelCategory: 'Other' };
      const pause = { remark: 'So.', pendingCategory: 'Weather', pendingInterval: 30 };
      const body = path.endsWith('cancel') ? reason : path.endsWith('pending') ? pause : undefined;
      // Some are refused, which changes nothing.
      await world.call('POST', `/v1/tickets/${id}/${path}`, { as, ...(body && { body }) });
      if (heard === 0) late.unshift(id);
      await Promise.all(Array.from({ length: heard }, () => counted(id)));
    }
    await Promise.all([...late, ...ids].map(counted));
    expect(await wrong(), JSON.stringify(steps)).to.deep.equal([]);
    const [row] = (await db.collection(rows.name).where('by', '==', 'area').get()).docs;
    expect(row?.get('counters.tickets')).to.be.greaterThan(0);
  });
});
