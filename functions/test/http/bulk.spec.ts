import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { incidentWorld } from '../desks/cgs/incident-world.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { trace } from '../support/two-sides.ts';

const duplicate = { remark: 'One cut, many calls.', cancelCategory: 'Duplicate' };

describe('one command for several tickets', function () {
  this.timeout(30_000);
  let api: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;
  let supervisor: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    [noc, foc, supervisor] = await Promise.all([
      world.member('NOC'),
      world.member('FOC'),
      world.member('FOCSupervisor'),
    ]);
  });
  after(() => api.stop());

  const bulk = (as: Member, action: string, tickets: readonly string[], body?: object, key = '') =>
    world.call('POST', '/v1/tickets/bulk', {
      as,
      body: { action, tickets, ...(body && { body }) },
      ...(key !== '' && { headers: { 'Idempotency-Key': key } }),
    });
  const single = (as: Member, id: string, path: string, body?: object) =>
    world.call('POST', `/v1/tickets/${id}/${path}`, { as, ...(body && { body }) });
  const answersIn = ({ body }: Received) => listAt(body, 'data', 'result');
  const statusesIn = (answer: Received) => answersIn(answer).map((each) => at(each, 'status'));
  const opened = (count: number) =>
    Promise.all(Array.from({ length: count }, () => world.open(noc)));
  const traceOf = async (id: string) => trace(await world.read(noc, id));

  it('is answered for each as by its own path, in the order of the request', async () => {
    const far = await world.open(await world.member('NOC', 'East'));
    const ids = [
      await world.ticket('Closed', { noc, foc }),
      await world.open(noc),
      far,
      await world.ticket('CheckInAsked', { noc, foc }),
      randomUUID(),
    ];
    const answer = await bulk(noc, 'cancel', ids, duplicate);
    expect(answer.status, answer.text).to.equal(200);
    expect(answersIn(answer).map((each) => at(each, 'id'))).to.deep.equal(ids);
    expect(statusesIn(answer)).to.deep.equal([409, 201, 404, 201, 404]);
    for (const index of [0, 2, 4]) {
      const alone = await single(noc, ids[index] ?? '', 'ticketStatus/cancel', duplicate);
      const { requestId: _, ...error } = Object(at(alone.body, 'error'));
      expect(at(answersIn(answer)[index], 'error')).to.deep.equal(error);
    }
    expect(await traceOf(ids[1] ?? '')).to.equal('Open Canceled Closed');
    expect(await traceOf(ids[3] ?? '')).to.equal(
      'Open Accepted OnTheWay CheckedIn CheckedIn- Canceled Closed',
    );
  });

  it('publishes drafts, and assigns tickets to one FOC', async () => {
    const drafts = await Promise.all([1, 2].map(() => world.ticket('Draft', { noc, foc })));
    expect(statusesIn(await bulk(noc, 'publish', drafts))).to.deep.equal([201, 201]);
    const assigned = await bulk(supervisor, 'assign', drafts, { focId: foc.id });
    expect(statusesIn(assigned)).to.deep.equal([201, 201]);
    for (const id of drafts) {
      expect(at(await world.read(noc, id), 'foc', 'id')).to.equal(foc.id);
    }
  });

  it('gives nobody a command that they may not give alone', async () => {
    const ids = await opened(2);
    expect(statusesIn(await bulk(noc, 'assign', ids, { focId: foc.id }))).to.deep.equal([403, 403]);
    expect(statusesIn(await bulk(supervisor, 'cancel', ids, duplicate))).to.deep.equal([403, 403]);
    for (const id of ids) expect(await traceOf(id)).to.equal('Open');
  });

  it('links tickets to an incident, as often as it is asked', async () => {
    const incidents = incidentWorld(world);
    const incident = await incidents.open(noc);
    const ids = [...(await opened(2)), await world.ticket('Closed', { noc, foc })];
    for (let time = 0; time < 2; time += 1) {
      const linked = await bulk(noc, 'link', ids, { incident });
      expect(statusesIn(linked)).to.deep.equal([201, 201, 409]);
      // The two tickets and their incident, and then nothing.
      expect(at(api.lines.at(-1)?.fields, 'writes')).to.equal(time === 0 ? 3 : 0);
    }
    for (const id of ids.slice(0, 2)) {
      const ticket = await world.read(noc, id);
      expect(at(ticket, 'incident', 'id')).to.equal(incident);
      expect(listAt(ticket, 'edits')).to.have.length(1);
    }
    expect(statusesIn(await bulk(supervisor, 'link', ids, { incident }))).to.deep.equal([
      403, 403, 403,
    ]);
    const unknown = await bulk(noc, 'link', ids, { incident: randomUUID() });
    expect([unknown.status, codeOf(unknown)]).to.deep.equal([404, 'incident/not-found']);
  });

  it('cancels with words, but not with a photo, which belongs to one ticket', async () => {
    const photo = { ...duplicate, mediaUrl: 'https://media.example/evidence.jpg' };
    const answer = await bulk(noc, 'cancel', await opened(1), photo);
    expect(answer.status).to.equal(400);
    expect(at(answer.body, 'error', 'details', 0, 'path')).to.equal('body.mediaUrl');
  });

  it('names a wrong field of the command, and a ticket that is named twice', async () => {
    const [id = ''] = await opened(1);
    const wrong = await bulk(noc, 'cancel', [id], { ...duplicate, reason: 'x' });
    expect(wrong.status).to.equal(400);
    expect(at(wrong.body, 'error', 'details', 0, 'path')).to.equal('body.reason');
    const twice = await bulk(noc, 'cancel', [id, id], duplicate);
    expect(at(twice.body, 'error', 'details', 0)).to.deep.equal({
      path: 'tickets',
      message: 'Name each ticket once.',
    });
    const many = Array.from({ length: 101 }, () => randomUUID());
    expect((await bulk(noc, 'cancel', many, duplicate)).status).to.equal(400);
    expect(await traceOf(id)).to.equal('Open');
  });

  it('with a key is done once, and answered alike when it is sent again', async () => {
    const ids = [...(await opened(2)), randomUUID()];
    const key = randomUUID();
    const first = await bulk(noc, 'cancel', ids, duplicate, key);
    expect(statusesIn(first)).to.deep.equal([201, 201, 404]);
    const again = await bulk(noc, 'cancel', ids, duplicate, key);
    expect(again.text).to.equal(first.text);
    expect(again.headers.get('Idempotent-Replayed')).to.equal('true');
    expect((await bulk(noc, 'cancel', ids.slice(1), duplicate, key)).status).to.equal(422);
    expect(await traceOf(ids[0] ?? '')).to.equal('Open Canceled Closed');
  });

  it('takes a hundred tickets while their crews accept them, and loses no command', async () => {
    const ids = await opened(100);
    const accepted = ids.slice(0, 20);
    const [answer, ...accepts] = await Promise.all([
      bulk(noc, 'cancel', ids, duplicate),
      ...accepted.map((id) => single(foc, id, 'ticketStatus/accept')),
    ]);
    expect(new Set(statusesIn(answer))).to.deep.equal(new Set([201]));
    for (const [index, id] of accepted.entries()) {
      const isAccepted = accepts[index]?.status === 201;
      const expected = isAccepted ? 'Open Accepted Canceled Closed' : 'Open Canceled Closed';
      expect(await traceOf(id)).to.equal(expected);
    }
    expect(await traceOf(ids.at(-1) ?? '')).to.equal('Open Canceled Closed');
  });
});
