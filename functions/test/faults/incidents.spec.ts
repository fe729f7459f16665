import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Incident } from '../../src/desks/cgs/domain/incidents/schemas.ts';
import { openIncident } from '../../src/desks/cgs/domain/incidents/incident.ts';
import type { Ticket } from '../../src/desks/cgs/domain/schemas.ts';
import { followersOf } from '../../src/desks/cgs/copies/followers.ts';
import { incidents } from '../../src/desks/cgs/incidents/collection.ts';
import { countTickets, recount } from '../../src/desks/cgs/incidents/count-tickets.ts';
import { beginWork, sweepIncidents } from '../../src/desks/cgs/incidents/work.ts';
import { clients, splitters } from '../../src/desks/cgs/master/collections.ts';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { client, foc, minute, noc, policy, ticketIn } from '../desks/cgs/fixtures.ts';
import { incidentWorld, OPENING } from '../desks/cgs/incident-world.ts';
import { masterWorld, type Network } from '../desks/cgs/master-world.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at } from '../support/client.ts';
import { giveCommand, putTickets, readTickets } from '../support/clock-bench.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { type Hooks, hookedStore, StoreError } from '../support/hooked-store.ts';
import { createClock, ownProject, ownRuntime } from '../support/own-store.ts';
import { asking, type Side, type Sides, startSides } from '../support/two-sides.ts';
import { leavesUnsoundProject } from '../support/written-data.ts';

const FAR = minute(1e7);
const PART = { kind: 'Splitter', id: 'sp-1', name: 'PALLADIUM' } as const;
const held = ticketIn(foc);

/** A store with clients of one splitter, and an incident whose work begins in `more`. */
const stage = async (count: number, more: Partial<Incident>) => {
  // Its clients and tickets are written directly, without what else belongs to them.
  const clock = createClock(minute(100));
  const { runtime, lines } = ownRuntime({ now: clock.now }, leavesUnsoundProject(ownProject()));
  const id = randomUUID();
  const asked = { title: 'Cut', region: 'West', networkSegment: 'Access', part: PART } as const;
  const opening = openIncident({ ...asked, expectedEndAt: null, remark: null }, noc, {
    now: minute(90),
    newId: id,
  });
  if (!opening.ok) throw new Error(opening.refusal);
  const ids = Array.from({ length: count }, () => randomUUID());
  await runtime.store.commit([
    incidents.create(id, { ...opening.incident('INC-202611-0001'), ...more }),
    ...ids.map((each) => clients.create(each, { ...client, id: each })),
  ]);
  const hooked = (hooks: Hooks): Runtime => ({
    ...runtime,
    store: hookedStore(runtime.store, hooks),
  });
  const read = async (): Promise<Incident> => {
    const seen = await runtime.store.get(incidents.doc(id));
    if (seen === undefined) throw new Error('it is gone');
    return seen.data;
  };
  /** The tickets of the incident. */
  const its = async (): Promise<Ticket[]> => {
    const anyOf = [tickets.queries.ofIncident.where({ 'incident.id': id })];
    return (await runtime.store.find({ anyOf, limit: 500 })).map(({ data }) => data);
  };
  return { id, ids, clock, runtime, lines, hooked, read, its };
};

const OPENS: Partial<Incident> = {
  hasWork: true,
  opening: {
    part: PART,
    at: minute(95),
    by: noc,
    request: { ...OPENING, networkSegment: 'Access', indication: null, action: null, remark: null },
    after: null,
    clients: 0,
    opened: 0,
    skipped: 0,
    unreadable: { count: 0, clients: [] },
    endedAt: null,
  },
};
const CLOSES: Partial<Incident> = {
  status: 'Closing',
  hasWork: true,
  closing: { at: minute(95), by: noc, remark: 'Spliced.', tickets: 'close' },
};

/** Some commits are never sent; others are applied, but their answer is lost. */
const dying = (): Hooks => {
  let commits = 0;
  return {
    commit: async (_, go) => {
      commits += 1;
      if (commits % 3 !== 0) await go();
      if (commits % 3 !== 1) throw new StoreError(14, 'the connection is gone');
    },
  };
};

const linked = (id: string, ticket: Ticket): Ticket => ({
  ...ticket,
  incident: { id, title: 'Cut' },
});

describe('opening the tickets of an incident', function () {
  this.timeout(60_000);

  const expectOpened = async ({ ids, its, read }: Awaited<ReturnType<typeof stage>>) => {
    const opened = await its();
    expect(opened.map((ticket) => ticket.client.id)).to.have.members(ids);
    const numbers = opened.map(({ ticketId }) => Number(ticketId.split('-')[2]));
    expect(numbers.toSorted((one, other) => one - other)).to.deep.equal(ids.map((_, n) => n + 1));
    const { opening, hasWork } = await read();
    expect(opening).to.include({ opened: ids.length, skipped: 0 });
    expect(opening?.endedAt).not.to.equal(null);
    expect(hasWork).to.equal(false);
  };

  it('gives each client one, in pages, as if NOC had opened it', async () => {
    const scene = await stage(70, OPENS);
    await sweepIncidents(scene.runtime, FAR);
    await expectOpened(scene);
    const [ticket] = await scene.its();
    expect(ticket).to.deep.include({ latestStatus: 'Open', noc, ...OPENING });
    expect(ticket?.sla).to.equal(policy.Dedicated.Trouble);
    expect(ticket?.incident).to.deep.equal({ id: scene.id, title: 'Cut' });
  });

  it('gives each one when its process dies halfway or answers are lost', async () => {
    const scene = await stage(100, OPENS);
    await sweepIncidents(scene.hooked(dying()), FAR);
    await sweepIncidents(scene.runtime, FAR);
    await expectOpened(scene);
  });

  it('gives each one when the trigger and the clock do it at the same time', async () => {
    const scene = await stage(100, OPENS);
    const event = { id: scene.id, before: { hasWork: false }, after: { hasWork: true } };
    await Promise.all([
      beginWork.handle(scene.runtime, event),
      beginWork.handle(scene.runtime, event),
      sweepIncidents(scene.runtime, FAR),
    ]);
    await expectOpened(scene);
  });

  it('passes over clients who have an open ticket of it, but not those whose ticket is closed', async () => {
    const scene = await stage(3, OPENS);
    const [open = '', closed = ''] = scene.ids;
    const of = (ticket: Ticket, clientId: string) =>
      linked(scene.id, { ...ticket, client: { ...ticket.client, id: clientId } });
    await putTickets(scene.runtime, of(held.Accepted, open), of(held.Closed, closed));
    await sweepIncidents(scene.runtime, FAR);
    const opened = (await scene.its()).filter(({ latestStatus }) => latestStatus === 'Open');
    expect(opened.map((ticket) => ticket.client.id)).to.have.members(scene.ids.slice(1));
    expect((await scene.read()).opening).to.include({ opened: 2, skipped: 1 });
  });

  it('passes over a client that it can not read, says which fields are wrong, and names it', async () => {
    const scene = await stage(33, OPENS);
    const [broken = '', ...others] = scene.ids.toSorted();
    const path = clients.doc(broken).path;
    await scene.runtime.store.commit([{ op: 'patch', path, data: { address: { secret: 'Jl.' } } }]);
    await sweepIncidents(scene.runtime, FAR);
    const opened = (await scene.its()).map((ticket) => ticket.client.id);
    expect(opened).to.have.members(others);
    const { opening, hasWork } = await scene.read();
    expect(opening).to.deep.include({
      opened: 32,
      skipped: 0,
      unreadable: { count: 1, clients: [broken] },
    });
    expect(hasWork).to.equal(false);
    const said = JSON.stringify(scene.lines.filter(({ severity }) => severity === 'ERROR'));
    expect(said).to.include(path).and.to.include('address').and.not.to.include('secret');
  });

  it('gives no second one to a client whose ticket it can not read', async () => {
    const scene = await stage(1, OPENS);
    const [id = ''] = scene.ids;
    const ticket = linked(scene.id, held.Open);
    const of = { ...ticket, client: { ...ticket.client, id } };
    const [broken = ''] = await putTickets(scene.runtime, of);
    const path = tickets.doc(broken).path;
    await scene.runtime.store.commit([{ op: 'patch', path, data: { ticketLogs: 'lost' } }]);
    await sweepIncidents(scene.runtime, FAR);
    expect((await scene.read()).opening).to.include({ opened: 0, skipped: 1 });
  });

  it('serves only active clients of its region', async () => {
    const scene = await stage(1, OPENS);
    const { store } = scene.runtime;
    const other = (more: object) => {
      const id = randomUUID();
      return clients.create(id, { ...client, id, ...more });
    };
    await store.commit([other({ status: 'Dismantle' }), other({ region: 'East' })]);
    await sweepIncidents(scene.runtime, FAR);
    await expectOpened(scene);
  });

  it('stops when its time is up, and the clock goes on', async () => {
    const scene = await stage(40, OPENS);
    const slow = scene.hooked({
      commit: async (_, go) => {
        await go();
        scene.clock.forward(1);
      },
    });
    await beginWork.handle(slow, { id: scene.id, before: undefined, after: { hasWork: true } });
    expect(await scene.its()).to.have.length(30);
    expect((await scene.read()).hasWork).to.equal(true);
    await sweepIncidents(scene.runtime, FAR);
    await expectOpened(scene);
  });

  it('stops when the incident is closed meanwhile', async () => {
    const scene = await stage(100, OPENS);
    const { id, runtime, hooked, read } = scene;
    let commits = 0;
    const racing = hooked({
      commit: async (_, go) => {
        await go();
        commits += 1;
        if (commits > 1) return;
        const seen = await runtime.store.get(incidents.doc(id));
        const opening = seen?.data.opening ?? null;
        const ended = { ...CLOSES, opening: opening && { ...opening, endedAt: minute(96) } };
        if (seen) await runtime.store.commit([incidents.update(seen, ended)]);
      },
    });
    await sweepIncidents(racing, FAR);
    expect(await read()).to.deep.include({ status: 'Closed', hasWork: false });
    const opened = await scene.its();
    expect(opened).to.have.length(30);
    expect(opened.filter(({ isActive }) => isActive)).to.deep.equal([]);
  });
});

describe('closing the tickets of an incident', function () {
  this.timeout(60_000);

  const KINDS = [held.Open, held.Accepted, held.CheckedIn, held.OnGoing, held.Pending];
  const withTickets = async (count: number) => {
    const scene = await stage(0, CLOSES);
    const kinds = Array.from({ length: count }, (_, n) => KINDS[n % KINDS.length] ?? held.Open);
    const ids = await putTickets(scene.runtime, ...kinds.map((each) => linked(scene.id, each)));
    return { ...scene, ids };
  };

  const expectClosed = async (scene: Awaited<ReturnType<typeof withTickets>>) => {
    for (const ticket of await readTickets(scene.runtime, scene.ids)) {
      expect(ticket).to.deep.include({ latestStatus: 'Closed', resolution: 'Finished' });
      // Dated when the incident was closed.
      expect(ticket.closedAt).to.deep.equal(minute(95));
      expect(ticket.ticketLogs.filter(({ statusName }) => statusName === 'Closed')).to.have.length(
        1,
      );
    }
    const { status, isActive, hasWork, closedAt } = await scene.read();
    expect({ status, isActive, hasWork }).to.deep.equal({
      status: 'Closed',
      isActive: false,
      hasWork: false,
    });
    expect(closedAt).to.deep.equal(minute(95));
  };

  it('closes each one in whatever status it is, and then the incident', async () => {
    const scene = await withTickets(30);
    await sweepIncidents(scene.runtime, FAR);
    await expectClosed(scene);
  });

  it('closes each one once when its process dies halfway or answers are lost', async () => {
    const scene = await withTickets(120);
    await sweepIncidents(scene.hooked(dying()), FAR);
    await sweepIncidents(scene.runtime, FAR);
    await expectClosed(scene);
  });

  it('closes each one once when the trigger and the clock do it at the same time', async () => {
    const scene = await withTickets(60);
    const event = { id: scene.id, before: undefined, after: { hasWork: true } };
    await Promise.all([beginWork.handle(scene.runtime, event), sweepIncidents(scene.runtime, FAR)]);
    await expectClosed(scene);
  });

  it('closes a ticket on which its crew acts at that moment', async () => {
    const scene = await withTickets(1);
    const [id = ''] = scene.ids;
    let hasActed = false;
    const racing = scene.hooked({
      commit: async (_, go) => {
        if (!hasActed) {
          hasActed = true;
          await giveCommand(scene.runtime, id, { name: 'accept' }, foc);
        }
        return go();
      },
    });
    await sweepIncidents(racing, FAR);
    const [ticket] = await readTickets(scene.runtime, [id]);
    expect(ticket).to.deep.include({ latestStatus: 'Closed', closedAt: minute(100) });
    expect((await scene.read()).status).to.equal('Closed');
  });

  it('leaves a ticket that is taken out of it at that moment', async () => {
    const scene = await withTickets(1);
    const [id = ''] = scene.ids;
    let commits = 0;
    const racing = scene.hooked({
      commit: async (_, go) => {
        commits += 1;
        if (commits === 1) {
          await scene.runtime.store.commit([tickets.patch(id, { incident: null })]);
        }
        return go();
      },
    });
    await sweepIncidents(racing, FAR);
    const [ticket] = await readTickets(scene.runtime, [id]);
    expect(ticket).to.include({ isActive: true, latestStatus: 'Open' });
    expect((await scene.read()).status).to.equal('Closed');
  });

  it('leaves a ticket that was taken out of it, and says so of one that it can not read', async () => {
    const scene = await withTickets(3);
    const { runtime, ids, lines } = scene;
    const [free = '', broken = ''] = ids;
    await runtime.store.commit([
      tickets.patch(free, { incident: null }),
      { op: 'patch', path: tickets.doc(broken).path, data: { ticketLogs: 'lost' } },
    ]);
    await sweepIncidents(runtime, FAR);
    expect((await readTickets(runtime, [free]))[0]?.isActive).to.equal(true);
    expect(lines.map(({ fields }) => JSON.stringify(fields)).join()).to.include(broken);
    expect((await scene.read()).status).to.equal('Closing');
  });
});

describe('linking a ticket in the same moment', function () {
  this.timeout(60_000);
  let api: TestApi;
  let world: CgsWorld;
  let sides: Sides;
  let by: Member;
  let network: Network;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    sides = await startSides();
    by = await world.member('NOC');
    network = await masterWorld(api, world).network(await world.member('SuperAdmin'));
  });
  after(async () => void (await Promise.all([api.stop(), sides.stop()])));

  /** An incident of one client who has an open ticket, and what may happen to the two. */
  const race = async () => {
    const its = incidentWorld(world);
    const master = masterWorld(api, world);
    const splitter = { name: `SP ${randomUUID()}`, coordinate: '-6.9,107.6' };
    const admin = await world.member('SuperAdmin');
    const part = await master.add(admin, 'splitters', splitter);
    const body = master.clientBody(network, { splitter: part });
    const clientId = await master.add(admin, 'clients', body);
    const ticket = await world.open(by, { client: clientId });
    const id = await its.open(by, { part: { kind: 'Splitter', id: part } });
    const path = `/v1/incidents/${id}`;
    const work = (runtime: Runtime) =>
      beginWork.handle(runtime, { id, before: undefined, after: { hasWork: true } });
    return {
      beginOpening: () => its.openTickets(by, id),
      work: () => work(api.runtime),
      link: asking(by, 'POST', `${path}/tickets`, { ticketIds: [ticket] }),
      several: asking(by, 'POST', '/v1/tickets/bulk', {
        action: 'link',
        tickets: [ticket],
        body: { incident: id },
      }),
      open: async ({ runtime }: Side) => {
        await work(runtime);
        return 'done';
      },
      close: asking(by, 'POST', `${path}/close`, { remark: 'Spliced.', tickets: 'close' }),
      read: () => world.read(by, ticket),
      /** The tickets of the incident: the client's own, or another. */
      its: async () => {
        const anyOf = [tickets.queries.ofIncident.where({ 'incident.id': id })];
        const found = await api.runtime.store.find({ anyOf, limit: 10 });
        return found.map((each) => (each.id === ticket ? 'own' : 'another'));
      },
    };
  };

  it('as the client is given one leaves the client with one ticket, whichever comes first', async () => {
    const one = await race();
    await one.beginOpening();
    expect(await sides.ordered([one.link, one.open])).to.deep.equal(['201', 'done']);
    expect(await one.its()).to.deep.equal(['own']);
    const other = await race();
    await other.beginOpening();
    const told = await sides.ordered([other.open, other.link]);
    expect(told).to.deep.equal(['done', '409 incident/tickets-refused']);
    expect(await other.its()).to.deep.equal(['another']);
    const several = await race();
    await several.beginOpening();
    expect(await sides.ordered([several.several, several.open])).to.deep.equal(['200', 'done']);
    expect(await several.its()).to.deep.equal(['own']);
  });

  it('as the incident is closed links it before that, and then it is closed, or not at all', async () => {
    const one = await race();
    expect(await sides.ordered([one.link, one.close])).to.deep.equal(['201', '202']);
    await one.work();
    expect(at(await one.read(), 'latestStatus')).to.equal('Closed');
    const other = await race();
    const told = await sides.ordered([other.close, other.link]);
    expect(told).to.deep.equal(['202', '409 incident/closed']);
    await other.work();
    expect(await other.read()).to.deep.include({ latestStatus: 'Open', incident: null });
  });
});

describe('the counts of an incident', () => {
  it('are right when a ticket is closed between a count and its commit', async () => {
    const { id, runtime, hooked, read } = await stage(0, {});
    const [, ...ids] = await putTickets(
      runtime,
      ...[held.Closed, held.Open, held.Open].map((each) => linked(id, each)),
    );
    let isFirst = true;
    const racing = hooked({
      commit: async (_, go) => {
        if (isFirst) {
          isFirst = false;
          await runtime.store.commit(ids.map((each) => tickets.patch(each, { isActive: false })));
        }
        return go();
      },
    });
    await recount(racing, id);
    expect((await read()).tickets).to.deep.equal({ total: 3, open: 0, closed: 3 });
  });

  it('are written a few times, not once for each of many tickets', async () => {
    const { id, runtime, hooked, read } = await stage(0, {});
    const ids = await putTickets(
      runtime,
      ...Array.from({ length: 30 }, () => linked(id, held.Open)),
    );
    let commits = 0;
    const counting = hooked({
      commit: async (_, go) => {
        await go();
        commits += 1;
      },
    });
    const event = { before: undefined, after: linked(id, held.Open) };
    await Promise.all(ids.map((each) => countTickets.handle(counting, { id: each, ...event })));
    expect((await read()).tickets).to.deep.equal({ total: 30, open: 30, closed: 0 });
    expect(commits).to.equal(1);
  });
});

describe('copies of an incident, and in it', () => {
  it('follow its title in open tickets, and the name of its part in it', async () => {
    const { id, runtime, read } = await stage(0, {});
    const ids = await putTickets(runtime, linked(id, held.Open), linked(id, held.Closed));
    const followers = followersOf();
    const { store } = runtime;
    const before = await read();
    await store.commit([incidents.patch(id, { title: 'Two cuts' })]);
    await followers.incidents.handle(runtime, { id, before, after: await read() });
    const [open, closed] = await readTickets(runtime, ids);
    expect(open?.incident).to.deep.equal({ id, title: 'Two cuts' });
    expect(closed?.incident).to.deep.equal({ id, title: 'Cut' });
    const dates = { createdAt: minute(0), updatedAt: minute(0) };
    const splitter = { id: PART.id, coordinate: '-6.9,107.6', name: PART.name, ...dates };
    const renamed = { ...splitter, name: 'PALLADIUM 2' };
    await store.commit([splitters.create(PART.id, renamed)]);
    const event = { id: PART.id, before: splitter, after: renamed };
    await followers.splitters.handle(runtime, event);
    expect((await read()).part).to.deep.equal({ ...PART, name: 'PALLADIUM 2' });
  });
});
