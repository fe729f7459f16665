import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Firestore } from 'firebase-admin/firestore';
import { grants } from '../../src/kernel/auth/grant.ts';
import { createStore } from '../../src/kernel/store/store.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received, type Sending, send } from '../support/client.ts';
import { emulators, startApi, type TestApi } from '../support/harness.ts';
import { type Fault, firestoreAt, startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { trace } from '../support/two-sides.ts';

// Every document that a change writes has this field; no read request contains it.
const COMMIT = 'changeIds';

const CUTS = [
  { fault: 'cut-before', name: 'before the commit arrives' },
  { fault: 'cut-after', name: 'after the commit, before its answer' },
] as const satisfies readonly { fault: Fault; name: string }[];

describe('a connection to the store that breaks', function () {
  this.timeout(60_000);
  let proxy: TcpProxy;
  let db: Firestore;
  let api: TestApi;
  let plain: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;

  before(async () => {
    proxy = await startTcpProxy(emulators()['FIRESTORE_EMULATOR_HOST'] ?? '');
    db = firestoreAt(proxy.host);
    api = await startApi({ store: createStore(db) });
    plain = await startApi();
    world = cgsWorld(plain);
    [noc, foc] = await Promise.all([world.member('NOC'), world.member('FOC')]);
  });
  after(async () => {
    await Promise.all([api.stop(), plain.stop()]);
    await proxy.stop();
  });

  /** Sends a request through the proxy, which applies the fault to its next commit. */
  const under = async (fault: Fault, method: string, path: string, sending: Sending = {}) => {
    const { met } = proxy.fault(fault, COMMIT);
    const answer = await send(api.url, method, path, sending);
    await met;
    return answer;
  };

  const newTicket = () => world.newTicket(noc);

  const rowsOf = async (row: unknown): Promise<unknown[]> => {
    const endUser = encodeURIComponent(String(at(row, 'endUser')));
    const listed = await world.call('GET', `/v1/tickets?endUser=${endUser}`, { as: noc });
    return listAt(listed.body, 'data', 'result');
  };

  /** Repeats the request with its key, like a client that never got the answer. */
  const expectRepeat = async (first: Received, method: string, path: string, sending: Sending) => {
    const again = await send(api.url, method, path, sending);
    expect(again.text).to.equal(first.text);
    expect(again.headers.get('Idempotent-Replayed')).to.equal('true');
  };

  for (const { fault, name } of CUTS) {
    describe(name, () => {
      it('an accept has one effect and its FOC gets 201', async () => {
        const id = await world.open(noc);
        const path = `/v1/tickets/${id}/ticketStatus/accept`;
        const answer = await under(fault, 'POST', path, { as: foc });
        const ticket = await world.read(noc, id);
        expect(answer.status).to.equal(201);
        expect(trace(ticket)).to.equal('Open Accepted');
        expect(at(ticket, 'updatedAt')).to.equal(at(answer.body, 'data', 'result', 'updatedAt'));
      });

      it('an accept with a key is answered alike when it is sent again', async () => {
        const id = await world.open(noc);
        const path = `/v1/tickets/${id}/ticketStatus/accept`;
        const sending = { as: foc, headers: { 'Idempotency-Key': randomUUID() } };
        const answer = await under(fault, 'POST', path, sending);
        expect(answer.status).to.equal(201);
        await expectRepeat(answer, 'POST', path, sending);
        expect(trace(await world.read(noc, id))).to.equal('Open Accepted');
      });

      it('a create takes one number and opens one ticket', async () => {
        const sending = await newTicket();
        const answer = await under(fault, 'POST', '/v1/tickets', sending);
        const row = at(answer.body, 'data', 'result');
        expect(answer.status).to.equal(201);
        expect(await rowsOf(row)).to.deep.equal([row]);
        const next = await send(plain.url, 'POST', '/v1/tickets', await newTicket());
        const number = (ticket: unknown) => Number(String(at(ticket, 'ticketId')).slice(-4));
        expect(number(at(next.body, 'data', 'result'))).to.equal(number(row) + 1);
      });

      it('a create with a key is answered alike when it is sent again', async () => {
        const sending = { ...(await newTicket()), headers: { 'Idempotency-Key': randomUUID() } };
        const answer = await under(fault, 'POST', '/v1/tickets', sending);
        expect(answer.status).to.equal(201);
        await expectRepeat(answer, 'POST', '/v1/tickets', sending);
        const row = at(answer.body, 'data', 'result');
        expect(await rowsOf(row)).to.deep.equal([row]);
      });

      it('creates that share the commit each open one ticket', async () => {
        const sendings = await Promise.all(Array.from({ length: 10 }, newTicket));
        const { met } = proxy.fault(fault, COMMIT);
        const answers = await Promise.all(
          sendings.map((sending) => send(api.url, 'POST', '/v1/tickets', sending)),
        );
        await met;
        const rows = answers.map(({ body }) => at(body, 'data', 'result'));
        expect(await Promise.all(rows.map(rowsOf))).to.deep.equal(rows.map((row) => [row]));
      });

      it('a validation is settled once', async () => {
        const id = await world.ticket('CheckInAsked', { noc, foc });
        const path = `/v1/tickets/${id}/validate/${await world.waiting(noc, id)}/true`;
        const answer = await under(fault, 'POST', path, { as: noc });
        expect(answer.status).to.equal(200);
        const ticket = await world.read(noc, id);
        expect(trace(ticket)).to.equal('Open Accepted OnTheWay CheckedIn CheckedIn+');
        expect(codeOf(await send(api.url, 'POST', path, { as: noc }))).to.equal('evidence/settled');
      });

      it('a command for several tickets has one effect on each, and is answered alike', async () => {
        const tickets = [await world.open(noc), await world.open(noc)];
        const cancel = { remark: 'Twice.', cancelCategory: 'Duplicate' };
        const body = { action: 'cancel', tickets, body: cancel };
        const sending = { as: noc, body, headers: { 'Idempotency-Key': randomUUID() } };
        const answer = await under(fault, 'POST', '/v1/tickets/bulk', sending);
        const done = listAt(answer.body, 'data', 'result');
        expect(done.map((each) => at(each, 'status'))).to.deep.equal([201, 201]);
        await expectRepeat(answer, 'POST', '/v1/tickets/bulk', sending);
        for (const id of tickets) {
          expect(trace(await world.read(noc, id))).to.equal('Open Canceled Closed');
        }
      });

      it('a refusal that is kept for its key stays the same', async () => {
        const id = await world.ticket('Accepted', { noc, foc });
        const path = `/v1/tickets/${id}/ticketStatus/accept`;
        const sending = { as: foc, headers: { 'Idempotency-Key': randomUUID() } };
        const answer = await under(fault, 'POST', path, sending);
        expect(codeOf(answer)).to.equal('ticket/already-accepted');
        await expectRepeat(answer, 'POST', path, sending);
      });

      it('a login opens one session that holds', async () => {
        const email = `${randomUUID()}@crewline.test`;
        const body = {
          email,
          password: 'bright-noc-123',
          rePassword: 'bright-noc-123',
          nik: '1',
          name: 'NOC One',
          role: 'NOC',
          region: 'West',
          phoneNumber: '0812345678',
        };
        const created = await send(plain.url, 'POST', '/v1/users', {
          as: await world.member('SuperAdmin'),
          body,
        });
        const uid = String(at(created.body, 'data', 'result', 'id'));
        const answer = await under(fault, 'POST', '/v1/login', {
          body: { email, password: 'bright-noc-123' },
        });
        expect(answer.status).to.equal(200);
        const [, cookie = ''] =
          /session_id=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
        const me = await world.call('GET', '/v1/users/me', { as: { cookie } });
        expect(at(me.body, 'data', 'result', 'id')).to.equal(uid);
        const person = grants.doc(uid);
        const read = await plain.runtime.store.get(person);
        const opened = read?.changeIds.length;
        // One change created the person, another one signed them in.
        expect(opened).to.equal(2);
      });
    });
  }

  for (const { fault, name } of CUTS) {
    it(`a logout ends the session, also if the connection breaks ${name}`, async () => {
      const { cookie, id } = await world.member('FOC');
      const { met } = proxy.fault(fault, id);
      const answer = await send(api.url, 'POST', '/v1/logout', { as: { cookie } });
      await met;
      expect(answer.status).to.equal(200);
      const key = grants.doc(id);
      expect((await plain.runtime.store.get(key))?.data.sessions).to.deep.equal({});
      const me = await world.call('GET', '/v1/users/me', { as: { cookie } });
      expect(me.status).to.equal(401);
    });
  }

  it('a reading request is answered although its connection is cut', async () => {
    const id = await world.open(noc);
    const { met } = proxy.fault('cut-after', id);
    const answer = await send(api.url, 'GET', `/v1/tickets/${id}`, { as: noc });
    await met;
    expect(answer.status).to.equal(200);
  });

  it('while one commit is delayed, another instance acts first and the late one is decided again', async () => {
    const id = await world.open(noc);
    const { met, release } = proxy.fault('hold', COMMIT);
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const late = send(api.url, 'POST', path, { as: foc });
    await met;
    const winner = await world.member('FOC');
    const first = await send(plain.url, 'POST', path, { as: winner });
    release();
    expect(first.status).to.equal(201);
    expect(codeOf(await late)).to.equal('ticket/already-accepted');
    const ticket = await world.read(noc, id);
    expect(at(ticket, 'foc', 'id')).to.equal(winner.id);
  });
});
