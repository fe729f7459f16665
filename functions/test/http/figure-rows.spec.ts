import { expect } from 'chai';
import { follow } from '../../src/desks/cgs/figures/follow-tickets.ts';
import { type CgsWorld, cgsWorld, type Crew, type Member } from '../desks/cgs/world.ts';
import { at, listAt } from '../support/client.ts';
import { csvRows } from '../support/csv.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore } from '../support/hooked-store.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';

const FIRST = new Date('2026-03-30T03:00:00Z');
const MONTHS = 'from=2026-03&to=2026-04';
const HOUR = 60;

describe('figures by FOC, area, ISP and indication', function () {
  this.timeout(30_000);
  let api: TestApi;
  let world: CgsWorld;
  let crew: Crew;
  let admin: Member;
  const clock = createClock(FIRST);

  beforeEach(async () => {
    clock.set(FIRST);
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = cgsWorld(api);
    crew = await crewOf('West');
    admin = await world.member('SuperAdmin');
  });
  afterEach(() => api.stop());

  const crewOf = async (region: 'West' | 'East', name = 'Regu A'): Promise<Crew> => ({
    noc: await world.member('NOC', region),
    foc: await world.member('FOC', region, name),
  });

  /** A ticket that goes on to a situation and is counted there. */
  const ticket = async (
    situation: 'Open' | 'Accepted' | 'Closed',
    whose = crew,
    more: object = {},
  ): Promise<string> => {
    const id = await world.ticket(situation, whose, more);
    await follow(api.runtime, id);
    return id;
  };

  const signedIn = async (): Promise<void> => {
    crew = { noc: await world.signInAgain(crew.noc), foc: await world.signInAgain(crew.foc) };
    admin = await world.signInAgain(admin);
  };

  const figures = async (query: string, as = admin) => {
    const { status, body } = await world.call('GET', `/v1/figures?${query}`, { as });
    expect(status, query).to.equal(200);
    return body;
  };
  const rowsOf = async (query: string, as = admin) =>
    listAt(await figures(`${MONTHS}&${query}`, as), 'data', 'result');
  const countsOf = async (query: string, as = admin) =>
    (await rowsOf(query, as)).map((row) => [at(row, 'name'), at(row, 'tickets')]);

  it('have a row for each, with its id and latest name', async () => {
    await ticket('Closed', crew, { indication: 'Kabel putus' });
    await ticket('Open');
    expect(await countsOf('by=foc')).to.deep.equal([['Regu A', 1]]);
    expect(at((await rowsOf('by=foc'))[0], 'id')).to.equal(crew.foc.id);
    expect(await countsOf('by=isp')).to.deep.equal([
      ['ADIDAYA', 1],
      ['ADIDAYA', 1],
    ]);
    expect(await countsOf('by=indication')).to.deep.equal([
      ['FiberCut', 1],
      ['FiberCut: Kabel putus', 1],
    ]);
    expect(await countsOf('by=area')).to.have.length(2);
  });

  it('count a ticket by the month of its creation, or of its closing', async () => {
    const id = await ticket('Accepted');
    clock.forward(72 * HOUR);
    await signedIn();
    const CANCEL = { remark: 'Twice.', cancelCategory: 'Duplicate' };
    await world.command(crew.noc, id, 'ticketStatus/cancel', CANCEL);
    await follow(api.runtime, id);
    for (const [basis, month, other] of [
      ['created', '2026-03', '2026-04'],
      ['closed', '2026-04', '2026-03'],
    ] as const) {
      for (const by of ['month', 'region', 'foc', 'area', 'isp', 'indication']) {
        const query = `by=${by}&basis=${basis}&region=West`;
        const [row] = listAt(await figures(`${query}&from=${month}&to=${month}`), 'data', 'result');
        expect(at(row, 'tickets'), query).to.equal(1);
        expect(at(row, 'byCancelCategory'), query).to.deep.equal({ Duplicate: 1 });
        const rest = listAt(await figures(`${query}&from=${other}&to=${other}`), 'data', 'result');
        expect(rest.map((each) => at(each, 'tickets')).filter(Number), query).to.deep.equal([]);
      }
    }
  });

  it('add up the months and regions that are asked for', async () => {
    await ticket('Closed');
    clock.forward(72 * HOUR);
    await signedIn();
    await ticket('Closed');
    await ticket('Closed', await crewOf('East', 'Regu B'));
    expect(await countsOf('by=month')).to.deep.equal([
      ['2026-03', 1],
      ['2026-04', 2],
    ]);
    expect(await countsOf('by=region')).to.deep.equal([
      ['West', 2],
      ['Central', 0],
      ['East', 1],
    ]);
    expect(await countsOf('by=indication')).to.deep.equal([['FiberCut', 3]]);
    expect(await countsOf('by=indication&region=East')).to.deep.equal([['FiberCut', 1]]);
    const [row] = await rowsOf('by=foc&region=West');
    expect(at(row, 'repair', 'count')).to.equal(2);
  });

  it('have the name that was written in the latest month', async () => {
    await ticket('Open', crew, { indication: 'Kabel putus' });
    clock.forward(72 * HOUR);
    await signedIn();
    await ticket('Open', crew, { indication: 'KABEL putus' });
    expect(await countsOf('by=indication')).to.deep.equal([['FiberCut: KABEL putus', 2]]);
  });

  it('leave out who has no ticket any more', async () => {
    const id = await ticket('Accepted');
    const other = await world.member('FOC', 'West', 'Regu B');
    const boss = await world.member('FOCSupervisor', 'West');
    await world.command(boss, id, 'assign', { focId: other.id });
    await follow(api.runtime, id);
    expect(await countsOf('by=foc')).to.deep.equal([['Regu B', 1]]);
  });

  it('show a NOC only their own region', async () => {
    await ticket('Closed');
    const foreign = await world.member('NOC', 'East');
    for (const by of ['foc', 'area', 'isp', 'indication']) {
      expect(await countsOf(`by=${by}`, crew.noc), by).to.have.length(1);
      expect(await countsOf(`by=${by}`, foreign), by).to.deep.equal([]);
      expect(await countsOf(`by=${by}&region=West`, foreign), by).to.deep.equal([]);
    }
    expect(await countsOf('by=region', foreign)).to.deep.equal([['East', 0]]);
  });

  it('come in pages that have each row once, with all its months', async () => {
    const crews = await Promise.all(['A', 'B', 'C'].map((name) => crewOf('West', name)));
    for (const each of crews) await ticket('Accepted', each);
    clock.forward(72 * HOUR);
    for (const { noc, foc } of crews) {
      const again = { noc: await world.signInAgain(noc), foc: await world.signInAgain(foc) };
      await ticket('Accepted', again);
    }
    await signedIn();
    const seen: unknown[] = [];
    for (let cursor = ''; ; ) {
      const page = await figures(`${MONTHS}&by=foc&limit=1${cursor}`);
      seen.push(...listAt(page, 'data', 'result'));
      const next = at(page, 'data', 'page', 'nextCursor');
      if (typeof next !== 'string') break;
      cursor = `&cursor=${next}`;
    }
    expect(seen.map((row) => at(row, 'id'))).to.have.members(crews.map(({ foc }) => foc.id));
    expect(seen.map((row) => at(row, 'tickets'))).to.deep.equal([2, 2, 2]);
    const { status } = await world.call('GET', '/v1/figures?by=foc&cursor=x', { as: admin });
    expect(status).to.equal(400);
  });

  it('are read at the same cost for any number of tickets', async () => {
    const readsOf = async (): Promise<unknown> => {
      await figures('from=2026-03&to=2026-03&by=foc', crew.noc);
      return at(api.lines.at(-1)?.fields, 'reads');
    };
    await ticket('Accepted');
    const reads = await readsOf();
    for (let n = 0; n < 5; n += 1) await ticket('Accepted');
    expect(await readsOf()).to.equal(reads);
    expect(reads).to.equal(2);
  });

  it('follow each kind of change with few reads and writes', async () => {
    const cost = { reads: 0, writes: 0 };
    const store = hookedStore(api.runtime.store, {
      load: async (keys, go) => {
        cost.reads += keys.length;
        return go();
      },
      commit: async (writes, go) => {
        cost.writes += writes.length;
        await go();
      },
    });
    const costOf = async (id: string): Promise<[reads: number, writes: number]> => {
      Object.assign(cost, { reads: 0, writes: 0 });
      await follow({ ...api.runtime, store }, id);
      return [cost.reads, cost.writes];
    };
    const id = await world.open(crew.noc);
    expect(await costOf(id)).to.deep.equal([5, 6]);
    await world.command(crew.foc, id, 'ticketStatus/accept');
    expect(await costOf(id)).to.deep.equal([4, 6]);
    await world.command(crew.foc, id, 'ticketStatus/onTheWay');
    expect(await costOf(id)).to.deep.equal([4, 2]);
    expect(await costOf(id)).to.deep.equal([2, 0]);
    const closing = await world.ticket('LinkChecked', crew);
    await follow(api.runtime, closing);
    const evidence = { remark: 'Done.', mediaUrl: 'https://media.example/1.jpg' };
    await world.command(crew.foc, closing, 'taskStatus/finishing', {
      ...evidence,
      locationCoordinate: '-6.9,107.6',
    });
    await world.approve(crew.noc, closing);
    expect(await costOf(closing)).to.deep.equal([4, 11]);
  });

  it('refuse what nothing is counted by, and more than a year', async () => {
    for (const query of ['', 'by=noc', 'by=foc&basis=opened', 'by=foc&from=2025-01&to=2026-01']) {
      const { status } = await world.call('GET', `/v1/figures?${query}`, { as: admin });
      expect(status, query).to.equal(400);
    }
  });

  it('are exported as CSV, safe for a spreadsheet', async () => {
    const id = await ticket('Accepted', await crewOf('West', '=HYPERLINK("x")'));
    const rain = { remark: 'Rain.', pendingCategory: 'Weather', pendingInterval: 30 };
    await world.command(crew.noc, id, 'ticketStatus/pending', rain);
    clock.forward(10);
    await world.command(crew.noc, id, 'ticketStatus/resume');
    await follow(api.runtime, id);
    const path = `/v1/figures/export?${MONTHS}&by=foc`;
    const { text } = await world.call('GET', path, { as: crew.noc });
    const [row] = csvRows(text);
    expect(row).to.include({
      name: `'=HYPERLINK("x")`,
      tickets: '1',
      pendings: '1',
      pendingMinutes: '10',
      pendingCategories: 'Weather: 1, 10 minutes',
      acceptCount: '1',
      repairCount: '0',
      repairMean: '',
    });
  });
});
