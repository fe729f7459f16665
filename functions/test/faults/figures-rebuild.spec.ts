import { expect } from 'chai';
import { Firestore } from 'firebase-admin/firestore';
import { figureChecks } from '../../../scripts/check-data/cgs/figures.ts';
import { firestoreSource } from '../../../scripts/check-data/firestore-source.ts';
import { walk } from '../../../scripts/check-data/walk.ts';
import { rebuildFigures } from '../../../scripts/figures-rebuild.ts';
import { follow } from '../../src/desks/cgs/figures/follow-tickets.ts';
import { type CgsWorld, cgsWorld, type Crew } from '../desks/cgs/world.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { ownProject, ownRuntime } from '../support/own-store.ts';
import { leavesUnsound } from '../support/written-data.ts';

const CANCEL = { remark: 'Twice.', cancelCategory: 'Duplicate' };
const LATER_MS = 120_000;

describe('npm run figures:rebuild', function () {
  this.timeout(60_000);
  let api: TestApi;
  let db: Firestore;
  let world: CgsWorld;
  let crew: Crew;
  const lines: string[] = [];

  beforeEach(async () => {
    const projectId = ownProject();
    const { store } = ownRuntime({}, projectId).runtime;
    db = new Firestore({ projectId });
    api = await startApi({ store });
    world = cgsWorld(api);
    crew = { noc: await world.member('NOC', 'West'), foc: await world.member('FOC', 'West') };
    lines.length = 0;
  });

  afterEach(async () => {
    await api.stop();
    await db.terminate();
  });

  const rebuild = () =>
    rebuildFigures({ runtime: api.runtime, db, print: (line) => void lines.push(line) });

  /** The documents with a breach, of figures whose lag is over. */
  const wrong = async (): Promise<string[]> => {
    const now = new Date(Date.now() + LATER_MS);
    const checks = [figureChecks(api.runtime.config.timeZone)];
    const breaches = await walk(firestoreSource(db), checks, { now });
    return [...new Set(breaches.map(({ document }) => document))];
  };

  const counted = async (id: string): Promise<void> => follow(api.runtime, id);

  const ticketsOf = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    const { id: client } = await world.client('West');
    // Every other one is of the same client, so that there are repeats.
    for (let n = 0; n < count; n += 1)
      ids.push(await world.ticket('Open', crew, n % 2 === 0 ? { client } : {}));
    return ids;
  };

  const spoil = async ([first, second, third, fourth]: readonly string[]): Promise<void> => {
    const [sum] = (await db.collection('stats').get()).docs;
    const [row, gone] = (await db.collection('statsRows').get()).docs;
    const occurrences = (await db.collection('statsClients').get()).docs;
    const [several, single] = occurrences.toSorted(
      (one, other) =>
        Object.keys(other.get('tickets')).length - Object.keys(one.get('tickets')).length,
    );
    if (sum === undefined) throw new Error('there are no figures');
    await row?.ref.update({ 'counters.tickets': 99 });
    await gone?.ref.delete();
    await several?.ref.update({ tickets: { [first ?? '']: new Date(0), nobody: new Date() } });
    await single?.ref.delete();
    await db.doc('statsClients/nobody').set({ tickets: 'none' });
    await sum.ref.update({ 'counters.tickets': 99, 'counters.status_Closed': 3 });
    await db.doc(`stats/${sum.id.slice(0, 8)}East`).set({ counters: 'none' });
    await db
      .doc('stats/2020-01-West')
      .set({ month: '2020-01', region: 'West', counters: { tickets: 1 } });
    await db.doc(`statsShares/${first}`).update({ share: { tickets: 5 } });
    await db.doc(`statsShares/${second}`).set({ share: 'none' });
    await db.doc(`statsShares/${third}`).delete();
    const share = await db.doc(`statsShares/${fourth}`).get();
    await share.ref.update({ month: '2019-01', 'share.repeats': 1 });
    await db.doc('statsShares/nobody').set({ ...share.data(), share: { tickets: 1 } });
  };

  it('corrects shares and sums that are wrong, missing, invalid or of no ticket', async () => {
    const ids = await ticketsOf(5);
    await Promise.all(ids.map(counted));
    expect(await wrong()).to.deep.equal([]);
    const before = (await db.collection('stats').get()).docs.map((doc) => doc.data());
    await spoil(ids);
    expect(await wrong()).to.have.length.greaterThan(5);
    expect(await rebuild()).to.deep.equal({ tickets: 5, skipped: 0 });
    expect(await wrong()).to.deep.equal([]);
    const [sum] = (await db.collection('stats').get()).docs.map((doc) => doc.data());
    expect(sum?.['counters']).to.deep.include(before[0]?.['counters']);
    expect((await db.collection('statsShares').get()).size).to.equal(5);
  });

  it('makes figures where there are none', async () => {
    await ticketsOf(2);
    expect(await rebuild()).to.deep.equal({ tickets: 2, skipped: 0 });
    expect(await wrong()).to.deep.equal([]);
  });

  it('ends with correct figures when tickets are written meanwhile', async () => {
    const ids = await ticketsOf(8);
    await Promise.all(ids.map(counted));
    await spoil(ids);
    const write = async (id: string): Promise<void> => {
      await world.command(crew.noc, id, 'ticketStatus/cancel', CANCEL);
      await counted(id);
      await counted(await world.ticket('Open', crew));
    };
    await Promise.all([rebuild(), ...ids.slice(4).map(write)]);
    expect(await wrong()).to.deep.equal([]);
  });

  it('reports a ticket that can’t be read, and goes on with the others', async () => {
    const ids = await ticketsOf(2);
    leavesUnsound((path) => path === 'tickets/00-unreadable');
    await db.doc('tickets/00-unreadable').set({ region: 5 });
    expect(await rebuild()).to.deep.equal({ tickets: 3, skipped: 1 });
    expect(
      lines.filter((line) => line.includes('tickets/00-unreadable was skipped')),
    ).to.have.length(1);
    expect(await wrong()).to.deep.equal(['tickets/00-unreadable']);
    expect((await db.collection('statsShares').get()).size).to.equal(ids.length);
  });
});
