import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { desks } from '../../src/api.ts';
import { followersOf } from '../../src/desks/cgs/copies/followers.ts';
import { userGrants } from '../../src/desks/cgs/users/people.ts';
import { areas, clients } from '../../src/desks/cgs/master/collections.ts';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import type { AreaRef, Client, Ticket } from '../../src/desks/cgs/domain/schemas.ts';
import { people } from '../../src/kernel/auth/person.ts';
import type { Grant } from '../../src/kernel/auth/grant.ts';
import { copyRuns, sweepCopies } from '../../src/kernel/store/copy-runs.ts';
import type { Collection } from '../../src/kernel/store/collection.ts';
import type { Fields, Write } from '../../src/kernel/store/document.ts';
import type { Written } from '../../src/kernel/store/trigger.ts';
import { changePerson, deletePerson } from '../desks/person.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at } from '../support/client.ts';
import { writesDirectly } from '../support/written-data.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { type Hooks, hookedStore } from '../support/hooked-store.ts';

const CANCEL = { remark: 'Twice.', cancelCategory: 'Duplicate' };

describe('copies of people, clients and master data', function () {
  this.timeout(60_000);
  // Small, so that a few tickets are several pages.
  const followers = followersOf(2);
  let api: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
  });
  beforeEach(async () => {
    noc = await world.member('NOC');
    foc = await world.member('FOC');
  });
  after(() => api.stop());

  const read = async <T>(from: Collection<T>, id: string): Promise<T> => {
    const key = from.doc(id);
    const seen = await api.runtime.store.get(key);
    if (seen === undefined) throw new Error(`${key.path} is not there`);
    return seen.data;
  };

  /** Changes a document and delivers its event. */
  const write = async <T>(into: Collection<T>, id: string, patch: Partial<T>): Promise<Written> => {
    const key = into.doc(id);
    const seen = await api.runtime.store.get(key);
    if (seen === undefined) throw new Error(`${key.path} is not there`);
    await api.runtime.store.commit([into.update(seen, patch)]);
    return { id, before: seen.data, after: await read(into, id) };
  };

  /** Changes a person and delivers the event of what is shown of them. */
  const writePerson = async (uid: string, patch: Partial<Grant>): Promise<Written> => {
    const before = await read(people, uid);
    await changePerson(api, uid, patch);
    return { id: uid, before, after: await read(people, uid) };
  };

  const deliver = (from: keyof typeof followers, written: Written, hooks: Hooks = {}) =>
    followers[from].handle(
      { ...api.runtime, store: hookedStore(api.runtime.store, hooks) },
      written,
    );

  const openFor = (client: Client, count: number, more: object = {}) =>
    Promise.all(
      Array.from({ length: count }, () => world.open(noc, { client: client.id, ...more })),
    );

  const accept = async (ids: readonly string[]) => {
    for (const id of ids) await world.command(foc, id, 'ticketStatus/accept');
  };

  const all = (ids: readonly string[]) => Promise.all(ids.map((id) => read(tickets, id)));

  const cancel = (id: string) => world.command(noc, id, 'ticketStatus/cancel', CANCEL);

  const isTicket = (writes: readonly Write[], id?: string) =>
    writes.some(({ path }) => path.startsWith(id === undefined ? 'tickets/' : `tickets/${id}`));

  describe('in tickets', () => {
    it('reach every active ticket of a FOC and of a NOC over several pages, and no closed one', async () => {
      const client = await world.client();
      const ids = await openFor(client, 7);
      await accept(ids.slice(0, 5));
      const [closed = ''] = ids;
      await cancel(closed);
      const before = await read(tickets, closed);
      await deliver('people', await writePerson(foc.id, { name: 'Asep Baru' }));
      await deliver('people', await writePerson(noc.id, { phoneNumber: '0899' }));
      for (const ticket of await all(ids.slice(1))) {
        expect(ticket.noc.phoneNumber).to.equal('0899');
        if (ticket.foc !== null) expect(ticket.foc.name).to.equal('Asep Baru');
      }
      expect(await read(tickets, closed)).to.deep.equal(before);
    });

    it('reach a person’s role and areas, and nothing that tickets do not copy', async () => {
      const [id = ''] = await openFor(await world.client(), 1);
      await accept([id]);
      const area = await world.area();
      const { access } = await read(userGrants, foc.id);
      const cgs = { ...access.cgs, role: 'FOCSupervisor' as const, areas: [area], area: area.name };
      await deliver('people', await writePerson(foc.id, { access: { ...access, cgs } }));
      const { foc: copy } = await read(tickets, id);
      expect(copy).to.deep.include({ id: foc.id, role: 'FOCSupervisor', areas: [area] });
      expect(copy).to.have.all.keys([
        'id',
        'nik',
        'phoneNumber',
        'email',
        'name',
        'role',
        'region',
        'profilePhoto',
        'areas',
      ]);
    });

    it('cost nothing when nothing changed that is copied', async () => {
      const event = await writePerson(foc.id, { lastLoginAt: new Date() });
      const touched = async (): Promise<never> => {
        throw new Error('the store was asked');
      };
      await deliver('people', event, { load: touched, commit: touched });
    });

    it('stay when the person is deleted', async () => {
      const [id = ''] = await openFor(await world.client(), 1);
      await accept([id]);
      const before = await read(tickets, id);
      const person = await read(people, foc.id);
      await deletePerson(api, foc.id);
      await deliver('people', { id: foc.id, before: person, after: undefined });
      await deliver('people', { id: foc.id, before: person, after: { ...person, name: 'Late' } });
      expect(await read(tickets, id)).to.deep.equal(before);
    });

    it('reach client, area and keywords, except for fields that a request set for one ticket', async () => {
      const client = await world.client();
      const [plain = ''] = await openFor(client, 1);
      const [given = ''] = await openFor(client, 1, {
        endUser: 'Pak Ujang',
        msName: 'CIPAGANTI',
      });
      const city = await world.area();
      const changed = { name: 'Kedai Baru', address: 'Jl. Braga 1', city, cid: 'NEW-1' };
      await deliver('clients', await write(clients, client.id, changed));
      const [first, second] = await all([plain, given]);
      expect(first?.client).to.deep.include(changed);
      expect(first?.area).to.equal(city.id);
      expect(first?.keywords).to.include('kedai').and.to.include('new1');
      expect(second?.client).to.deep.include({ ...changed, name: 'Pak Ujang' });
      expect(second?.client.ms).to.deep.equal({
        name: 'CIPAGANTI',
        coordinate: client.ms?.coordinate,
      });
      expect(second?.keywords).to.include('ujang').and.not.to.include('kedai');
    });
  });

  describe('when a run is interrupted', () => {
    it('are complete after the next run, wherever one was interrupted', async () => {
      const client = await world.client();
      const ids = await openFor(client, 5);
      for (const cut of [0, 1, 2, 3, 4]) {
        const name = `Cut after ${cut}`;
        const event = await write(clients, client.id, { name });
        let commits = 0;
        const hooks: Hooks = {
          commit: async (writes, go) => {
            if (isTicket(writes)) commits += 1;
            if (commits > cut) throw new Error('cut');
            return go();
          },
        };
        const outcome = await deliver('clients', event, hooks).catch((error: unknown) => error);
        expect(outcome).to.be.an('error');
        const reached = (await all(ids)).filter((each) => each.client.name === name);
        expect(reached).to.have.length(cut);
        await deliver('clients', event);
        for (const ticket of await all(ids)) expect(ticket.client.name).to.equal(name);
      }
    });

    it('are written again only for those that were not reached', async () => {
      const client = await world.client();
      const ids = await openFor(client, 5);
      const event = await write(clients, client.id, { name: 'Once' });
      await deliver('clients', event);
      const before = await all(ids);
      await deliver('clients', event);
      expect(await all(ids)).to.deep.equal(before);
    });
  });

  describe('when events come together or in the wrong order', () => {
    it('are written once by two runs at once', async () => {
      const ids = await openFor(await world.client(), 5);
      await accept(ids);
      const before = await all(ids);
      const event = await writePerson(foc.id, { name: 'Two at once' });
      await Promise.all([deliver('people', event), deliver('people', event)]);
      for (const [index, ticket] of (await all(ids)).entries()) {
        expect(ticket.foc?.name).to.equal('Two at once');
        const changes = ticket.changeIds.length - (before[index]?.changeIds.length ?? 0);
        expect(changes).to.equal(1);
      }
    });

    it('end at the newer of two changes that are copied at once, and no event fails', async () => {
      const client = await world.client();
      const ids = await openFor(client, 5);
      const events = [
        await write(clients, client.id, { name: 'Second' }),
        await write(clients, client.id, { name: 'Third' }),
      ];
      await Promise.all([...events, ...events].map((event) => deliver('clients', event)));
      for (const ticket of await all(ids)) expect(ticket.client.name).to.equal('Third');
    });

    for (const [title, order] of [
      ['the newer first', [1, 0]],
      ['the older first', [0, 1]],
      ['each of them twice', [1, 0, 1, 0]],
    ] as const) {
      it(`end at the newest client: ${title}`, async () => {
        const client = await world.client();
        const [plain = ''] = await openFor(client, 1);
        const [given = ''] = await openFor(client, 1, { address: 'Gang 3' });
        const events = [
          await write(clients, client.id, { name: 'Second', address: 'Jl. 2' }),
          await write(clients, client.id, { name: 'Third', address: 'Jl. 3' }),
        ];
        for (const index of order) {
          const event = events[index];
          if (event !== undefined) await deliver('clients', event);
        }
        const [first, second] = await all([plain, given]);
        expect(first?.client).to.include({ name: 'Third', address: 'Jl. 3' });
        expect(second?.client).to.include({ name: 'Third', address: 'Gang 3' });
      });
    }

    it('end at the client’s restored state while an older state is being written', async () => {
      const client = await world.client();
      const [id = ''] = await openFor(client, 1);
      const there = await write(clients, client.id, { name: 'There' });
      let isFirst = true;
      await deliver('clients', there, {
        commit: async (writes, go) => {
          if (isFirst && isTicket(writes)) {
            isFirst = false;
            // This run reads before the other one writes, so it finds nothing to do.
            await deliver('clients', await write(clients, client.id, { name: client.name }));
          }
          return go();
        },
      });
      expect((await read(tickets, id)).client.name).to.equal(client.name);
    });
  });

  describe('once more when no request is under way any more', () => {
    const sweep = sweepCopies(Object.values(followers));
    /** Sweeps so long after now. */
    const sweepIn = async (seconds: number) => {
      const now = () => new Date(Date.now() + seconds * 1000);
      const until = new Date(now().getTime() + 60_000);
      expect(await sweep({ ...api.runtime, now }, until)).to.include({ failed: 0, finished: true });
    };

    /** Opens a ticket whose request has read the client before `meanwhile` and commits after it. */
    const openAcross = async (client: Client, meanwhile: () => Promise<unknown>) => {
      let isFirst = true;
      const store = hookedStore(api.runtime.store, {
        commit: async (writes, go) => {
          if (isFirst && isTicket(writes)) {
            isFirst = false;
            await meanwhile();
          }
          return go();
        },
      });
      const late = await startApi({ store });
      const id = await cgsWorld(late).open(noc, { client: client.id });
      await late.stop();
      return id;
    };

    it('reach a ticket whose request had read what a client was before', async () => {
      const client = await world.client();
      const id = await openAcross(client, async () => {
        await deliver('clients', await write(clients, client.id, { name: 'Kedai Baru' }));
      });
      expect((await read(tickets, id)).client.name).to.equal(client.name);
      await sweepIn(85);
      expect((await read(tickets, id)).client.name).to.equal(client.name);
      await sweepIn(95);
      const ticket = await read(tickets, id);
      expect(ticket.client.name).to.equal('Kedai Baru');
      expect(ticket.keywords).to.include('kedai');
    });

    it('are planned once for a source that changes often, from what it was each time', async () => {
      const client = await world.client();
      const plans = () =>
        api.runtime.store.find({
          anyOf: [copyRuns.queries.due.where({ trigger: 'cgsClients' })],
          limit: 500,
        });
      const own = async () => (await plans()).filter(({ data }) => data.source === client.id);
      for (const name of ['Second', 'Third']) {
        const event = await write(clients, client.id, { name });
        await deliver('clients', event);
        await deliver('clients', event);
      }
      const [plan, ...others] = await own();
      expect(others).to.deep.equal([]);
      const names = plan?.data.past.map((version) => at(version, 'name'));
      expect(names).to.deep.equal([client.name, 'Second', 'Third']);
      await sweepIn(95);
      expect(await own()).to.deep.equal([]);
    });
  });

  describe('of a ticket that changes at the same time', () => {
    const during = async (meanwhile: (id: string) => Promise<unknown>): Promise<Ticket> => {
      const client = await world.client();
      const [id = ''] = await openFor(client, 1);
      let isFirst = true;
      await deliver('clients', await write(clients, client.id, { name: 'Meanwhile' }), {
        commit: async (writes, go) => {
          if (isFirst && isTicket(writes, id)) {
            isFirst = false;
            await meanwhile(id);
          }
          return go();
        },
      });
      return read(tickets, id);
    };

    it('reach it as it is then: accepted by its FOC', async () => {
      const ticket = await during((id) => accept([id]));
      expect(ticket.latestStatus).to.equal('Accepted');
      expect(ticket.foc?.id).to.equal(foc.id);
      expect(ticket.ticketLogs.map(({ statusName }) => statusName)).to.deep.equal([
        'Open',
        'Accepted',
      ]);
      expect(ticket.client.name).to.equal('Meanwhile');
    });

    it('no longer reach it after it was closed', async () => {
      const ticket = await during(cancel);
      expect(ticket.latestStatus).to.equal('Closed');
      expect(ticket.client.name).not.to.equal('Meanwhile');
    });

    it('reach all others when one can not be read, which the log names', async () => {
      const client = await world.client();
      const ids = await openFor(client, 3);
      const broken = `00000000-${randomUUID().slice(9)}`;
      const path = `tickets/${broken}`;
      const data: Fields = { client: { id: client.id }, isActive: true };
      await api.runtime.store.commit([{ op: 'create', path, data }]);
      try {
        await deliver('clients', await write(clients, client.id, { name: 'All the others' }));
      } finally {
        await api.runtime.store.commit([{ op: 'delete', path }]);
      }
      for (const { client: copy } of await all(ids)) expect(copy.name).to.equal('All the others');
      expect(JSON.stringify(api.lines)).to.include(path);
    });
  });

  describe('of an area', () => {
    const rename = (area: AreaRef) => write(areas, area.id, { name: `${area.name} RAYA` });

    const placed = async (area: AreaRef) => {
      const { access } = await read(userGrants, foc.id);
      const cgs = { ...access.cgs, areas: [area], area: area.name };
      await writePerson(foc.id, { access: { ...access, cgs } });
      const client = await world.client();
      await write(clients, client.id, { city: area });
      return client;
    };

    it('reach people and what is shown of them, clients, and then tickets', async () => {
      const area = await world.area();
      const client = await placed(area);
      const ids = await openFor(client, 3);
      const [given = ''] = await openFor(await world.client(), 1, { area: area.id });
      await accept(ids);
      const before = await read(people, foc.id);
      await deliver('areas', await rename(area));
      const now = { ...area, name: `${area.name} RAYA` };
      const person = await read(userGrants, foc.id);
      expect(person.access.cgs).to.deep.include({ area: now.name, areas: [now] });
      expect((await read(clients, client.id)).city).to.deep.equal(now);
      expect((await read(people, foc.id)).access).to.deep.equal(person.access);
      await deliver('people', { id: foc.id, before, after: await read(people, foc.id) });
      for (const ticket of await all([...ids, given])) {
        expect(ticket.client.city).to.deep.equal(now);
        expect(ticket.area).to.equal(area.id);
      }
      for (const ticket of await all(ids)) expect(ticket.foc?.areas).to.deep.equal([now]);
    });

    it('leave nobody signed out', async () => {
      const area = await world.area();
      await placed(area);
      await deliver('areas', await rename(area));
      const answer = await world.call('GET', '/v1/users/me', { as: foc });
      expect(answer.status).to.equal(200);
    });

    it('reach a person who signs in at the same time', async () => {
      const area = await world.area();
      await placed(area);
      let isFirst = true;
      await deliver('areas', await rename(area), {
        commit: async (writes, go) => {
          if (isFirst && writes.some(({ path }) => path === `grants/${foc.id}`)) {
            isFirst = false;
            await writePerson(foc.id, { lastLoginAt: new Date() });
          }
          return go();
        },
      });
      const person = await read(userGrants, foc.id);
      expect(person.lastLoginAt).not.to.equal(null);
      expect(person.access.cgs.area).to.equal(`${area.name} RAYA`);
    });
  });

  it('of ISPs, POPs and splitters reach the clients that embed them', async () => {
    const client = await world.client();
    const isp = { ...client.isp, id: client.isp?.id ?? '', brand: 'NEWNET' };
    const ms = { ...client.ms, id: client.ms?.id ?? '', coordinate: '-6.0,107.0' };
    const pop = { id: randomUUID(), name: 'POP NEW', coordinate: '-6.1,107.1' };
    await write(clients, client.id, { pop: { ...pop, name: 'POP OLD' } });
    const dates = { createdAt: new Date(), updatedAt: new Date() };
    for (const path of [`isps/${isp.id}`, `pops/${pop.id}`]) writesDirectly(path);
    for (const name of ['mainSplitters', 'splitters']) writesDirectly(`${name}/${ms.id}`);
    await api.runtime.store.commit([
      { op: 'create', path: `isps/${isp.id}`, data: { ...isp, ...dates } },
      { op: 'create', path: `mainSplitters/${ms.id}`, data: { ...ms, ...dates } },
      { op: 'create', path: `pops/${pop.id}`, data: { ...pop, ...dates } },
      { op: 'create', path: `splitters/${ms.id}`, data: { ...ms, name: 'NEW', ...dates } },
    ]);
    await deliver('pops', { id: pop.id, before: undefined, after: { ...pop, ...dates } });
    await deliver('isps', { id: isp.id, before: undefined, after: { ...isp, ...dates } });
    await deliver('mainSplitters', { id: ms.id, before: undefined, after: { ...ms, ...dates } });
    await deliver('splitters', { id: ms.id, before: undefined, after: { ...ms, ...dates } });
    const now = await read(clients, client.id);
    expect(now.pop).to.deep.equal(pop);
    expect(now.isp).to.deep.equal(isp);
    expect(now.ms).to.deep.equal(ms);
    expect(now.splitter).to.deep.equal({ ...ms, name: 'NEW' });
  });

  it('are deployed as triggers of the desk', () => {
    const documents = desks.flatMap(({ triggers }) => triggers.map(({ document }) => document));
    for (const name of [
      'users',
      'areas',
      'clients',
      'isps',
      'mainSplitters',
      'splitters',
      'pops',
    ]) {
      expect(documents).to.include(`${name}/{id}`);
    }
  });
});
