import { expect } from 'chai';
import { followPeople } from '../../src/desks/urban/follow-people.ts';
import { tickets } from '../../src/desks/urban/records.ts';
import { STATUSES, type Status } from '../../src/desks/urban/domain/vocabulary.ts';
import { type Profile, people } from '../../src/kernel/auth/person.ts';
import { changePerson, deletePerson } from '../desks/person.ts';
import { at, listAt, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore } from '../support/hooked-store.ts';
import { type Act, type Sides, startSides, outcomeOf } from '../support/two-sides.ts';
import {
  type Crew,
  ELEVATOR,
  type Resident,
  type UrbanWorld,
  urbanWorld,
} from '../desks/urban/world.ts';

const ROUNDS = 15;

const asking =
  (as: Resident, method: string, path: string, body?: unknown): Act =>
  async ({ world }) =>
    outcomeOf(
      await world.call(method, `/api/urban/tickets/${path}`, {
        ...(body === undefined ? {} : { body }),
        // The sides' world belongs to another desk, but sessions are the same for all desks.
        headers: { Cookie: `session_id=${as.cookie}` },
      }),
    );

/** The answers to both, the first side first, and the ticket's status afterwards. */
type End = readonly [one: string, other: string, status: string];

interface Race {
  readonly title: string;
  readonly from: Status;
  readonly sides: (id: string, crew: Crew) => readonly [Act, Act];
  /** The results: when the first side commits first, and when the second one does. */
  readonly ends: readonly [End, End];
}

const RACES: readonly Race[] = [
  {
    title: 'assign × cancel by the citizen',
    from: 'PENDING',
    sides: (id, { admin, technician, citizen }) => [
      asking(admin, 'PATCH', `${id}/assign`, { technicianId: technician.id }),
      asking(citizen, 'PATCH', `${id}/status`, { status: 'CANCELLED' }),
    ],
    ends: [
      ['200', '409 ticket/wrong-status', 'IN_PROGRESS'],
      ['409 ticket/final', '200', 'CANCELLED'],
    ],
  },
  {
    title: 'completed × cancelled',
    from: 'IN_PROGRESS',
    sides: (id, { admin, technician }) => [
      asking(technician, 'PATCH', `${id}/status`, { status: 'COMPLETED' }),
      asking(admin, 'PATCH', `${id}/status`, { status: 'CANCELLED' }),
    ],
    ends: [
      ['200', '409 ticket/final', 'COMPLETED'],
      ['409 ticket/final', '200', 'CANCELLED'],
    ],
  },
  {
    title: 'completed × completed',
    from: 'IN_PROGRESS',
    sides: (id, { admin, technician }) => [
      asking(technician, 'PATCH', `${id}/status`, { status: 'COMPLETED' }),
      asking(admin, 'PATCH', `${id}/status`, { status: 'COMPLETED' }),
    ],
    ends: [
      ['200', '409 ticket/final', 'COMPLETED'],
      ['409 ticket/final', '200', 'COMPLETED'],
    ],
  },
  {
    title: 'handed over × completed by the technician who had it',
    from: 'IN_PROGRESS',
    sides: (id, { admin, technician }) => [
      asking(admin, 'PATCH', `${id}/assign`, { technicianId: admin.id }),
      asking(technician, 'PATCH', `${id}/status`, { status: 'COMPLETED' }),
    ],
    ends: [
      ['200', '404 ticket/not-found', 'IN_PROGRESS'],
      ['409 ticket/final', '200', 'COMPLETED'],
    ],
  },
  {
    title: 'delete × assign',
    from: 'PENDING',
    sides: (id, { admin, technician }) => [
      asking(admin, 'DELETE', id),
      asking(admin, 'PATCH', `${id}/assign`, { technicianId: technician.id }),
    ],
    ends: [
      ['200', '404 ticket/not-found', 'gone'],
      ['200', '200', 'gone'],
    ],
  },
  {
    title: 'delete × delete',
    from: 'PENDING',
    sides: (id, { admin }) => [asking(admin, 'DELETE', id), asking(admin, 'DELETE', id)],
    ends: [
      ['200', '404 ticket/not-found', 'gone'],
      ['404 ticket/not-found', '200', 'gone'],
    ],
  },
];

describe('two people act on one ticket of the city services at once', function () {
  this.timeout(60_000);
  let api: TestApi;
  let world: UrbanWorld;
  let sides: Sides;
  let crew: Crew;

  before(async () => {
    api = await startApi();
    world = urbanWorld(api);
    sides = await startSides();
    crew = await world.crew();
  });
  after(async () => {
    await Promise.all([api.stop(), sides.stop()]);
  });

  const stage = async ({ from, sides: sidesOf }: Race) => {
    const id = await world.ticketIn(from, crew);
    const end = async ([one, other]: readonly [string, string]): Promise<End> => [
      one,
      other,
      (await world.read(id))?.status ?? 'gone',
    ];
    return { acts: sidesOf(id, crew), end };
  };

  for (const race of RACES) {
    it(`${race.title}: the second one acts on the result of the first`, async () => {
      const first = await stage(race);
      expect(await first.end(await sides.ordered(first.acts))).to.deep.equal(race.ends[0]);
      const second = await stage(race);
      const [one, other] = second.acts;
      const [otherTold, oneTold] = await sides.ordered([other, one]);
      expect(await second.end([oneTold, otherTold])).to.deep.equal(race.ends[1]);
    });

    it(`${race.title}: ends in no other way (${ROUNDS} times)`, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { acts, end } = await stage(race);
        const ended = await end(await sides.free(acts));
        expect(race.ends).to.deep.include(ended);
      }
    });
  }

  it('an edit × an assignment: both take effect', async () => {
    for (const race of [sides.ordered, sides.free]) {
      const id = await world.open(crew.citizen);
      const outcome = await race([
        asking(crew.admin, 'PUT', id, { notes: 'The key is at the desk.' }),
        asking(crew.admin, 'PATCH', `${id}/assign`, { technicianId: crew.technician.id }),
      ]);
      expect(outcome).to.deep.equal(['200', '200']);
      expect(await world.there(id)).to.include({
        notes: 'The key is at the desk.',
        status: 'IN_PROGRESS',
        assignedTo: crew.technician.id,
      });
    }
  });

  it('100 simultaneous creates: 100 tickets, each listed once over all pages', async () => {
    const citizen = await world.resident();
    const made = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.call('POST', '/tickets', { as: citizen, body: ELEVATOR }),
      ),
    );
    expect(new Set(made.map(({ status }) => status))).to.deep.equal(new Set([201]));
    const ids = made.map(({ body }) => textAt(body, 'id'));
    expect(new Set(ids).size).to.equal(100);
    const listed: unknown[] = [];
    for (let more = ''; ; ) {
      const path = `/tickets/mine?status=PENDING&limit=30${more}`;
      const page = await world.call('GET', path, { as: citizen });
      listed.push(...listAt(page.body, 'PENDING').map((row) => at(row, 'id')));
      const next = page.headers.get('X-Next-Cursor');
      if (next === null) break;
      more = `&cursor=${next.split('=')[1]}`;
    }
    expect(listed).to.have.length(100);
    expect(listed).to.have.members(ids);
  });
});

describe('the people in tickets of the city services', function () {
  this.timeout(60_000);
  // Small, so that a few tickets are several pages.
  const follower = followPeople(2);
  let api: TestApi;
  let world: UrbanWorld;
  let crew: Crew;

  before(async () => {
    api = await startApi();
    world = urbanWorld(api);
  });
  beforeEach(async () => {
    crew = await world.crew();
  });
  after(() => api.stop());

  const load = async ({ id }: Resident) => {
    const seen = await api.runtime.store.get(people.doc(id));
    if (seen === undefined) throw new Error('the person is not there');
    return seen;
  };

  /** Changes a person and delivers its event. */
  const change = async (who: Resident, patch: Partial<Profile>): Promise<void> => {
    const seen = await load(who);
    await changePerson(api, who.id, patch);
    const { data: after } = await load(who);
    await follower.handle(api.runtime, { id: who.id, before: seen.data, after });
  };

  const inAll = async (): Promise<Record<Status, string>> => {
    const [PENDING = '', IN_PROGRESS = '', COMPLETED = '', CANCELLED = ''] = await Promise.all(
      STATUSES.map((status) => world.ticketIn(status, crew)),
    );
    return { PENDING, IN_PROGRESS, COMPLETED, CANCELLED };
  };

  it('follow changes over several pages, and stay as they were in final tickets', async () => {
    const ids = await inAll();
    const more = await Promise.all(
      Array.from({ length: 5 }, () => world.ticketIn('IN_PROGRESS', crew)),
    );
    const others = await world.open(await world.resident());
    const [citizen, technician] = [crew.citizen.contact, crew.technician.contact];
    await change(crew.citizen, { name: 'John Roe', profilePhoto: null });
    await change(crew.technician, { phoneNumber: '+62', name: 'Tina Doe' });
    const john = { ...citizen, fullname: 'John Roe', profilePhoto: null };
    const tina = { ...technician, fullname: 'Tina Doe', phoneNumber: '+62' };
    expect(await world.there(ids.PENDING)).to.deep.include({ user: john, technician: null });
    for (const id of [ids.IN_PROGRESS, ...more]) {
      expect(await world.there(id)).to.deep.include({ user: john, technician: tina });
    }
    for (const id of [ids.COMPLETED, ids.CANCELLED]) {
      expect(await world.there(id)).to.deep.include({ user: citizen, technician });
    }
    expect((await world.there(others)).user.fullname).to.equal('John Doe');
  });

  it('are shown to readers, without a new updatedAt', async () => {
    const id = await world.ticketIn('IN_PROGRESS', crew);
    const { updatedAt } = await world.there(id);
    await change(crew.technician, { name: 'Tina Doe' });
    const { body } = await world.call('GET', `/tickets/${id}`, { as: crew.citizen });
    expect(at(body, 'technician', 'fullname')).to.equal('Tina Doe');
    expect(at(body, 'updatedAt')).to.equal(updatedAt.toISOString());
  });

  it('follow a person whose access is withdrawn, and stay when the person is deleted', async () => {
    const id = await world.ticketIn('IN_PROGRESS', crew);
    await change(crew.technician, {
      name: 'Tina Doe',
      access: { urban: { permissions: [], active: false } },
    });
    const { technician } = await world.there(id);
    expect(technician?.fullname).to.equal('Tina Doe');
    const { data: before } = await load(crew.technician);
    await deletePerson(api, crew.technician.id);
    await follower.handle(api.runtime, { id: crew.technician.id, before, after: undefined });
    expect((await world.there(id)).technician).to.deep.equal(technician);
  });

  it('stay in a ticket that becomes final at the same moment', async () => {
    const id = await world.ticketIn('IN_PROGRESS', crew);
    const seen = await load(crew.technician);
    await changePerson(api, crew.technician.id, { name: 'Tina Doe' });
    const { data: after } = await load(crew.technician);
    let isFirst = true;
    const store = hookedStore(api.runtime.store, {
      commit: async (writes, go) => {
        if (isFirst && writes.some(({ path }) => path === `${tickets.name}/${id}`)) {
          isFirst = false;
          await world.setStatus(crew.admin, id, 'COMPLETED');
        }
        return go();
      },
    });
    const event = { id: crew.technician.id, before: seen.data, after };
    await follower.handle({ ...api.runtime, store }, event);
    expect(isFirst).to.equal(false);
    expect(await world.there(id)).to.deep.include({
      status: 'COMPLETED',
      technician: crew.technician.contact,
    });
  });

  it('cost no write when no embedded field changed', async () => {
    const { data } = await load(crew.citizen);
    const touched = async (): Promise<never> => {
      throw new Error('the store was asked');
    };
    const store = hookedStore(api.runtime.store, { load: touched, commit: touched });
    await follower.handle(
      { ...api.runtime, store },
      { id: crew.citizen.id, before: data, after: { ...data, lastLoginAt: new Date() } },
    );
  });
});
