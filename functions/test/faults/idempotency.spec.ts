import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { people } from '../../src/kernel/auth/person.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received, type Sending, send } from '../support/client.ts';
import type { TestApi } from '../support/harness.ts';
import { nth, startInstances } from '../support/instances.ts';
import { trace } from '../support/two-sides.ts';

const TIMES = 20;

describe('one Idempotency-Key twenty times at once', function () {
  this.timeout(60_000);
  let apis: readonly TestApi[];
  let stop: () => Promise<void>;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;
  let admin: Member;

  before(async () => {
    ({ apis, stop } = await startInstances(3));
    world = cgsWorld(nth(apis, 0));
    [noc, foc, admin] = await Promise.all([
      world.member('NOC'),
      world.member('FOC'),
      world.member('SuperAdmin'),
    ]);
  });
  after(() => stop());

  const repeated = (through: readonly TestApi[], path: string, sending: Sending) => {
    const headers = { 'Idempotency-Key': randomUUID() };
    return Promise.all(
      Array.from({ length: TIMES }, (_, n) =>
        send(nth(through, n).url, 'POST', path, { ...sending, headers }),
      ),
    );
  };

  /** All answers are the same, byte for byte, and all but one are marked as repeats. */
  const expectOneAnswer = (answers: readonly Received[], status: number): unknown => {
    const [first] = answers;
    expect(new Set(answers.map((answer) => answer.status))).to.deep.equal(new Set([status]));
    expect(new Set(answers.map(({ text }) => text))).to.have.property('size', 1);
    const replayed = answers.filter(({ headers }) => headers.has('Idempotent-Replayed'));
    expect(replayed).to.have.length(TIMES - 1);
    return first?.body;
  };

  const reaches = [
    { name: 'one instance', through: () => apis.slice(0, 1) },
    { name: 'three instances', through: () => apis },
  ];

  for (const { name, through } of reaches) {
    it(`creates one ticket through ${name}`, async () => {
      const sending = await world.newTicket(noc);
      const answers = await repeated(through(), '/v1/tickets', sending);
      const row = at(expectOneAnswer(answers, 201), 'data', 'result');
      const listed = await world.call('GET', '/v1/tickets?limit=100', { as: noc });
      const same = listAt(listed.body, 'data', 'result').filter(
        (each) => at(each, 'endUser') === at(row, 'endUser'),
      );
      expect(same).to.deep.equal([row]);
    });

    it(`accepts a ticket once through ${name}, and gives the winner the same answer each time`, async () => {
      const id = await world.open(noc);
      const answers = await repeated(through(), `/v1/tickets/${id}/ticketStatus/accept`, {
        as: foc,
      });
      const shown = at(expectOneAnswer(answers, 201), 'data', 'result', 'updatedAt');
      const ticket = await world.read(noc, id);
      expect(trace(ticket)).to.equal('Open Accepted');
      expect(at(ticket, 'updatedAt')).to.equal(shown);
    });

    it(`decides a request once through ${name}`, async () => {
      const id = await world.ticket('CheckInAsked', { noc, foc });
      const path = `/v1/tickets/${id}/validate/${await world.waiting(noc, id)}/true`;
      expectOneAnswer(await repeated(through(), path, { as: noc }), 200);
      expect(trace(await world.read(noc, id))).to.equal(
        'Open Accepted OnTheWay CheckedIn CheckedIn+',
      );
    });

    it(`registers one person through ${name}`, async () => {
      const body = {
        email: `${randomUUID()}@crewline.test`,
        password: 'bright-noc-123',
        rePassword: 'bright-noc-123',
        nik: '12345678910',
        name: 'NOC User One',
        role: 'NOC',
        region: 'West',
        phoneNumber: '0812345678',
      };
      const answers = await repeated(through(), '/v1/users', { as: admin, body });
      const user = at(expectOneAnswer(answers, 201), 'data', 'result');
      const { accounts, store } = nth(apis, 0).runtime;
      const uid = await accounts.find(body.email);
      expect(uid).to.equal(at(user, 'id'));
      const person = people.doc(uid ?? '');
      expect((await store.get(person))?.data.email).to.equal(body.email);
      const signedIn = await world.call('POST', '/v1/login', {
        body: { email: body.email, password: body.password },
      });
      expect(signedIn.status).to.equal(200);
    });

    it(`gives one refusal through ${name}`, async () => {
      const id = await world.ticket('Accepted', { noc, foc });
      const path = `/v1/tickets/${id}/taskStatus/jointing`;
      const body = { mediaUrl: 'https://media.example/a.jpg' };
      const answers = await repeated(through(), path, { as: foc, body });
      expectOneAnswer(answers, 409);
      expect(new Set(answers.map(codeOf))).to.deep.equal(new Set(['ticket/wrong-status']));
    });
  }

  it('with two bodies gives one effect, and 422 to the other body', async () => {
    for (let round = 0; round < TIMES; round += 1) {
      const id = await world.ticket('Accepted', { noc, foc });
      const headers = { 'Idempotency-Key': randomUUID() };
      const ask = (pendingInterval: number) => {
        const body = { pendingCategory: 'Weather', pendingInterval };
        const path = `/v1/tickets/${id}/ticketStatus/pending`;
        return send(nth(apis, pendingInterval).url, 'POST', path, { as: foc, body, headers });
      };
      const answers = await Promise.all([ask(10), ask(20)]);
      expect(answers.map(({ status }) => status)).to.have.members([201, 422]);
      expect(trace(await world.read(noc, id))).to.equal('Open Accepted Pending?');
    }
  });

  it('of two people are two requests', async () => {
    const id = await world.open(noc);
    const headers = { 'Idempotency-Key': randomUUID() };
    const other = await world.member('FOC');
    const answers = await Promise.all(
      [foc, other].map((as, n) =>
        send(nth(apis, n).url, 'POST', `/v1/tickets/${id}/ticketStatus/accept`, { as, headers }),
      ),
    );
    expect(answers.map(({ status }) => status)).to.have.members([201, 409]);
  });
});
