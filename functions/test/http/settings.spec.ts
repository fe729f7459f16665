import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { sweepEscalation, sweepPromises, sweepTickets } from '../../src/desks/cgs/tickets/clock.ts';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { createClock, ownRuntime, type TestClock } from '../support/own-store.ts';
import { writesDirectly } from '../support/written-data.ts';

/** A Monday, 09:00 in Jakarta. */
const START = new Date('2026-11-02T02:00:00.000Z');
const FAR = new Date('2100-01-01T00:00:00.000Z');
const OFFICE = ['08:00-17:00'];
const WEEK = {
  monday: OFFICE,
  tuesday: OFFICE,
  wednesday: OFFICE,
  thursday: OFFICE,
  friday: OFFICE,
};

describe('the settings of the CGS desk', function () {
  this.timeout(60_000);
  let clock: TestClock;
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let noc: Member;
  let foc: Member;

  // Settings apply to the whole desk, so each test has its own store.
  beforeEach(async () => {
    clock = createClock(START);
    const { store } = ownRuntime().runtime;
    api = await startApi({ store, now: clock.now });
    world = cgsWorld(api);
    admin = await world.member('SuperAdmin');
    noc = await world.member('NOC');
    foc = await world.member('FOC');
  });
  afterEach(() => api.stop());

  const get = (name: string, as = noc) => world.call('GET', `/v1/settings/${name}`, { as });
  const put = (name: string, body: unknown, as = admin) =>
    world.call('PUT', `/v1/settings/${name}`, { as, body });
  const result = ({ status, body }: Received): unknown => {
    expect(status).to.equal(200);
    return at(body, 'data', 'result');
  };
  const promise = (Trouble: number) => ({ Dedicated: { Trouble, Maintenance: 480 } });
  const promiseOf = async (id: string) => {
    const ticket = await world.read(noc, id);
    return { sla: at(ticket, 'sla'), dueAt: at(ticket, 'slaDueAt'), type: at(ticket, 'slaType') };
  };
  const left = async () => at(result(await get('sla')), 'applied', 'left');

  it('are the defaults until somebody edits them', async () => {
    expect(result(await get('sla'))).to.deep.equal({
      Dedicated: { Trouble: 240, Maintenance: 480 },
      Broadband: { Trouble: 1440, Maintenance: 2880 },
      calendars: { West: null, Central: null, East: null },
      version: 0,
      updatedAt: null,
      applied: null,
    });
    expect(result(await get('categories'))).to.deep.equal({
      pending: ['Weather', 'Access', 'Material', 'Customer', 'Other'],
      cancel: ['Duplicate', 'CustomerRequest', 'Resolved', 'Other'],
      version: 0,
      updatedAt: null,
    });
  });

  it('are edited by SuperAdmins, read by NOC, and refused to everybody else', async () => {
    expect((await put('sla', promise(60), noc)).status).to.equal(403);
    expect((await get('sla', foc)).status).to.equal(403);
    for (const name of ['nothing', 'constructor', 'sla%20']) {
      expect((await get(name)).status).to.equal(404);
      expect((await put(name, {})).status).to.equal(404);
    }
  });

  it('keep fields that an edit leaves out, and count their versions', async () => {
    const calendars = { West: { hours: WEEK, holidays: ['2026-11-04'] } };
    await put('sla', { calendars });
    const after = result(await put('sla', promise(60)));
    const West = {
      timeZone: 'Asia/Jakarta',
      hours: { ...WEEK, saturday: [], sunday: [] },
      holidays: ['2026-11-04'],
    };
    const expected = {
      ...promise(60),
      Broadband: { Trouble: 1440, Maintenance: 2880 },
      calendars: { West, Central: null, East: null },
      version: 2,
      updatedAt: START.toISOString(),
      applied: null,
    };
    expect(after).to.deep.equal(expected);
    expect(result(await get('sla'))).to.deep.equal(expected);
    const around = result(await put('sla', { calendars: { West: null } }));
    expect(at(around, 'calendars', 'West')).to.equal(null);
  });

  it('lose no edit when several arrive concurrently', async () => {
    const edits = [
      { Dedicated: { Trouble: 1, Maintenance: 2 } },
      { Broadband: { Trouble: 3, Maintenance: 4 } },
      { calendars: { East: { hours: WEEK } } },
      { apply: true },
    ];
    await Promise.all(edits.map((body) => put('sla', body)));
    const setting = result(await get('sla'));
    expect(at(setting, 'version')).to.equal(4);
    expect(at(setting, 'Dedicated', 'Trouble')).to.equal(1);
    expect(at(setting, 'Broadband', 'Maintenance')).to.equal(4);
    expect(at(setting, 'calendars', 'East', 'timeZone')).to.equal(api.runtime.config.timeZone);
  });

  it('name each wrong field of an edit, and keep what was there', async () => {
    const answer = await put('sla', {
      Dedicated: { Trouble: 0, Maintenance: 480 },
      calendars: { West: { hours: { ...WEEK, monday: ['17:00-08:00'] }, zone: 'x' } },
    });
    expect(answer.status).to.equal(400);
    expect(listAt(answer.body, 'error', 'details').map((each) => at(each, 'path'))).to.deep.equal([
      'Dedicated.Trouble',
      'calendars.West.hours.monday',
      'calendars.West.zone',
    ]);
    expect((await put('categories', { pending: ['Rain', 'Rain'] })).status).to.equal(400);
    expect((await put('categories', { cancel: [] })).status).to.equal(400);
    expect(at(result(await get('sla')), 'version')).to.equal(0);
  });

  it('promise new tickets the hours of their region', async () => {
    await put('sla', { calendars: { West: { hours: WEEK, holidays: ['2026-11-03'] } } });
    clock.set(new Date('2026-11-02T08:00:00.000Z'));
    const id = await world.open(noc);
    // 15:00 in Jakarta: two hours today, a holiday tomorrow, two hours on Wednesday.
    expect(await promiseOf(id)).to.deep.equal({
      sla: 240,
      dueAt: '2026-11-04T03:00:00.000Z',
      type: 'UnderSla',
    });
    const ticket = await world.read(noc, id);
    expect(at(ticket, 'slaCalendar', 'timeZone')).to.equal('Asia/Jakarta');
    const east = await world.open(await world.member('NOC', 'East'));
    const far = await world.read(admin, east);
    expect(at(far, 'slaDueAt')).to.equal('2026-11-02T12:00:00.000Z');
  });

  it('leave running tickets their promise, unless they are applied', async () => {
    const id = await world.open(noc);
    await put('sla', promise(60));
    await sweepPromises(api.runtime, FAR);
    expect((await promiseOf(id)).sla).to.equal(240);
    const applied = result(await put('sla', { apply: true }));
    expect(at(applied, 'applied')).to.deep.equal({ version: 2, at: START.toISOString(), left: 1 });
    expect((await promiseOf(id)).sla).to.equal(240);
    expect(await sweepPromises(api.runtime, FAR)).to.deep.include({ changed: 1, finished: true });
    expect(await promiseOf(id)).to.deep.equal({
      sla: 60,
      dueAt: '2026-11-02T03:00:00.000Z',
      type: 'UnderSla',
    });
    expect(await left()).to.equal(0);
  });

  it('keep paused time when they are applied, and touch neither closed nor unpromised tickets', async () => {
    const crew = { noc, foc };
    const paused = await world.ticket('Accepted', crew);
    const rain = { remark: 'Rain.', pendingCategory: 'Weather', pendingInterval: 60 };
    await world.command(noc, paused, 'ticketStatus/pending', rain);
    clock.forward(30);
    await world.command(noc, paused, 'ticketStatus/resume');
    const closed = await world.ticket('Closed', crew);
    const free = await world.open(noc, {
      client: null,
      address: 'Jl. Braga 9',
      customerType: 'Broadband',
    });
    const before = [await world.read(noc, closed), await world.read(noc, free)];
    await put('sla', { ...promise(60), apply: true });
    expect(await left()).to.equal(1);
    await sweepPromises(api.runtime, FAR);
    expect((await promiseOf(paused)).dueAt).to.equal('2026-11-02T03:30:00.000Z');
    expect([await world.read(noc, closed), await world.read(noc, free)]).to.deep.equal(before);
  });

  it('turn tickets over their SLA when they are applied, and back', async () => {
    const id = await world.open(noc);
    clock.forward(90);
    await put('sla', { ...promise(60), apply: true });
    await sweepPromises(api.runtime, FAR);
    expect((await promiseOf(id)).type).to.equal('OverSla');
    await put('sla', { ...promise(120), apply: true });
    await sweepPromises(api.runtime, FAR);
    expect(await promiseOf(id)).to.deep.equal({
      sla: 120,
      dueAt: '2026-11-02T04:00:00.000Z',
      type: 'UnderSla',
    });
  });

  it('are applied once each when the sweep is interrupted, repeated and run twice concurrently', async () => {
    const ids = await Promise.all(Array.from({ length: 45 }, () => world.open(noc)));
    await put('sla', { ...promise(60), apply: true });
    let commits = 0;
    const dying: Runtime = {
      ...api.runtime,
      store: hookedStore(api.runtime.store, {
        commit: async (_, go) => {
          commits += 1;
          if (commits > 1) throw new StoreError(14, 'gone');
          await go();
        },
      }),
    };
    await sweepPromises(dying, FAR);
    expect(await left()).to.be.within(1, 45);
    await Promise.all([sweepPromises(api.runtime, FAR), sweepPromises(api.runtime, FAR)]);
    expect(await left()).to.equal(0);
    expect(await sweepPromises(api.runtime, FAR)).to.deep.include({ changed: 0, failed: 0 });
    for (const id of ids) expect((await promiseOf(id)).sla).to.equal(60);
  });

  it('reach a ticket that was opened under the old policy while they were applied', async () => {
    const id = await world.open(noc);
    await put('sla', { ...promise(60), apply: true });
    await sweepPromises(api.runtime, FAR);
    const { store } = api.runtime;
    const seen = await store.get(tickets.doc(id));
    if (seen === undefined) throw new Error('it is gone');
    const documentId = randomUUID();
    const late = { ...seen.data, documentId, sla: 240, slaVersion: 0 };
    // The copy has the number of the other one.
    for (const each of [id, documentId]) writesDirectly(tickets.doc(each).path);
    await store.commit([tickets.create(documentId, late)]);
    expect(await left()).to.equal(1);
    await sweepPromises(api.runtime, FAR);
    expect((await promiseOf(documentId)).sla).to.equal(60);
  });

  it('give running tickets what was applied, not what was edited since', async () => {
    const id = await world.open(noc);
    await put('sla', { ...promise(60), apply: true });
    await put('sla', promise(500));
    const newer = await world.open(noc);
    await sweepPromises(api.runtime, FAR);
    expect((await promiseOf(id)).sla).to.equal(60);
    expect((await promiseOf(newer)).sla).to.equal(500);
  });

  const escalation = {
    dueSoon: 15,
    Open: { FOC: 10, FOCSupervisor: 20, NOC: 40 },
    Accepted: { FOC: 15, FOCSupervisor: 30, NOC: null },
    release: 60,
  };
  const off = { FOC: null, FOCSupervisor: null, NOC: null };

  it('release no ticket until somebody says when', async () => {
    expect(result(await get('escalation'))).to.deep.equal({
      dueSoon: 30,
      Open: off,
      Accepted: off,
      release: null,
      version: 0,
      updatedAt: null,
    });
    expect((await put('escalation', escalation, noc)).status).to.equal(403);
    expect((await get('escalation', foc)).status).to.equal(403);
    expect(result(await put('escalation', escalation))).to.deep.equal({
      ...escalation,
      version: 1,
      updatedAt: START.toISOString(),
    });
    const after = result(await put('escalation', { release: null, Open: off }));
    expect(after).to.deep.include({ ...escalation, Open: off, release: null, version: 2 });
    expect(result(await get('escalation'))).to.deep.equal(after);
  });

  it('release no ticket before everybody was warned, whichever of both is edited', async () => {
    await put('escalation', escalation);
    for (const body of [{ release: 29 }, { Accepted: { ...off, NOC: 61 } }]) {
      const refused = await put('escalation', body);
      expect(refused.status).to.equal(400);
      expect(at(refused.body, 'error', 'details', '0', 'path')).to.equal('release');
    }
    expect(result(await get('escalation'))).to.deep.include({ ...escalation, version: 1 });
    expect((await put('escalation', { release: 30 })).status).to.equal(200);
    expect(
      (await put('escalation', { Accepted: { ...off, NOC: 60 }, release: null })).status,
    ).to.equal(200);
  });

  it('keep the SLA and the escalation apart, although both are in one document', async () => {
    await put('escalation', escalation);
    await put('sla', promise(60));
    expect(result(await get('escalation'))).to.deep.include({ ...escalation, version: 1 });
    expect(result(await get('sla'))).to.deep.include({ ...promise(60), version: 1 });
    await Promise.all([put('escalation', { release: 90 }), put('sla', promise(70))]);
    expect(result(await get('escalation'))).to.deep.include({ ...escalation, release: 90 });
    expect(result(await get('sla'))).to.deep.include({ ...promise(70), version: 2 });
  });

  it('reach new tickets at once, and those under way by the clock', async () => {
    const old = await world.ticket('Accepted', { noc, foc });
    clock.forward(90);
    await put('escalation', escalation);
    const young = await world.ticket('Accepted', { noc, foc });
    const releaseOf = async (id: string) => at(await world.read(noc, id), 'releaseAt');
    const due = new Date(START.getTime() + 150 * 60_000).toISOString();
    expect([await releaseOf(old), await releaseOf(young)]).to.deep.equal([null, due]);
    expect(await sweepEscalation(api.runtime, FAR)).to.deep.include({ changed: 1, failed: 0 });
    expect(await sweepEscalation(api.runtime, FAR)).to.deep.include({ changed: 0, failed: 0 });
    expect(await releaseOf(old)).to.equal(due);
    clock.forward(60);
    await sweepTickets(api.runtime, FAR);
    for (const id of [old, young]) {
      const ticket = await world.read(noc, id);
      expect(at(ticket, 'latestStatus')).to.equal('Open');
      expect(at(ticket, 'foc')).to.equal(null);
    }
  });

  it('name the categories in force, from the next request on', async () => {
    const crew = { noc, foc };
    const id = await world.ticket('Accepted', crew);
    const pend = (pendingCategory: string) =>
      world.call('POST', `/v1/tickets/${id}/ticketStatus/pending`, {
        as: noc,
        body: { remark: 'x', pendingCategory, pendingInterval: 60 },
      });
    const cancel = (cancelCategory: string) =>
      world.call('POST', `/v1/tickets/${id}/ticketStatus/cancel`, {
        as: noc,
        body: { remark: 'x', cancelCategory },
      });
    const edited = result(await put('categories', { pending: ['Flood', 'Strike'] }));
    expect(at(edited, 'cancel')).to.have.members([
      'Duplicate',
      'CustomerRequest',
      'Resolved',
      'Other',
    ]);
    const refused = await pend('Weather');
    expect(refused.status).to.equal(400);
    expect(codeOf(refused)).to.equal('category/unknown');
    expect(listAt(refused.body, 'error', 'details')).to.deep.equal([
      { path: 'pendingCategory', message: 'Choose one of: Flood, Strike.' },
    ]);
    expect((await pend('Flood')).status).to.equal(201);
    await put('categories', { cancel: ['Sold'] });
    const unknown = await cancel('Duplicate');
    expect(listAt(unknown.body, 'error', 'details')).to.deep.equal([
      { path: 'cancelCategory', message: 'Choose one of: Sold.' },
    ]);
    expect((await cancel('Sold')).status).to.equal(201);
  });
});
