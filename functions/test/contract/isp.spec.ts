import { expect } from 'chai';
import { signInAgain } from '../desks/person.ts';
import { bearer } from '../support/bearer.ts';
import { at, listAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { type Agent, type IspWorld, ispWorld, placeOf, queryOf } from '../desks/isp/world.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';

/** The contract's bodies, word for word. */
const CREATE = {
  isp_id: 1,
  branch_id: 1,
  user_id: 1,
  subscriber_id: 1,
  title: 'Connection Issue',
  description: 'Cannot connect to internet',
  priority: 2,
};
const UPDATE = { title: 'Updated Title', priority: 3 };
const REPLY = { isp_id: 1, branch_id: 1, user_id: 1, message: 'We are looking into this issue.' };
const STATUS = { isp_id: 1, branch_id: 1, user_id: 1, status: 2 };
const LIST = '/tickets?isp_id=1&branch_id=1&user_id=1';

describe('the ISP contract', () => {
  // The time of its examples. The desk's numbers begin with 1 in an empty store.
  const clock = createClock(new Date());
  let api: TestApi;
  let world: IspWorld;
  let admin: Agent;

  beforeEach(async () => {
    clock.set(new Date());
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = ispWorld(api);
    admin = await world.agent();
  });
  afterEach(() => api.stop());

  /** The contract's examples: John Doe's ticket number 1. */
  const john = async () => {
    await world.subscriber(admin);
    return world.call('POST', '/tickets', { as: admin, body: CREATE });
  };

  it('Create Ticket: returns 201 with the new number and nothing more', async () => {
    const answer = await john();
    expect(answer.status).to.equal(201);
    expect(answer.text).to.equal(
      '{"success":true,"message":"Ticket created successfully","data":{"id":1}}',
    );
  });

  it('Fetch All Tickets: returns rows with the contract’s names and date format', async () => {
    clock.set(new Date('2124-01-15T10:30:00.987Z'));
    admin = await world.agent();
    await john();
    const answer = await world.call('GET', LIST, { as: admin });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      success: true,
      data: [
        {
          id: 1,
          title: 'Connection Issue',
          subscriber_id: 1,
          subscriber_name: 'John Doe',
          priority: 2,
          status: 0,
          created_at: '2124-01-15 10:30:00',
        },
      ],
    });
  });

  it('Fetch Ticket: returns the ticket with its replies, oldest first', async () => {
    clock.set(new Date('2124-01-15T10:30:00.000Z'));
    admin = await world.agent();
    await john();
    clock.set(new Date('2124-01-15T11:00:00.000Z'));
    await world.reply(admin, 1, 'We are looking into this.');
    clock.forward(60);
    await world.reply(admin, 1, 'It works again.');
    const answer = await world.call('GET', '/tickets/1', { as: admin });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      success: true,
      data: {
        id: 1,
        title: 'Connection Issue',
        description: 'Cannot connect to internet',
        subscriber_id: 1,
        subscriber_name: 'John Doe',
        priority: 2,
        status: 0,
        replies: [
          {
            id: 1,
            message: 'We are looking into this.',
            user_name: 'Admin',
            created_at: '2124-01-15 11:00:00',
          },
          {
            id: 2,
            message: 'It works again.',
            user_name: 'Admin',
            created_at: '2124-01-15 12:00:00',
          },
        ],
        created_at: '2124-01-15 10:30:00',
      },
    });
  });

  const done = [
    { what: 'Update Ticket', verb: 'PUT', path: '', body: UPDATE, status: 200, word: 'updated' },
    { what: 'Delete Ticket', verb: 'DELETE', path: '', status: 200, word: 'deleted' },
    {
      what: 'Change Ticket Status',
      verb: 'PUT',
      path: '/status',
      body: STATUS,
      status: 200,
      word: 'status updated',
    },
  ];
  for (const { what, verb, path, body, status, word } of done) {
    it(`${what}: answers ${status} with a message and no data`, async () => {
      await john();
      const sending = body === undefined ? { as: admin } : { as: admin, body };
      const answer = await world.call(verb, `/tickets/1${path}`, sending);
      expect(answer.status).to.equal(status);
      expect(answer.text).to.equal(`{"success":true,"message":"Ticket ${word} successfully"}`);
    });
  }

  it('Reply to Ticket: returns 201 with a message and no data', async () => {
    await john();
    const answer = await world.call('POST', '/tickets/1/reply', { as: admin, body: REPLY });
    expect(answer.status).to.equal(201);
    expect(answer.text).to.equal('{"success":true,"message":"Reply added successfully"}');
  });

  it('shows the updated fields and leaves the others unchanged', async () => {
    await john();
    await world.call('PUT', '/tickets/1', { as: admin, body: UPDATE });
    await world.call('PUT', '/tickets/1/status', { as: admin, body: STATUS });
    const { body } = await world.call('GET', '/tickets/1', { as: admin });
    expect(at(body, 'data')).to.include({
      ...UPDATE,
      description: CREATE.description,
      subscriber_name: 'John Doe',
      status: 2,
    });
  });

  it('a deleted ticket is gone, and so are its replies', async () => {
    await john();
    for (let count = 0; count < 3; count += 1) await world.reply(admin, 1);
    expect(await world.repliesTo(admin, 1)).to.have.length(3);
    await world.call('DELETE', '/tickets/1', { as: admin });
    for (const [verb, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', UPDATE],
      ['DELETE', '', undefined],
      ['POST', '/reply', REPLY],
      ['PUT', '/status', STATUS],
    ] as const) {
      const sending = body === undefined ? { as: admin } : { as: admin, body };
      const answer = await world.call(verb, `/tickets/1${path}`, sending);
      expect(answer.status, `${verb} ${path}`).to.equal(404);
      expect(answer.body).to.deep.equal({ success: false, message: 'Ticket not found.' });
    }
    expect(await world.repliesTo(admin, 1)).to.deep.equal([]);
  });

  it('a closed ticket takes no reply until its status reopens it', async () => {
    await john();
    expect((await world.setStatus(admin, 1, 3)).status).to.equal(200);
    const refused = await world.reply(admin, 1);
    expect(refused.status).to.equal(409);
    expect(at(refused.body, 'success')).to.equal(false);
    expect((await world.setStatus(admin, 1, 0)).status).to.equal(200);
    expect((await world.reply(admin, 1)).status).to.equal(201);
  });

  it('a ticket without a subscriber has null in both of its fields', async () => {
    const { subscriber_id: _, ...body } = CREATE;
    await world.call('POST', '/tickets', { as: admin, body });
    const answer = await world.call('GET', '/tickets/1', { as: admin });
    expect(at(answer.body, 'data')).to.include({ subscriber_id: null, subscriber_name: null });
  });

  it('a subscriber who does not exist, or of another ISP, is a 400 that names the field', async () => {
    const other = await world.agent({ ispId: 2, branchIds: [3], userId: 2 });
    const theirs = await world.subscriber(other);
    for (const subscriber_id of [theirs, 999]) {
      const body = { ...CREATE, subscriber_id };
      const answer = await world.call('POST', '/tickets', { as: admin, body });
      expect(answer.status).to.equal(400);
      expect(Object.keys(Object(at(answer.body, 'errors')))).to.deep.equal(['subscriber_id']);
    }
  });

  it('a subscriber of another branch is shown to those alone who reach that branch', async () => {
    const colleague = await world.agent({ branchIds: [1], userId: 2 });
    const theirs = await world.subscriber(admin, { branch_id: 2 });
    const id = await world.open(admin, { subscriber_id: theirs });
    const shownTo = async (agent: Agent) => {
      const one = await world.call('GET', `/tickets/${id}`, { as: agent });
      const list = await world.call('GET', `/tickets?${queryOf(agent)}`, { as: agent });
      const [row] = listAt(list.body, 'data');
      const subscriberIn = (ticket: unknown) => ({
        id: at(ticket, 'subscriber_id'),
        name: at(ticket, 'subscriber_name'),
      });
      expect(subscriberIn(row)).to.deep.equal(subscriberIn(at(one.body, 'data')));
      return { ...subscriberIn(row), read: at(one.body, 'data') };
    };
    const full = await shownTo(admin);
    expect(full).to.include({ id: theirs, name: 'John Doe' });
    const hidden = await shownTo(colleague);
    expect(hidden).to.include({ id: null, name: null });
    expect((await world.ticket(id))?.subscriberName, 'for listeners').to.equal(null);
    for (const [as, body] of [
      [colleague, hidden.read],
      [admin, full.read],
    ] as const) {
      const put = await world.call('PUT', `/tickets/${id}`, { as, body });
      expect(put.status, put.text).to.equal(200);
      expect(await shownTo(admin)).to.include({ id: theirs, name: 'John Doe' });
    }
  });

  it('the list is newest first and filters by status, by priority and by both', async () => {
    const made = [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 3],
      [3, 2],
    ] as const;
    for (const [index, [status, priority]] of made.entries()) {
      await world.open(admin, { priority });
      if (status > 0) await world.setStatus(admin, index + 1, status);
      clock.forward(1);
    }
    const ids = async (more: string) => {
      const answer = await world.call('GET', `${LIST}${more}`, { as: admin });
      expect(answer.status, answer.text).to.equal(200);
      return listAt(answer.body, 'data').map((row) => at(row, 'id'));
    };
    expect(await ids('')).to.deep.equal([5, 4, 3, 2, 1]);
    expect(await ids('&status=0')).to.deep.equal([2, 1]);
    expect(await ids('&status=3')).to.deep.equal([5]);
    expect(await ids('&priority=2')).to.deep.equal([5, 3, 2]);
    expect(await ids('&status=0&priority=2')).to.deep.equal([2]);
    expect(await ids('&status=1&priority=1')).to.deep.equal([]);
  });

  it('a list page has the contract’s shape, and the next cursor is in a header', async () => {
    for (let count = 0; count < 5; count += 1) await world.open(admin);
    const seen: unknown[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null; page += 1) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await world.call('GET', `${LIST}&limit=2${more}`, { as: admin });
      expect(Object.keys(Object(answer.body))).to.deep.equal(['success', 'data']);
      seen.push(...listAt(answer.body, 'data').map((row) => at(row, 'id')));
      cursor = answer.headers.get('X-Next-Cursor');
      expect(cursor === null).to.equal(page === 2);
    }
    expect(seen).to.have.length(5);
    expect(new Set(seen)).to.deep.equal(new Set([1, 2, 3, 4, 5]));
  });

  it('the list returns a hundred rows to a request without a limit', async () => {
    await Promise.all(Array.from({ length: 101 }, () => world.open(admin)));
    const answer = await world.call('GET', LIST, { as: admin });
    expect(listAt(answer.body, 'data')).to.have.length(100);
    expect(answer.headers.get('X-Next-Cursor')).to.be.a('string');
  });

  it('the list needs isp_id, branch_id and user_id, and a 400 names each that is missing or wrong', async () => {
    for (const name of ['isp_id', 'branch_id', 'user_id']) {
      const without = new URLSearchParams(queryOf(admin));
      without.delete(name);
      const missing = await world.call('GET', `/tickets?${without.toString()}`, { as: admin });
      const wrong = await world.call('GET', `/tickets?${queryOf(admin, { [name]: 'x' })}`, {
        as: admin,
      });
      for (const answer of [missing, wrong]) {
        expect(answer.status).to.equal(400);
        expect(Object.keys(Object(at(answer.body, 'errors')))).to.deep.equal([name]);
      }
    }
  });

  it('any status but 0 to 3 and any priority but 1 to 3 is a 400 that names it', async () => {
    await john();
    for (const [verb, path, body] of [
      ['GET', `${LIST}&status=4`, undefined],
      ['GET', `${LIST}&priority=0`, undefined],
      ['POST', '/tickets', { ...CREATE, priority: 4 }],
      ['POST', '/tickets', { ...CREATE, priority: '2' }],
      ['PUT', '/tickets/1', { priority: 0 }],
      ['PUT', '/tickets/1/status', { ...STATUS, status: 4 }],
      ['PUT', '/tickets/1/status', { ...STATUS, status: -1 }],
      ['PUT', '/tickets/1/status', { ...STATUS, status: null }],
    ] as const) {
      const sending = body === undefined ? { as: admin } : { as: admin, body };
      const answer = await world.call(verb, path, sending);
      expect(answer.status, `${verb} ${path}`).to.equal(400);
      const field = /status/.test(path) ? 'status' : 'priority';
      expect(Object.keys(Object(at(answer.body, 'errors')))).to.deep.equal([field]);
    }
  });

  const misplaced = [
    { field: 'isp_id', value: 2 },
    { field: 'branch_id', value: 3 },
    { field: 'user_id', value: 2 },
  ];
  for (const { field, value } of misplaced) {
    it(`a ${field} that is not the caller’s is a 403 wherever it is sent`, async () => {
      await john();
      const place = { ...placeOf(admin), [field]: value };
      const where = queryOf(admin, { [field]: value });
      for (const [verb, path, body] of [
        ['GET', `/tickets?${where}`, undefined],
        ['GET', `/subscribers?${where}`, undefined],
        ['POST', '/tickets', { ...CREATE, ...place }],
        ['POST', '/tickets/1/reply', { ...REPLY, ...place }],
        ['PUT', '/tickets/1/status', { ...STATUS, ...place }],
        ['POST', '/subscribers', { ...place, name: 'Jane' }],
      ] as const) {
        const sending = body === undefined ? { as: admin } : { as: admin, body };
        const answer = await world.call(verb, path, sending);
        expect(answer.status, `${verb} ${path}`).to.equal(403);
        expect(at(answer.body, 'success')).to.equal(false);
      }
    });
  }

  it('another ISP’s and another branch’s tickets and subscribers are 404 by their numbers', async () => {
    await john();
    await world.subscriber(admin);
    const before = [await world.ticket(1), await world.subscriberOf(2)];
    const others = [
      await world.agent({ ispId: 2, branchIds: [1, 2], userId: 2 }),
      await world.agent({ branchIds: [2], userId: 3 }),
    ];
    for (const as of others) {
      const place = placeOf(as);
      for (const [verb, path, body] of [
        ['GET', '/tickets/1', undefined],
        ['PUT', '/tickets/1', UPDATE],
        ['POST', '/tickets/1/reply', { ...REPLY, ...place }],
        ['PUT', '/tickets/1/status', { ...STATUS, ...place }],
        ['DELETE', '/tickets/1', undefined],
        ['GET', '/subscribers/2', undefined],
        ['PUT', '/subscribers/2', { name: 'Mine' }],
        ['DELETE', '/subscribers/2', undefined],
      ] as const) {
        const answer = await world.call(verb, path, body === undefined ? { as } : { as, body });
        expect(answer.status, `${verb} ${path}`).to.equal(404);
      }
      const rows = await world.call('GET', `/tickets?${queryOf(as)}`, { as });
      expect(listAt(rows.body, 'data')).to.deep.equal([]);
      const subscribers = await world.call('GET', `/subscribers?${queryOf(as)}`, { as });
      expect(listAt(subscribers.body, 'data')).to.deep.equal([]);
    }
    expect([await world.ticket(1), await world.subscriberOf(2)]).to.deep.equal(before);
  });

  it('accepts a session token or an ID token as bearer, and the cookie', async () => {
    const { cookie } = await signInAgain(api, admin.id);
    for (const as of [{ cookie }, { token: cookie }, admin]) {
      expect((await world.call('GET', LIST, { as })).status).to.equal(200);
    }
  });

  it('refuses people of other desks, and people whose access is withdrawn, on all its paths', async () => {
    const isp = { userId: 1, ispId: 1, branchIds: [1, 2], active: false };
    const nobodies = [
      await bearer(api, {}),
      await bearer(api, { isp }),
      await bearer(api, {
        cgs: { role: 'SuperAdmin', region: 'West', active: true, area: null, areas: [] },
      }),
    ];
    for (const as of nobodies) {
      for (const [verb, path] of [
        ['GET', LIST],
        ['GET', '/tickets/1'],
        ['DELETE', '/tickets/1'],
        ['GET', '/subscribers/1'],
      ] as const) {
        expect((await world.call(verb, path, { as })).status).to.equal(403);
      }
    }
  });
});

describe('subscribers of the ISP desk', () => {
  let api: TestApi;
  let world: IspWorld;
  let admin: Agent;

  before(async () => {
    api = await startApi({ store: ownRuntime().runtime.store });
    world = ispWorld(api);
    admin = await world.agent();
  });
  after(() => api.stop());

  const call = (verb: string, path: string, body?: unknown) =>
    world.call(verb, path, body === undefined ? { as: admin } : { as: admin, body });

  it('are created, read, changed and deleted', async () => {
    const place = { isp_id: 1, branch_id: 2, user_id: 1 };
    const created = await call('POST', '/subscribers', { ...place, name: ' Ani ', phone: '021' });
    expect(created.status).to.equal(201);
    const id = Number(at(created.body, 'data', 'id'));
    expect(created.body).to.deep.equal({
      success: true,
      message: 'Subscriber created successfully',
      data: { id },
    });
    await call('PUT', `/subscribers/${id}`, { address: 'Jl. Mawar 3', phone: null });
    const read = await call('GET', `/subscribers/${id}`);
    expect(at(read.body, 'data')).to.deep.include({
      id,
      isp_id: 1,
      branch_id: 2,
      name: 'Ani',
      phone: null,
      address: 'Jl. Mawar 3',
    });
    const deleted = await call('DELETE', `/subscribers/${id}`);
    expect(deleted.body).to.deep.equal({
      success: true,
      message: 'Subscriber deleted successfully',
    });
    expect((await call('GET', `/subscribers/${id}`)).status).to.equal(404);
  });

  it('are listed by name, only those of one branch', async () => {
    for (const name of ['Wati', 'Eko', 'Nia']) {
      await world.subscriber(admin, { name, branch_id: 1 });
    }
    await world.subscriber(admin, { name: 'Zed', branch_id: 2 });
    const names = async (branchId: number) => {
      const answer = await call('GET', `/subscribers?${queryOf(admin, { branch_id: branchId })}`);
      return listAt(answer.body, 'data').map((row) => at(row, 'name'));
    };
    expect(await names(1)).to.deep.equal(['Eko', 'Nia', 'Wati']);
    expect(await names(2)).to.deep.equal(['Zed']);
  });

  it('can’t be deleted while they have a ticket', async () => {
    const id = await world.subscriber(admin);
    const ticket = await world.open(admin, { subscriber_id: id });
    expect((await call('DELETE', `/subscribers/${id}`)).status).to.equal(409);
    await call('PUT', `/tickets/${ticket}`, { subscriber_id: null });
    expect((await call('DELETE', `/subscribers/${id}`)).status).to.equal(200);
  });
});
