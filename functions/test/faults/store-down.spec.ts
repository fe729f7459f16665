import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Firestore } from 'firebase-admin/firestore';
import { createStore } from '../../src/kernel/store/store.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, type Received, type Sending, send, textAt } from '../support/client.ts';
import { emulators, startApi, type TestApi } from '../support/harness.ts';
import { firestoreAt, startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { outcomeOf, trace } from '../support/two-sides.ts';

// Like createStore's own limits, only shorter, so that these tests are quick.
const PATIENCE_MS = 500;
// A load, three commits that get no answer, and a read after each.
const BOUND_MS = 8 * PATIENCE_MS + 1000;

describe('a store that does not answer', function () {
  this.timeout(60_000);
  let proxy: TcpProxy;
  let db: Firestore;
  let api: TestApi;
  let plain: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;

  before(async () => {
    plain = await startApi();
    world = cgsWorld(plain);
    [noc, foc] = await Promise.all([world.member('NOC'), world.member('FOC')]);
  });
  beforeEach(async () => {
    proxy = await startTcpProxy(emulators()['FIRESTORE_EMULATOR_HOST'] ?? '');
    db = firestoreAt(proxy.host);
    api = await startApi({ store: createStore(db, PATIENCE_MS) });
    // The first request connects.
    await send(api.url, 'GET', '/v1/tickets?limit=1', { as: noc });
  });
  afterEach(async () => {
    await api.stop();
    await proxy.stop();
  });
  after(() => plain.stop());

  const timed = async (method: string, path: string, sending: Sending): Promise<Received> => {
    const started = performance.now();
    const answer = await send(api.url, method, path, sending);
    expect(performance.now() - started).to.be.below(BOUND_MS);
    return answer;
  };

  const expectUnavailable = (answer: Received): void => {
    expect(answer.status).to.equal(503);
    expect(Number(answer.headers.get('Retry-After'))).to.be.greaterThan(0);
    expect(Object.keys(Object(at(answer.body, 'error')))).to.have.members([
      'code',
      'message',
      'requestId',
    ]);
    expect(codeOf(answer)).to.equal('store/unavailable');
    expect(answer.text).not.to.match(/UNAVAILABLE|ECONNREFUSED|grpc|127\.0\.0\.1/);
  };

  const requests = async () => {
    const id = await world.open(noc);
    const body = { email: 'nobody@crewline.test', password: 'wrong-one' };
    return {
      list: ['GET', '/v1/tickets', { as: noc }],
      read: ['GET', `/v1/tickets/${id}`, { as: noc }],
      accept: ['POST', `/v1/tickets/${id}/ticketStatus/accept`, { as: foc }],
      create: ['POST', '/v1/tickets', { as: noc, body: ticket() }],
      login: ['POST', '/v1/login', { body }],
      logout: ['POST', '/v1/logout', { as: await world.member('FOC') }],
    } as const satisfies Record<string, readonly [string, string, Sending]>;
  };

  const ticket = () => ({
    client: null,
    address: `Jl. ${randomUUID()}`,
    customerType: 'Broadband',
    type: 'Trouble',
    source: 'Whatsapp',
    indicationCategory: 'FiberCut',
    networkSegment: 'Access',
  });

  const OUTAGES = {
    'that is gone': { begin: () => proxy.shut(), end: () => proxy.open() },
    'whose network loses everything': {
      begin: async () => proxy.blackhole(true),
      end: async () => proxy.blackhole(false),
    },
  };

  for (const [name, outage] of Object.entries(OUTAGES)) {
    it(`${name}: every request gets 503 with Retry-After within bounded time`, async () => {
      const all = await requests();
      await outage.begin();
      const answers = await Promise.all(
        Object.values(all).map(([method, path, sending]) => timed(method, path, sending)),
      );
      for (const answer of answers) expectUnavailable(answer);
      await outage.end();
    });

    it(`${name}: the first request after it is back is answered`, async () => {
      const { accept, read } = await requests();
      const patient = await startApi({ store: createStore(db) });
      await outage.begin();
      expectUnavailable(await timed(...read));
      await outage.end();
      const [method, path, sending] = accept;
      expect((await send(patient.url, method, path, sending)).status).to.equal(201);
      await patient.stop();
    });
  }

  it('for one commit of an accept: the request gets 503, and nothing is half done', async () => {
    const id = await world.open(noc);
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const holds = Array.from({ length: 3 }, () => proxy.fault('hold', 'changeIds'));
    expectUnavailable(await timed('POST', path, { as: foc }));
    expect(trace(await world.read(noc, id))).to.equal('Open');
    for (const { release } of holds) release();
    // The commits arrive after all: one of them succeeds, and the others are too late.
    const again = await send(api.url, 'POST', path, { as: foc });
    expect(['201', '409 ticket/already-accepted']).to.include(outcomeOf(again));
    expect(trace(await world.read(noc, id))).to.equal('Open Accepted');
  });

  it('to one commit of an accept in time: the second try finds its own write', async () => {
    const id = await world.open(noc);
    const hold = proxy.fault('hold', 'changeIds');
    const asked = send(api.url, 'POST', `/v1/tickets/${id}/ticketStatus/accept`, { as: foc });
    await hold.met;
    const answer = await asked;
    hold.release();
    expect(answer.status).to.equal(201);
    expect(trace(await world.read(noc, id))).to.equal('Open Accepted');
  });

  it('to the commit of a create: its key shows later whether it was done', async () => {
    const sending = { as: noc, body: ticket(), headers: { 'Idempotency-Key': randomUUID() } };
    const holds = Array.from({ length: 3 }, () => proxy.fault('hold', 'changeIds'));
    expectUnavailable(await send(api.url, 'POST', '/v1/tickets', sending));
    for (const { release } of holds) release();
    const again = await send(plain.url, 'POST', '/v1/tickets', sending);
    const third = await send(plain.url, 'POST', '/v1/tickets', sending);
    expect(again.status).to.equal(201);
    expect(third.text).to.equal(again.text);
    const id = textAt(again.body, 'data', 'result', 'id');
    expect(trace(await world.read(noc, id))).to.equal('Open');
  });
});
