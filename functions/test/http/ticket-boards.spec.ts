import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, listAt, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const MINUTE = 60_000;
/** The promise to a Dedicated client in trouble. */
const PROMISE = 240;

describe('a board of tickets', function () {
  this.timeout(30_000);
  const tag = `Board ${randomUUID()}`;
  let now = new Date();
  let api: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;
  /** Tickets by name, and when they are due, in minutes from now. */
  const ids = new Map<string, string>();

  const open = async (name: string, dueIn: number, more: object = {}): Promise<string> => {
    const present = now;
    now = new Date(present.getTime() + (dueIn - PROMISE) * MINUTE);
    const id = await world.open(noc, { endUser: tag, ...more });
    now = present;
    ids.set(name, id);
    return id;
  };

  before(async () => {
    api = await startApi({ now: () => now });
    world = cgsWorld(api);
    noc = await world.member('NOC');
    foc = await world.member('FOC');
    await open('later', 200);
    await open('soon', 20);
    await open('over', -5);
    const paused = await open('paused', 10);
    await world.command(foc, paused, 'ticketStatus/accept');
    const rain = { remark: 'Rain.', pendingCategory: 'Weather', pendingInterval: 60 };
    await world.command(noc, paused, 'ticketStatus/pending', rain);
    const closed = await open('closed', 15);
    await world.command(noc, closed, 'ticketStatus/cancel', { cancelCategory: 'Other' });
    await open('draft', 25, { isDraft: true });
    const free = { client: null, address: 'Jl. Braga 1', customerType: 'Dedicated' };
    await open('without promise', 30, free);
    const mine = await open('mine', 29);
    await world.command(foc, mine, 'ticketStatus/accept');
    await world.command(noc, mine, 'notes', { remark: 'Ring twice.' });
  });
  after(() => api.stop());

  const list = (query: Readonly<Record<string, string>>, as = noc) => {
    const search = new URLSearchParams({ endUser: tag, ...query });
    return world.call('GET', `/v1/tickets?${search.toString()}`, { as });
  };
  const rowsIn = ({ body }: Received) => listAt(body, 'data', 'result');
  const namesIn = (answer: Received): string[] =>
    rowsIn(answer).flatMap((row) =>
      [...ids].flatMap(([name, id]) => (id === at(row, 'id') ? [name] : [])),
    );

  it('has the tickets that are due within a time, or over it, the first due first', async () => {
    const names = async (dueWithin: string, more: Readonly<Record<string, string>> = {}) =>
      namesIn(await list({ dueWithin, ...more }));
    expect(await names('20m')).to.deep.equal(['over', 'soon']);
    expect(await names('29m')).to.deep.equal(['over', 'soon', 'mine']);
    expect(await names('4h')).to.deep.equal(['over', 'soon', 'mine', 'later']);
    expect(await names('29m', { latestStatus: 'Open' })).to.deep.equal(['over', 'soon']);
    expect(await names('29m', { foc: foc.id })).to.deep.equal(['mine']);
    expect(await names('29m', { isActive: 'false' })).to.deep.equal([]);
    const { body } = await list({ dueWithin: '4h', count: 'true' });
    expect(at(body, 'data', 'page', 'total')).to.equal(4);
  });

  it('sorted by the due time has every ticket that has one', async () => {
    const all = ['over', 'paused', 'closed', 'soon', 'mine', 'later'];
    expect(namesIn(await list({ sort: 'slaDueAt' }))).to.deep.equal(all);
    const active = all.filter((name) => name !== 'closed');
    expect(namesIn(await list({ sort: 'slaDueAt', isActive: 'true' }))).to.deep.equal(active);
    expect(namesIn(await list({ sort: 'slaDueAt' }, foc))).to.deep.equal([
      'over',
      'paused',
      'soon',
      'mine',
      'later',
    ]);
  });

  for (const limit of [1, 2, 5]) {
    it(`is walked exactly once in pages of ${limit}`, async () => {
      const names: string[] = [];
      let query: Readonly<Record<string, string>> = { sort: 'slaDueAt', limit: String(limit) };
      for (;;) {
        const page = await list(query);
        names.push(...namesIn(page));
        const cursor = at(page.body, 'data', 'page', 'nextCursor');
        if (typeof cursor !== 'string') break;
        query = { ...query, cursor };
      }
      expect(names).to.deep.equal(['over', 'paused', 'closed', 'soon', 'mine', 'later']);
    });
  }

  it('shows whole tickets with their latest card, but without log and edits', async () => {
    const answer = await list({ view: 'full', sort: 'slaDueAt', foc: foc.id });
    for (const row of rowsIn(answer)) {
      const id = textAt(row, 'id');
      const whole = Object(await world.read(noc, id));
      const { ticketLogs, edits: _, slaCalendar: __, ...ticket } = whole;
      expect(row).to.deep.equal({
        ...ticket,
        latestLog: listAt({ ticketLogs }, 'ticketLogs').at(-1),
      });
    }
    expect(namesIn(answer)).to.deep.equal(['paused', 'mine']);
    expect(at(rowsIn(answer)[1], 'latestLog', 'remark')).to.equal('Ring twice.');
    expect(at(rowsIn(answer)[1], 'slaDueAt')).to.be.a('string');
  });

  it('shows whole tickets newest first, for each role, as its plain list does', async () => {
    for (const role of ['SuperAdmin', 'NOC', 'FOCSupervisor', 'FOC'] as const) {
      const as = role === 'FOC' ? foc : await world.member(role);
      const plain = await list({}, as);
      const full = await list({ view: 'full' }, as);
      expect(namesIn(full)).to.deep.equal(namesIn(plain));
      expect(rowsIn(full).length, role).to.be.above(0);
    }
  });

  it('refuses times of creation where it is sorted by the due time, and other words', async () => {
    const refused = async (query: Readonly<Record<string, string>>) => {
      const { status, body } = await list(query);
      expect(status).to.equal(400);
      return at(body, 'error', 'details', 0, 'path');
    };
    expect(await refused({ sort: 'slaDueAt', from: '2026-01-01' })).to.equal('from');
    expect(await refused({ dueWithin: '30m', to: '2026-01-01' })).to.equal('from');
    expect(await refused({ dueWithin: '30' })).to.equal('dueWithin');
    expect(await refused({ dueWithin: '0m' })).to.equal('dueWithin');
    expect(await refused({ sort: 'region' })).to.equal('sort');
    expect(await refused({ view: 'none' })).to.equal('view');
  });
});
