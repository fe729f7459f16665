import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { cgsWorld, type CgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received, send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { trace } from '../support/two-sides.ts';

describe('a record that moves all the time', function () {
  this.timeout(60_000);
  let plain: TestApi;
  let busy: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;
  let attempts = 0;
  /** How many of the next commits lose their race, and how many of the next reads fail. */
  let losing = 0;

  before(async () => {
    plain = await startApi();
    world = cgsWorld(plain);
    [noc, foc] = await Promise.all([world.member('NOC'), world.member('FOC')]);
    const store = hookedStore(plain.runtime.store, {
      commit: async (_writes, go) => {
        attempts += 1;
        if (attempts <= losing) throw new StoreError(9, 'the document has moved');
        return go();
      },
    });
    busy = await startApi({ store });
  });
  beforeEach(() => {
    attempts = 0;
    losing = 0;
  });
  after(async () => {
    await Promise.all([plain.stop(), busy.stop()]);
  });

  const expectBusy = (answer: Received): void => {
    expect(answer.status).to.equal(503);
    expect(codeOf(answer)).to.equal('store/busy');
    expect(Number(answer.headers.get('Retry-After'))).to.be.greaterThan(0);
  };

  it('is answered 503 with Retry-After after some seconds of attempts', async () => {
    const id = await world.open(noc);
    losing = Number.POSITIVE_INFINITY;
    expectBusy(await send(busy.url, 'POST', `/v1/tickets/${id}/ticketStatus/accept`, { as: foc }));
    expect(attempts).to.be.at.least(5);
    expect(trace(await world.read(noc, id))).to.equal('Open');
  });

  it('does not keep the 503 for its Idempotency-Key: the repeat is done', async () => {
    const id = await world.open(noc);
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const sending = { as: foc, headers: { 'Idempotency-Key': randomUUID() } };
    losing = Number.POSITIVE_INFINITY;
    expectBusy(await send(busy.url, 'POST', path, sending));
    losing = 0;
    const again = await send(busy.url, 'POST', path, sending);
    expect(again.status).to.equal(201);
    expect(again.headers.has('Idempotent-Replayed')).to.equal(false);
  });

  it('is changed by the last attempt that is allowed', async () => {
    const id = await world.open(noc);
    losing = 5;
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const answer = await send(busy.url, 'POST', path, { as: foc });
    expect(answer.status).to.equal(201);
    expect(attempts).to.equal(6);
  });

  it('of creates is answered 503, and no number is lost', async () => {
    const ticket = () => world.newTicket(noc);
    const before = at((await send(plain.url, 'POST', '/v1/tickets', await ticket())).body, 'data');
    losing = Number.POSITIVE_INFINITY;
    // The commit fails and the counter has not changed: this is the fault of one member.
    expectBusy(await send(busy.url, 'POST', '/v1/tickets', await ticket()));
    const after = at((await send(plain.url, 'POST', '/v1/tickets', await ticket())).body, 'data');
    const numberIn = (data: unknown) => Number(String(at(data, 'result', 'ticketId')).slice(-4));
    expect(numberIn(after)).to.equal(numberIn(before) + 1);
  });

  it('stays consistent under 40 concurrent edits: each is done or gets 503', async () => {
    const id = await world.open(noc);
    const contacts = Array.from({ length: 40 }, (_, n) => `${n}`);
    const answers = await Promise.all(
      contacts.map((phone) =>
        send(plain.url, 'PUT', `/v1/tickets/${id}`, {
          as: noc,
          body: { contactPerson: [{ name: 'Dewi', phone }], remark: phone },
        }),
      ),
    );
    expect(answers.every(({ status }) => status === 200 || status === 503)).to.equal(true);
    for (const answer of answers) if (answer.status === 503) expectBusy(answer);
    const ticket = await world.read(noc, id);
    const [contact] = listAt(ticket, 'contactPerson');
    expect(at(contact, 'phone')).to.equal(at(ticket, 'remark'));
  });
});
