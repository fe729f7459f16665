import { expect } from 'chai';
import { STATUSES } from '../../src/desks/urban/domain/vocabulary.ts';
import { at, listAt, textAt } from '../support/client.ts';
import { csvRows } from '../support/csv.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';
import { type Crew, type Resident, type UrbanWorld, urbanWorld } from '../desks/urban/world.ts';

const OPENED = new Date('2124-01-01T00:00:00.000Z');
const HOUR = 60;

describe('the lists of the city services', () => {
  const clock = createClock(OPENED);
  let api: TestApi;
  let world: UrbanWorld;
  let crew: Crew;

  beforeEach(async () => {
    clock.set(OPENED);
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = urbanWorld(api);
    crew = await world.crew();
  });
  afterEach(() => api.stop());

  const get = async (as: Resident, path: string) => {
    const answer = await world.call('GET', path, { as });
    expect(answer.status, answer.text).to.equal(200);
    return answer;
  };
  /** The ids of a list's tickets, one status after the other. */
  const listed = async (query: string, path = '/tickets', as = crew.admin) => {
    const { body } = await get(as, `${path}?${query}`);
    return STATUSES.flatMap((group) => listAt(body, group).map((row) => textAt(row, 'id')));
  };

  it('find tickets by words of title and description, and by their beginnings', async () => {
    const lamp = await world.open(crew.citizen, { title: 'Lamp', description: 'Dark corner' });
    clock.forward(1);
    const lift = await world.open(crew.citizen, { title: 'Lift out', description: 'No light' });
    for (const [q, ids] of [
      ['lamp', [lamp]],
      ['dar', [lamp]],
      ['LI', [lift]],
      ['light out', [lift]],
      ['light lamp', []],
    ] as const) {
      expect(await listed(`q=${encodeURIComponent(q)}`), q).to.deep.equal(ids);
    }
    const words = { title: 'Light', description: 'Flickers out there' };
    clock.forward(1);
    await world.open(crew.citizen, words);
    // The newer one has only one of the words; the page is full all the same.
    expect(await listed('q=light%20no&limit=1')).to.deep.equal([lift]);
    const body = { title: 'Lantern' };
    await world.call('PUT', `/tickets/${lamp}`, { as: crew.admin, body });
    expect(await listed('q=lantern')).to.deep.equal([lamp]);
    expect(await listed('q=lamp')).to.deep.equal([]);
    expect(await listed('q=lantern', '/tickets/mine', crew.citizen)).to.deep.equal([lamp]);
    expect(await listed('q=lantern', '/tickets/mine', crew.technician)).to.deep.equal([]);
  });

  it('show what nobody is assigned to, and what a person opened', async () => {
    const pending = await world.open(crew.citizen);
    const cancelled = await world.open(crew.citizen);
    await world.setStatus(crew.citizen, cancelled, 'CANCELLED');
    const begun = await world.ticketIn('IN_PROGRESS', crew);
    const theirs = await world.open(crew.technician);
    expect(await listed(`unassigned=true&userId=${crew.citizen.id}`)).to.have.members([
      pending,
      cancelled,
    ]);
    expect(await listed('unassigned=true&status=PENDING')).to.have.members([pending, theirs]);
    expect(await listed('unassigned=false')).to.include(begun);
    expect(await listed(`unassigned=true&assignedTo=${crew.technician.id}`)).to.deep.equal([]);
    expect(await listed('unassigned=true', '/tickets/assigned', crew.technician)).to.deep.equal([]);
    expect(await listed(`userId=${crew.technician.id}`)).to.deep.equal([theirs]);
    const of = `userId=${crew.technician.id}`;
    expect(await listed(of, '/tickets/mine', crew.citizen)).to.deep.equal([]);
  });

  it('show what is overdue by its status, exactly from that moment on', async () => {
    const body = { pendingHours: 1, inProgressHours: 2 };
    await world.call('PUT', '/settings/overdue', { as: crew.admin, body });
    const pending = await world.open(crew.citizen);
    const begun = await world.ticketIn('IN_PROGRESS', crew);
    await world.ticketIn('COMPLETED', crew);
    await world.ticketIn('CANCELLED', crew);
    clock.set(new Date(OPENED.getTime() + HOUR * 60_000 - 1));
    const young = await world.open(crew.citizen);
    expect(await listed('overdue=true')).to.deep.equal([]);
    clock.set(new Date(OPENED.getTime() + HOUR * 60_000));
    expect(await listed('overdue=true')).to.deep.equal([pending]);
    expect(await listed('overdue=false')).to.include(young);
    expect(await listed('overdue=true&from=2124-01-01T00:30:00Z')).to.deep.equal([]);
    clock.set(new Date(OPENED.getTime() + 2 * HOUR * 60_000));
    expect(await listed('overdue=true')).to.deep.equal([young, pending, begun]);
    expect(await listed('overdue=true&to=2124-01-01T00:30:00Z')).to.deep.equal([pending, begun]);
    expect(await listed('overdue=true&status=COMPLETED')).to.deep.equal([]);
    const counted = await get(crew.admin, '/tickets?overdue=true&count=true&limit=1');
    expect(counted.headers.get('X-Total-Count')).to.equal('3');
  });

  it('show what is overdue by its category, and count exactly that', async () => {
    const body = {
      pendingHours: 3,
      categories: {
        GAS: { pendingHours: 1, inProgressHours: 1 },
        OTHER: { pendingHours: 9, inProgressHours: 9 },
      },
    };
    await world.call('PUT', '/settings/overdue', { as: crew.admin, body });
    const other = await world.open(crew.citizen, { category: 'OTHER' });
    const water = await world.open(crew.citizen, { category: 'WATER' });
    clock.forward(2 * HOUR);
    const gas = await world.open(crew.citizen, { category: 'GAS' });
    for (const category of ['WATER', 'OTHER', 'WATER']) {
      await world.open(crew.citizen, { category });
    }
    clock.forward(HOUR);
    expect(await listed('overdue=true')).to.deep.equal([gas, water]);
    expect(await listed('overdue=true&category=GAS')).to.deep.equal([gas]);
    expect(await listed('overdue=true&category=OTHER')).to.deep.equal([]);
    const first = await get(crew.admin, '/tickets?overdue=true&count=true&limit=1');
    expect(first.headers.get('X-Total-Count')).to.equal('2');
    const cursor = first.headers.get('X-Next-Cursor')?.replace('PENDING=', '');
    const next = `overdue=true&status=PENDING&limit=1&cursor=${cursor}`;
    expect(await listed(next)).to.deep.equal([water]);
    const exported = (await get(crew.admin, '/tickets/export?overdue=true')).text;
    expect(exported).to.include(gas).and.include(water).and.not.include(other);
    clock.forward(6 * HOUR);
    expect(await listed('overdue=true')).to.include(other);
  });

  it('take the hours from the settings, which only those who assign tickets edit', async () => {
    const path = '/settings/overdue';
    const hours = { pendingHours: 24, inProgressHours: 120, categories: {} };
    const standard = { ...hours, updatedAt: null };
    expect((await get(crew.citizen, path)).body).to.deep.equal(standard);
    const body = { pendingHours: 2 };
    const reader = await world.resident(['ticket:read']);
    for (const as of [crew.citizen, reader]) {
      expect((await world.call('PUT', path, { as, body })).status).to.equal(403);
    }
    const edited = await world.call('PUT', path, { as: crew.admin, body });
    const updatedAt = OPENED.toISOString();
    expect(edited.body).to.deep.equal({ ...standard, ...body, updatedAt });
    const pending = await world.open(crew.citizen);
    clock.forward(2 * HOUR);
    expect(await listed('overdue=true')).to.deep.equal([pending]);
    await world.call('PUT', path, { as: crew.admin, body: { pendingHours: 3 } });
    expect(await listed('overdue=true')).to.deep.equal([]);
    for (const pendingHours of [0, -1, 1.5, 8785, '2']) {
      const refused = await world.call('PUT', path, { as: crew.admin, body: { pendingHours } });
      expect(refused.status).to.equal(400);
    }
    const own = { pendingHours: 1, inProgressHours: 2 };
    for (const categories of [{ HEATING: own }, { GAS: { pendingHours: 1 } }, [own]]) {
      const refused = await world.call('PUT', path, { as: crew.admin, body: { categories } });
      expect(refused.status).to.equal(400);
    }
    for (const categories of [{ GAS: own }, { WATER: own }, {}]) {
      const { body: now } = await world.call('PUT', path, { as: crew.admin, body: { categories } });
      expect(now).to.deep.include({ pendingHours: 3, categories });
    }
  });

  it('list, count and export the same tickets by each filter', async () => {
    const lamp = await world.open(crew.citizen, { title: 'Lamp, "dim"', category: 'ELECTRICITY' });
    clock.forward(24 * HOUR);
    crew = await world.crew();
    const lift = await world.ticketIn('IN_PROGRESS', crew, { title: 'Lift' });
    const { id: technician } = crew.technician;
    for (const [query, ids] of [
      ['', [lamp, lift]],
      ['category=ELECTRICITY', [lamp]],
      ['status=IN_PROGRESS', [lift]],
      [`userId=${crew.citizen.id}`, [lift]],
      [`assignedTo=${technician}`, [lift]],
      ['unassigned=true', [lamp]],
      ['overdue=true', [lamp]],
      ['q=dim', [lamp]],
      ['from=2124-01-02', [lift]],
      ['to=2124-01-01', [lamp]],
      ['category=GAS', []],
    ] as const) {
      expect(await listed(query), query).to.deep.equal(ids);
      const counted = await get(crew.admin, `/tickets?${query}&count=true&limit=1`);
      expect(counted.headers.get('X-Total-Count'), query).to.equal(String(ids.length));
      const { text } = await get(crew.admin, `/tickets/export?${query}`);
      expect(
        csvRows(text).map(({ id }) => id),
        query,
      ).to.deep.equal(ids);
    }
    const { text } = await get(crew.admin, '/tickets/export?q=dim');
    expect(csvRows(text)[0]).to.include({ title: 'Lamp, "dim"' });
  });

  it('export all tickets, with the same filters, for those who may list all', async () => {
    const id = await world.open(crew.citizen, { title: 'Lamp', notes: 'Dark' });
    const begun = await world.ticketIn('IN_PROGRESS', crew, { title: 'Lift' });
    const lines = async (query = '') =>
      (await get(crew.admin, `/tickets/export?${query}`)).text.trimEnd().split('\n');
    const [header, ...rows] = await lines();
    expect(header).to.equal(
      'id,status,category,title,description,attachments,notes,userId,user,phoneNumber,assignedTo,technician,createdAt,updatedAt',
    );
    const time = OPENED.toISOString();
    const opened = `${crew.citizen.id},John Doe,+1234567890`;
    expect(rows[0]).to.equal(
      `${id},PENDING,MAINTENANCE,Lamp,Broken elevator,,Dark,${opened},,,${time},${time}`,
    );
    expect(rows[1]).to.include(`${begun},IN_PROGRESS`).and.include('Tina Roe');
    expect(rows).to.have.length(2);
    expect(await lines('q=lift')).to.deep.equal([header, rows[1]]);
    expect(await lines('unassigned=true')).to.deep.equal([header, rows[0]]);
    const refused = await world.call('GET', '/tickets/export', { as: crew.citizen });
    expect(refused.status).to.equal(403);
  });

  it('show who moved a ticket and who noted what, in pages, to those who see it', async () => {
    const id = await world.open(crew.citizen, { notes: 'One.' });
    clock.forward(10);
    await world.assign(crew.admin, id, crew.technician.id);
    await world.assign(crew.admin, id, crew.admin.id);
    clock.forward(10);
    await world.setStatus(crew.admin, id, 'COMPLETED', { notes: 'Two.' });
    const by = ({ contact: { id: who, fullname } }: Resident) => ({ id: who, fullname });
    const change = (from: string | null, to: string, who: Resident, minute: string) => ({
      from,
      to,
      author: by(who),
      createdAt: `2124-01-01T00:${minute}:00.000Z`,
    });
    const all = [
      change(null, 'PENDING', crew.citizen, '00'),
      change('PENDING', 'IN_PROGRESS', crew.admin, '10'),
      change('IN_PROGRESS', 'COMPLETED', crew.admin, '20'),
    ];
    expect((await get(crew.citizen, `/tickets/${id}/history`)).body).to.deep.equal(all);
    const hidden = await world.call('GET', `/tickets/${id}/history`, { as: crew.technician });
    expect(hidden.status).to.equal(404);
    for (const [path, total] of [
      ['history', 3],
      ['notes', 2],
    ] as const) {
      const first = await get(crew.citizen, `/tickets/${id}/${path}?limit=1&count=true`);
      expect(first.headers.get('X-Total-Count')).to.equal(String(total));
      const cursor = first.headers.get('X-Next-Cursor');
      const rest = await get(crew.citizen, `/tickets/${id}/${path}?cursor=${cursor}`);
      const rows = [first, rest].map(({ body }) => listAt({ body }, 'body'));
      expect(rows.map(({ length }) => length)).to.deep.equal([1, total - 1]);
      expect(rest.headers.get('X-Next-Cursor')).to.equal(null);
    }
    const { body } = await get(crew.citizen, `/tickets/${id}/notes?limit=1`);
    expect(at(listAt({ body }, 'body')[0], 'text')).to.equal('One.');
  });
});
