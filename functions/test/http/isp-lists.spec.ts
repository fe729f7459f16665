import { expect } from 'chai';
import { followNames } from '../../src/desks/isp/follow-names.ts';
import { at, listAt } from '../support/client.ts';
import { csvRows } from '../support/csv.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';
import { type Agent, type IspWorld, ispWorld, placeOf, queryOf } from '../desks/isp/world.ts';

describe('the lists of the ISP desk', () => {
  const clock = createClock(new Date());
  let api: TestApi;
  let world: IspWorld;
  let admin: Agent;
  let colleague: Agent;

  beforeEach(async () => {
    clock.set(new Date('2124-01-15T10:30:00.000Z'));
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = ispWorld(api);
    admin = await world.agent();
    colleague = await world.agent({ branchIds: [1], userId: 2 }, 'Colleague');
  });
  afterEach(() => api.stop());

  const get = async (as: Agent, path: string) => {
    const answer = await world.call('GET', path, { as });
    expect(answer.status, answer.text).to.equal(200);
    return answer;
  };
  const idsOf = async (as: Agent, path: string) =>
    listAt((await get(as, path)).body, 'data').map((row) => at(row, 'id'));
  const listed = (as: Agent, more: Readonly<Record<string, unknown>> = {}) =>
    idsOf(as, `/tickets?${queryOf(as, more)}`);

  it('find tickets by words of number, title and subscriber, and by their beginnings', async () => {
    const john = await world.subscriber(admin);
    for (let count = 0; count < 9; count += 1) await world.open(admin, { title: 'Slow' });
    const ten = await world.open(admin, { title: 'No signal', subscriber_id: john });
    const eleven = await world.open(admin, { title: 'No dial tone' });
    for (const [q, ids] of [
      ['signal', [ten]],
      ['SIG', [ten]],
      ['john', [ten]],
      ['doe no', [ten]],
      ['10', [ten]],
      ['no', [eleven, ten]],
      ['john tone', []],
    ] as const) {
      expect(await listed(admin, { q }), q).to.deep.equal(ids);
    }
    // The newer one has only one of the words; the page is full all the same.
    expect(await listed(admin, { q: 'no 10', limit: 1 })).to.deep.equal([ten]);
    await world.call('PUT', `/tickets/${ten}`, { as: admin, body: { title: 'All is well' } });
    expect(await listed(admin, { q: 'signal' })).to.deep.equal([]);
    expect(await listed(admin, { q: 'well' })).to.deep.equal([ten]);
  });

  it('find a ticket by its subscriber’s new name, once that is copied', async () => {
    const john = await world.subscriber(admin);
    const id = await world.open(admin, { subscriber_id: john });
    const before = await world.subscriberOf(john);
    await world.call('PUT', `/subscribers/${john}`, { as: admin, body: { name: 'Jane Smith' } });
    const after = await world.subscriberOf(john);
    await followNames.handle(api.runtime, { id: String(john), before, after });
    expect(await listed(admin, { q: 'jane' })).to.deep.equal([id]);
    expect(await listed(admin, { q: 'john' })).to.deep.equal([]);
  });

  it('filter by period, by subscriber and by all filters at once', async () => {
    clock.set(new Date('2124-01-15T23:50:00.000Z'));
    admin = await world.agent();
    const john = await world.subscriber(admin);
    const one = await world.open(admin, { subscriber_id: john });
    clock.forward(20);
    const two = await world.open(admin, { subscriber_id: john, priority: 3 });
    const three = await world.open(admin);
    expect(await listed(admin, { subscriber_id: john })).to.deep.equal([two, one]);
    expect(await listed(admin, { from: '2124-01-16' })).to.have.members([two, three]);
    expect(await listed(admin, { to: '2124-01-15' })).to.deep.equal([one]);
    const all = {
      subscriber_id: john,
      priority: 3,
      status: 0,
      q: 'connection',
      from: '2124-01-16',
    };
    expect(await listed(admin, all)).to.deep.equal([two]);
  });

  it('tell nobody whose ticket it is who does not reach the subscriber', async () => {
    const theirs = await world.subscriber(admin, { branch_id: 2 });
    const id = await world.open(admin, { subscriber_id: theirs });
    expect(await listed(admin, { subscriber_id: theirs })).to.deep.equal([id]);
    expect(await listed(colleague, { subscriber_id: theirs })).to.deep.equal([]);
    expect(await listed(colleague, { q: 'john' })).to.deep.equal([]);
    const path = `/subscribers/${theirs}/tickets`;
    expect((await world.call('GET', path, { as: colleague })).status).to.equal(404);
  });

  it('show the tickets of one subscriber in every branch that the caller reaches', async () => {
    const john = await world.subscriber(admin);
    const here = await world.open(admin, { subscriber_id: john });
    clock.forward(1);
    const there = await world.open(admin, { subscriber_id: john, branch_id: 2 });
    await world.open(admin, { branch_id: 2 });
    await world.setStatus(admin, here, 3);
    const path = `/subscribers/${john}/tickets`;
    expect(await idsOf(admin, path)).to.deep.equal([there, here]);
    expect(await idsOf(admin, `${path}?status=3`)).to.deep.equal([here]);
    // Another branch's ticket neither takes a place in the page nor counts.
    const theirs = await get(colleague, `${path}?limit=1&count=true`);
    expect(listAt(theirs.body, 'data').map((row) => at(row, 'id'))).to.deep.equal([here]);
    expect(theirs.headers.get('X-Total-Count')).to.equal('1');
    const all = await get(admin, `${path}?count=true&limit=1`);
    expect(all.headers.get('X-Total-Count')).to.equal('2');
    const rows = listAt((await get(admin, path)).body, 'data');
    expect(rows.map((row) => at(row, 'subscriber_name'))).to.deep.equal(['John Doe', 'John Doe']);
  });

  it('find subscribers by words of name and phone number', async () => {
    const ani = await world.subscriber(admin, { name: 'Ani Wijaya', phone: '0813-1111' });
    const eko = await world.subscriber(admin, { name: 'Eko Wijaya' });
    const found = (q: string) => idsOf(admin, `/subscribers?${queryOf(admin, { q })}`);
    expect(await found('wij')).to.deep.equal([ani, eko]);
    expect(await found('wijaya an')).to.deep.equal([ani]);
    expect(await found('08131111')).to.deep.equal([ani]);
    expect(await found('1111')).to.deep.equal([ani]);
  });

  it('export what they list, with the same filters, and only what the reader may know', async () => {
    const theirs = await world.subscriber(admin, { branch_id: 2, name: 'Hidden' });
    const id = await world.open(admin, { title: '=SUM(A1)', subscriber_id: theirs });
    await world.open(admin, { title: 'Other' });
    await world.reply(admin, id);
    const lines = async (as: Agent, more: object) =>
      (await get(as, `/tickets/export?${queryOf(as, { ...more })}`)).text.trimEnd().split('\n');
    const [header, row, ...rest] = await lines(admin, { subscriber_id: theirs });
    expect(header).to.equal(
      'id,title,description,subscriber_id,subscriber_name,priority,status,replies,created_by,created_at,updated_at',
    );
    const words = `${id},'=SUM(A1),Cannot connect to internet`;
    const times = '2,0,1,1,2124-01-15 10:30:00,2124-01-15 10:30:00';
    expect(row).to.equal(`${words},${theirs},Hidden,${times}`);
    expect(rest).to.deep.equal([]);
    expect((await lines(colleague, { q: 'sum' }))[1]).to.equal(`${words},,,${times}`);
    const place = { ...placeOf(colleague), branch_id: 2 };
    const refused = `/tickets/export?${queryOf(colleague, place)}`;
    expect((await world.call('GET', refused, { as: colleague })).status).to.equal(403);
  });

  it('list, count and export the same tickets by each filter', async () => {
    const john = await world.subscriber(admin);
    const slow = await world.open(admin, {
      title: 'Slow line',
      priority: 1,
      subscriber_id: john,
    });
    clock.forward(24 * 60);
    admin = await world.agent();
    const dead = await world.open(admin, {
      title: 'Dead line',
      description: 'A "b",\nc',
      priority: 3,
    });
    await world.open(admin, { branch_id: 2 });
    await world.setStatus(admin, dead, 2);
    for (const [query, ids] of [
      [{}, [dead, slow]],
      [{ status: 2 }, [dead]],
      [{ status: 0 }, [slow]],
      [{ priority: 1 }, [slow]],
      [{ priority: 2 }, []],
      [{ subscriber_id: john }, [slow]],
      [{ q: 'dead' }, [dead]],
      [{ q: 'slow' }, [slow]],
      [{ from: '2124-01-16' }, [dead]],
      [{ to: '2124-01-15' }, [slow]],
    ] as const) {
      const name = JSON.stringify(query);
      const answer = await get(admin, `/tickets?${queryOf(admin, { ...query, count: 'true' })}`);
      const listed = listAt(answer.body, 'data').map((row) => at(row, 'id'));
      expect(listed, name).to.deep.equal(ids);
      expect(answer.headers.get('X-Total-Count'), name).to.equal(String(ids.length));
      const { text } = await get(admin, `/tickets/export?${queryOf(admin, query)}`);
      expect(
        csvRows(text).map(({ id }) => Number(id)),
        name,
      ).to.deep.equal(listed);
    }
    const both = await get(admin, `/tickets/export?${queryOf(admin, { q: 'line sl' })}`);
    expect(csvRows(both.text).map(({ id }) => Number(id))).to.deep.equal([slow]);
    const { text } = await get(admin, `/tickets/export?${queryOf(admin, { status: 2 })}`);
    expect(csvRows(text)[0]).to.include({ description: 'A "b",\nc' });
  });

  it('are counted by status and by priority', async () => {
    for (const [priority, status] of [
      [1, 0],
      [2, 1],
      [2, 2],
      [2, 3],
      [3, 3],
    ] as const) {
      const id = await world.open(admin, { priority });
      await world.setStatus(admin, id, status);
    }
    await world.open(admin, { branch_id: 2 });
    const stats = async (more: object = {}) =>
      at((await get(admin, `/tickets/stats?${queryOf(admin, { ...more })}`)).body, 'data');
    expect(await stats()).to.deep.equal({
      total: 5,
      by_status: { open: 1, in_progress: 1, resolved: 1, closed: 2 },
      by_priority: { low: 1, medium: 3, high: 1 },
    });
    expect(await stats({ from: '2124-01-16' })).to.deep.include({ total: 0 });
  });

  it('show who moved a ticket, from what to what and when, in pages', async () => {
    const id = await world.open(admin);
    clock.forward(30);
    await world.setStatus(colleague, id, 1);
    await world.setStatus(colleague, id, 1);
    clock.forward(30);
    await world.setStatus(admin, id, 3);
    const path = `/tickets/${id}/history`;
    const change = (from: number | null, to: number, who: Agent, name: string, time: string) => ({
      from,
      to,
      user_id: who.userId,
      user_name: name,
      created_at: `2124-01-15 ${time}:00`,
    });
    const all = [
      change(null, 0, admin, 'Admin', '10:30'),
      change(0, 1, colleague, 'Colleague', '11:00'),
      change(1, 3, admin, 'Admin', '11:30'),
    ];
    expect((await get(colleague, path)).body).to.deep.equal({ success: true, data: all });
    const first = await get(admin, `${path}?limit=2&count=true`);
    expect(at(first.body, 'data')).to.deep.equal(all.slice(0, 2));
    expect(first.headers.get('X-Total-Count')).to.equal('3');
    const next = await get(admin, `${path}?limit=2&cursor=${first.headers.get('X-Next-Cursor')}`);
    expect(at(next.body, 'data')).to.deep.equal(all.slice(2));
    expect(next.headers.get('X-Next-Cursor')).to.equal(null);
    const stranger = await world.agent({ branchIds: [2], userId: 3 });
    expect((await world.call('GET', path, { as: stranger })).status).to.equal(404);
  });
});
