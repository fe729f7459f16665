import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { CATEGORIES, STATUSES } from '../../src/desks/urban/domain/vocabulary.ts';
import { bearer } from '../support/bearer.ts';
import { at, listAt, type Received, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';
import { type Crew, ELEVATOR, type UrbanWorld, urbanWorld } from '../desks/urban/world.ts';

/** The contract's example, word for word. */
const CREATE = {
  category: 'MAINTENANCE',
  title: 'Elevator Issue - Floor 3',
  description: 'Broken elevator',
  attachments: ['https://media.example/url1', 'https://media.example/url2'],
  notes: 'Urgent issue',
};
const CREATED_AT = '2124-01-01T00:00:00.000Z';
const NONE = { PENDING: [], IN_PROGRESS: [], COMPLETED: [], CANCELLED: [] };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const codeIn = ({ body }: Received) => at(body, 'error', 'code');

describe('the urban contract', () => {
  // In the contract's example, but later than every token of the Auth emulator.
  const clock = createClock(new Date(CREATED_AT));
  let api: TestApi;
  let world: UrbanWorld;
  let crew: Crew;

  beforeEach(async () => {
    clock.set(new Date(CREATED_AT));
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = urbanWorld(api);
    crew = await world.crew();
  });
  afterEach(() => api.stop());

  const get = (as: Crew[keyof Crew], path: string) => world.call('GET', path, { as });

  /** The contract's single ticket after its example was sent. */
  const single = (id: string, more: object = {}) => ({
    id,
    userId: crew.citizen.id,
    status: 'PENDING',
    category: 'MAINTENANCE',
    title: 'Elevator Issue - Floor 3',
    description: 'Broken elevator',
    attachments: ['https://media.example/url1', 'https://media.example/url2'],
    assignedTo: null,
    notes: 'Urgent issue',
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
    ...more,
  });

  const idsIn = ({ body, status, text }: Received) => {
    expect(status, text).to.equal(200);
    const ids = STATUSES.map((group) => listAt(body, group).map((row) => textAt(row, 'id')));
    return Object.fromEntries(STATUSES.map((group, index) => [group, ids[index]]));
  };

  describe('its shapes', () => {
    it('Creation: returns 201 with the single ticket and all of its fields', async () => {
      const answer = await world.call('POST', '/tickets', { as: crew.citizen, body: CREATE });
      expect(answer.status).to.equal(201);
      const id = textAt(answer.body, 'id');
      expect(id).to.match(UUID);
      expect(answer.text).to.equal(JSON.stringify(single(id)));
    });

    it('Creation: attachments and notes are optional', async () => {
      const answer = await world.call('POST', '/tickets', { as: crew.citizen, body: ELEVATOR });
      expect(answer.status).to.equal(201);
      const id = textAt(answer.body, 'id');
      expect(answer.body).to.deep.equal(single(id, { attachments: [], notes: null }));
    });

    it('Grouped Response: all four keys, and each ticket’s owner and technician', async () => {
      const pending = await world.open(crew.citizen, CREATE);
      clock.forward(1);
      const begun = await world.open(crew.citizen, { ...CREATE, title: 'Second' });
      await world.assign(crew.admin, begun, crew.technician.id);
      const user = {
        id: crew.citizen.id,
        fullname: 'John Doe',
        phoneNumber: '+1234567890',
        profilePhoto: 'https://media.example/face.jpg',
      };
      const now = clock.now().toISOString();
      const grouped = {
        PENDING: [{ ...single(pending), user, technician: null }],
        IN_PROGRESS: [
          {
            ...single(begun, {
              status: 'IN_PROGRESS',
              title: 'Second',
              assignedTo: crew.technician.id,
              createdAt: now,
              updatedAt: now,
            }),
            user,
            technician: { ...user, id: crew.technician.id, fullname: 'Tina Roe' },
          },
        ],
        COMPLETED: [],
        CANCELLED: [],
      };
      const all = await get(crew.admin, '/tickets');
      expect(all.status).to.equal(200);
      expect(all.text).to.equal(JSON.stringify(grouped));
      const mine = await get(crew.citizen, '/tickets/mine');
      expect(mine.text).to.equal(JSON.stringify(grouped));
      const assigned = await get(crew.technician, '/tickets/assigned');
      expect(assigned.body).to.deep.equal({ ...grouped, PENDING: [] });
    });

    it('Grouped Response: all four keys when there are no tickets', async () => {
      for (const path of ['/tickets', '/tickets/mine', '/tickets/assigned']) {
        expect((await get(crew.admin, path)).text).to.equal(JSON.stringify(NONE));
      }
    });

    it('a GET returns a ticket with its people, a change returns it without them', async () => {
      const id = await world.open(crew.citizen, CREATE);
      const read = await get(crew.citizen, `/tickets/${id}`);
      expect(read.status).to.equal(200);
      const { contact: user } = crew.citizen;
      expect(read.text).to.equal(JSON.stringify({ ...single(id), user, technician: null }));

      clock.forward(5);
      const edited = await world.call('PUT', `/tickets/${id}`, {
        as: crew.admin,
        body: { category: 'ELECTRICITY', notes: null },
      });
      const edit = { category: 'ELECTRICITY', notes: null };
      expect(edited.status).to.equal(200);
      const updatedAt = clock.now().toISOString();
      expect(edited.body).to.deep.equal(single(id, { ...edit, updatedAt }));

      const assigned = await world.assign(crew.admin, id, crew.technician.id);
      expect(assigned.status).to.equal(200);
      const work = { ...edit, status: 'IN_PROGRESS', assignedTo: crew.technician.id, updatedAt };
      expect(assigned.body).to.deep.equal(single(id, work));

      const notes = 'Replaced the fuse.';
      const completed = await world.setStatus(crew.technician, id, 'COMPLETED', { notes });
      expect(completed.status).to.equal(200);
      expect(completed.body).to.deep.equal(single(id, { ...work, status: 'COMPLETED', notes }));

      const deleted = await world.call('DELETE', `/tickets/${id}`, { as: crew.admin });
      expect(deleted.status).to.equal(200);
      expect(deleted.body).to.deep.equal(completed.body);
      expect((await get(crew.admin, `/tickets/${id}`)).status).to.equal(404);
      expect(await world.read(id)).to.equal(undefined);
    });

    it('a failure is an error with a code, a message, and, only for wrong fields, details', async () => {
      const unknown = await get(crew.citizen, `/tickets/${randomUUID()}`);
      expect(unknown.status).to.equal(404);
      expect(unknown.body).to.deep.equal({
        error: {
          code: 'ticket/not-found',
          message: 'There is no such ticket, or you may not see it.',
        },
      });
      const body = { ...CREATE, title: '', category: 'NOISE' };
      const wrong = await world.call('POST', '/tickets', { as: crew.citizen, body });
      expect(wrong.status).to.equal(400);
      expect(Object.keys(Object(at(wrong.body, 'error')))).to.deep.equal([
        'code',
        'message',
        'details',
      ]);
      const paths = listAt(wrong.body, 'error', 'details').map((each) => at(each, 'path'));
      expect(paths).to.have.members(['title', 'category']);
    });

    it('takes every category', async () => {
      for (const category of CATEGORIES) await world.open(crew.citizen, { category });
      const { body } = await get(crew.citizen, '/tickets/mine');
      const found = listAt(body, 'PENDING').map((row) => at(row, 'category'));
      expect(found).to.have.members([...CATEGORIES]);
    });
  });

  describe('who may do what', () => {
    it('lists all tickets only with ticket:read; others list their own', async () => {
      const id = await world.open(crew.citizen);
      const reader = await world.resident(['ticket:read']);
      const writer = await world.resident(['ticket:write', 'ticket:delete']);
      expect(idsIn(await get(reader, '/tickets'))['PENDING']).to.deep.equal([id]);
      for (const as of [crew.citizen, crew.technician, writer]) {
        const answer = await get(as, '/tickets');
        expect(answer.status).to.equal(403);
        expect(codeIn(answer)).to.equal('auth/forbidden');
      }
      expect(idsIn(await get(reader, '/tickets/mine'))).to.deep.equal(NONE);
    });

    it('a citizen reads their own tickets, and those of others are a 404', async () => {
      const id = await world.open(crew.citizen);
      const other = await world.resident();
      expect((await get(crew.citizen, `/tickets/${id}`)).status).to.equal(200);
      const before = await world.read(id);
      const requests = [
        ['GET', '', undefined],
        ['PUT', '', { title: 'Mine' }],
        ['PATCH', '/assign', { technicianId: other.id }],
        ['PATCH', '/status', { status: 'CANCELLED' }],
        ['PATCH', '/notes', { notes: 'Mine' }],
        ['GET', '/notes', undefined],
        ['DELETE', '', undefined],
      ] as const;
      for (const [verb, path, body] of requests) {
        const sending = body === undefined ? { as: other } : { as: other, body };
        const answer = await world.call(verb, `/tickets/${id}${path}`, sending);
        expect(answer.status, `${verb} ${path}`).to.equal(404);
      }
      const own = requests.filter(([verb, path]) => verb !== 'GET' && path !== '/status');
      for (const [verb, path, body] of own) {
        const sending = body === undefined ? {} : { body };
        const answer = await world.call(verb, `/tickets/${id}${path}`, {
          as: crew.citizen,
          ...sending,
        });
        expect(answer.status, `${verb} ${path}`).to.equal(403);
      }
      expect(await world.read(id)).to.deep.equal(before);
    });

    it('a citizen cancels their own ticket only while it is pending', async () => {
      const one = await world.open(crew.citizen);
      expect((await world.setStatus(crew.citizen, one, 'CANCELLED')).status).to.equal(200);
      const other = await world.ticketIn('IN_PROGRESS', crew);
      const late = await world.setStatus(crew.citizen, other, 'CANCELLED');
      expect(late.status).to.equal(409);
      expect((await world.setStatus(crew.citizen, other, 'COMPLETED')).status).to.equal(403);
    });

    it('a technician sees and moves a ticket while it is assigned to them', async () => {
      const id = await world.open(crew.citizen);
      expect((await get(crew.technician, `/tickets/${id}`)).status).to.equal(404);
      await world.assign(crew.admin, id, crew.technician.id);
      expect((await get(crew.technician, `/tickets/${id}`)).status).to.equal(200);
      const next = await world.resident();
      await world.assign(crew.admin, id, next.id);
      expect((await get(crew.technician, `/tickets/${id}`)).status).to.equal(404);
      expect((await world.setStatus(crew.technician, id, 'COMPLETED')).status).to.equal(404);
      expect((await world.setStatus(next, id, 'COMPLETED')).status).to.equal(200);
    });

    it('a technician adds notes at any time, and each is kept with its author and time', async () => {
      const id = await world.open(crew.citizen, CREATE);
      const note = (as: Crew[keyof Crew], notes: string) =>
        world.call('PATCH', `/tickets/${id}/notes`, { as, body: { notes } });
      expect((await note(crew.technician, 'Not mine yet.')).status).to.equal(404);
      expect((await note(crew.citizen, 'Please!')).status).to.equal(403);
      await world.assign(crew.admin, id, crew.technician.id);
      clock.forward(60);
      expect((await note(crew.technician, 'Waiting for a part.')).status).to.equal(200);
      await world.setStatus(crew.technician, id, 'COMPLETED');
      clock.forward(60);
      const late = await note(crew.technician, 'Part replaced.');
      expect(late.body).to.include({ status: 'COMPLETED', notes: 'Part replaced.' });
      expect((await note(crew.technician, ' ')).status).to.equal(400);
      const by = ({ contact: { id: who, fullname } }: Crew[keyof Crew]) => ({ id: who, fullname });
      for (const as of [crew.citizen, crew.technician, crew.admin]) {
        expect((await get(as, `/tickets/${id}/notes`)).body).to.deep.equal([
          { text: 'Urgent issue', author: by(crew.citizen), createdAt: CREATED_AT },
          {
            text: 'Waiting for a part.',
            author: by(crew.technician),
            createdAt: '2124-01-01T01:00:00.000Z',
          },
          {
            text: 'Part replaced.',
            author: by(crew.technician),
            createdAt: '2124-01-01T02:00:00.000Z',
          },
        ]);
      }
    });

    it('a citizen who cancels leaves what the staff noted', async () => {
      const id = await world.open(crew.citizen);
      const body = { notes: 'Lift company called.' };
      await world.call('PUT', `/tickets/${id}`, { as: crew.admin, body });
      const cancel = { notes: 'Not needed.' };
      const answer = await world.setStatus(crew.citizen, id, 'CANCELLED', cancel);
      expect(answer.body).to.include({ status: 'CANCELLED', ...body });
      const { body: notes } = await get(crew.citizen, `/tickets/${id}/notes`);
      const texts = listAt({ notes }, 'notes').map((each) => at(each, 'text'));
      expect(texts).to.deep.equal([body.notes, cancel.notes]);
    });

    it('no permission includes another one', async () => {
      const id = await world.open(crew.citizen);
      const reader = await world.resident(['ticket:read']);
      const writer = await world.resident(['ticket:write']);
      const deleter = await world.resident(['ticket:delete']);
      const edit = { body: { title: 'Other' } };
      expect((await get(reader, `/tickets/${id}`)).status).to.equal(200);
      const refused = [
        await world.call('PUT', `/tickets/${id}`, { as: reader, ...edit }),
        await world.assign(reader, id, crew.technician.id),
        await world.setStatus(reader, id, 'CANCELLED'),
        await world.call('DELETE', `/tickets/${id}`, { as: reader }),
      ];
      expect(refused.map(({ status }) => status)).to.deep.equal([403, 403, 403, 403]);
      expect((await get(writer, `/tickets/${id}`)).status).to.equal(404);
      expect((await world.call('DELETE', `/tickets/${id}`, { as: writer })).status).to.equal(404);
      const edited = await world.call('PUT', `/tickets/${id}`, { as: writer, ...edit });
      expect(edited.status).to.equal(200);
      expect((await world.assign(deleter, id, crew.technician.id)).status).to.equal(404);
      expect((await world.call('DELETE', `/tickets/${id}`, { as: deleter })).status).to.equal(200);
    });

    it('accepts a bearer token as well as a session', async () => {
      clock.set(new Date());
      const as = await bearer(api, { urban: { permissions: [], active: true } });
      const answer = await world.call('POST', '/tickets', { as, body: CREATE });
      expect(answer.status).to.equal(201);
      expect(at(answer.body, 'userId')).to.equal(as.id);
    });

    it('access granted or withdrawn by a SuperAdmin takes effect with the next request', async () => {
      const cgs = { role: 'SuperAdmin', region: 'West', area: null, areas: [], active: true };
      const boss = await world.withAccess({ cgs });
      const person = await world.withAccess({});
      const path = `/v1/users/${person.id}/access/urban`;
      const access = { permissions: ['ticket:read'], active: true };
      expect((await get(person, '/tickets')).status).to.equal(403);
      const granted = await send(api.url, 'PUT', path, { as: boss, body: access });
      expect(granted.status, granted.text).to.equal(200);
      expect((await get(person, '/tickets')).status).to.equal(200);
      expect((await send(api.url, 'DELETE', path, { as: boss })).status).to.equal(200);
      expect((await get(person, '/tickets')).status).to.equal(403);
      expect((await get(person, '/tickets/mine')).status).to.equal(403);
    });

    it('refuses people of other desks, and people whose access is withdrawn, on all its paths', async () => {
      const nobodies = [
        await world.withAccess({}),
        await world.withAccess({ urban: { permissions: ['ticket:read'], active: false } }),
        await world.withAccess({
          cgs: { role: 'SuperAdmin', region: 'West', active: true, area: null, areas: [] },
        }),
      ];
      for (const as of nobodies) {
        for (const path of ['', '/mine', '/assigned', `/${randomUUID()}`]) {
          expect((await get(as, `/tickets${path}`)).status).to.equal(403);
        }
        const created = await world.call('POST', '/tickets', { as, body: CREATE });
        expect(created.status).to.equal(403);
      }
    });
  });

  describe('assigning', () => {
    it('needs an active person with access: anybody else is a 400 that names the field', async () => {
      const id = await world.open(crew.citizen);
      const withdrawn = { urban: { permissions: [], active: false } };
      const nobodies = [
        randomUUID(),
        'nobody',
        '__x__',
        'a/b',
        (await world.withAccess({})).id,
        (await world.withAccess(withdrawn)).id,
        (await world.resident(['ticket:write'], { active: false })).id,
      ];
      for (const technicianId of nobodies) {
        const answer = await world.assign(crew.admin, id, technicianId);
        expect(answer.status, technicianId).to.equal(400);
        expect(codeIn(answer)).to.equal('ticket/technician-invalid');
        const paths = listAt(answer.body, 'error', 'details').map((each) => at(each, 'path'));
        expect(paths).to.deep.equal(['technicianId']);
      }
      expect(await world.there(id)).to.include({ status: 'PENDING', assignedTo: null });
    });

    it('moves a pending ticket, hands over one in progress, and refuses a change to the same', async () => {
      const id = await world.open(crew.citizen);
      expect(codeIn(await world.setStatus(crew.admin, id, 'IN_PROGRESS'))).to.equal(
        'ticket/technician-needed',
      );
      await world.assign(crew.admin, id, crew.technician.id);
      const again = await world.assign(crew.admin, id, crew.technician.id);
      expect(again.status).to.equal(409);
      expect(codeIn(again)).to.equal('ticket/already-assigned');
      const handed = await world.assign(crew.admin, id, crew.admin.id);
      expect(handed.status).to.equal(200);
      expect(await world.there(id)).to.deep.include({
        status: 'IN_PROGRESS',
        assignedTo: crew.admin.id,
        technician: crew.admin.contact,
      });
    });

    it('a final ticket can only get notes or be deleted', async () => {
      for (const status of ['COMPLETED', 'CANCELLED'] as const) {
        const id = await world.ticketIn(status, crew);
        const before = await world.read(id);
        const refused = [
          await world.call('PUT', `/tickets/${id}`, { as: crew.admin, body: { title: 'x' } }),
          await world.assign(crew.admin, id, crew.admin.id),
          ...(await Promise.all(STATUSES.map((to) => world.setStatus(crew.admin, id, to)))),
        ];
        for (const answer of refused) {
          expect(answer.status).to.equal(409);
          expect(codeIn(answer)).to.equal('ticket/final');
        }
        expect(await world.read(id)).to.deep.equal(before);
        const deleted = await world.call('DELETE', `/tickets/${id}`, { as: crew.admin });
        expect(deleted.status).to.equal(200);
      }
    });
  });

  describe('its filters', () => {
    it('category, status, assignedTo, from and to, each one and all together', async () => {
      clock.set(new Date('2124-01-01T23:40:00.000Z'));
      crew = await world.crew();
      const ids: string[] = [];
      for (const category of ['WATER', 'GAS', 'WATER'] as const) {
        ids.push(await world.open(crew.citizen, { category }));
        clock.forward(20);
      }
      const [one = '', two = '', three = ''] = ids;
      await world.assign(crew.admin, three, crew.technician.id);
      const found = async (query: string, path = '/tickets', as = crew.admin) => {
        const groups = idsIn(await get(as, `${path}?${query}`));
        return [groups['PENDING'], groups['IN_PROGRESS']];
      };
      const mine = '/tickets/mine';
      const { technician, citizen } = crew;
      expect(await found('')).to.deep.equal([[two, one], [three]]);
      expect(await found('category=WATER')).to.deep.equal([[one], [three]]);
      expect(await found('status=PENDING')).to.deep.equal([[two, one], []]);
      expect(await found(`assignedTo=${technician.id}`)).to.deep.equal([[], [three]]);
      expect(await found('from=2124-01-02')).to.deep.equal([[two], [three]]);
      expect(await found('to=2124-01-01')).to.deep.equal([[one], []]);
      expect(await found('from=2124-01-02T00:00:00Z&to=2124-01-02T00:10:00Z')).to.deep.equal([
        [two],
        [],
      ]);
      const both = `category=WATER&assignedTo=${technician.id}&from=2124-01-02T00:20:00Z`;
      expect(await found(both)).to.deep.equal([[], [three]]);
      expect(await found(`category=GAS&assignedTo=${technician.id}`)).to.deep.equal([[], []]);
      expect(await found('limit=1')).to.deep.equal([[two], [three]]);
      expect(await found('category=WATER', mine, citizen)).to.deep.equal([[one], [three]]);
      expect(await found('', mine, technician)).to.deep.equal([[], []]);
      const own = `assignedTo=${technician.id}`;
      expect(await found(own, mine, citizen)).to.deep.equal([[], [three]]);
      expect(await found(own, '/tickets/assigned', technician)).to.deep.equal([[], [three]]);
      const others = `assignedTo=${citizen.id}`;
      expect(await found(others, '/tickets/assigned', technician)).to.deep.equal([[], []]);
    });

    it('limit and the header’s cursors lead through each group exactly once', async () => {
      const opened: string[] = [];
      for (let count = 0; count < 5; count += 1) {
        opened.unshift(await world.open(crew.citizen));
        clock.forward(count % 2);
      }
      const cancelled = opened.slice(3);
      for (const id of cancelled) await world.setStatus(crew.citizen, id, 'CANCELLED');
      const first = await get(crew.admin, '/tickets?limit=2');
      expect(Object.keys(Object(first.body))).to.deep.equal([...STATUSES]);
      const header = first.headers.get('X-Next-Cursor') ?? '';
      const cursors = new URLSearchParams(header.replaceAll(', ', '&'));
      expect([...cursors.keys()]).to.deep.equal(['PENDING', 'CANCELLED']);
      const second = await get(
        crew.admin,
        `/tickets?limit=2&status=PENDING&cursor=${cursors.get('PENDING')}`,
      );
      expect(second.headers.get('X-Next-Cursor')).to.equal(null);
      const pages = [first, second].flatMap((page) => idsIn(page)['PENDING']);
      expect(pages).to.have.members(opened.slice(0, 3));
      expect(pages).to.have.length(3);
      const end = await get(
        crew.admin,
        `/tickets?limit=2&status=CANCELLED&cursor=${cursors.get('CANCELLED')}`,
      );
      expect(end.body).to.deep.equal(NONE);
    });

    it('refuses a cursor without its status, and an invalid one', async () => {
      for (const query of ['cursor=W10', 'status=PENDING&cursor=W10']) {
        const answer = await get(crew.admin, `/tickets?${query}`);
        expect(answer.status).to.equal(400);
        expect(at(listAt(answer.body, 'error', 'details')[0], 'path')).to.equal('cursor');
      }
    });
  });
});
