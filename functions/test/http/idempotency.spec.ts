import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, listAt, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const DAY = 24 * 60 * 60_000;

describe('an Idempotency-Key', () => {
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let noc: Member;
  let foc: Member;
  let now: Date | undefined;

  before(async () => {
    api = await startApi({ now: () => now ?? new Date() });
    world = cgsWorld(api);
    [admin, noc, foc] = await Promise.all([
      world.member('SuperAdmin'),
      world.member('NOC'),
      world.member('FOC'),
    ]);
  });
  afterEach(() => {
    now = undefined;
  });
  after(() => api.stop());

  const post = (as: Member, path: string, key: string, body?: object): Promise<Received> =>
    world.call('POST', path, {
      as,
      headers: { 'Idempotency-Key': key },
      ...(body && { body }),
    });

  const isReplayed = ({ headers }: Received) => headers.get('Idempotent-Replayed') === 'true';

  /** The same request twenty times at once: all get the same answer, and one of them did the work. */
  const twenty = async (as: Member, path: string, body?: object): Promise<Received> => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(as, path, key, body)));
    const [first] = answers.filter((answer) => !isReplayed(answer));
    if (first === undefined) throw new Error('nobody was first');
    expect(answers.filter(isReplayed)).to.have.length(19);
    for (const answer of answers) {
      expect(answer.text).to.equal(first.text);
      expect(answer.status).to.equal(first.status);
    }
    return first;
  };

  const logOf = async (id: string) => listAt(await world.read(noc, id), 'ticketLogs');

  it('sent twenty times at once accepts a ticket once', async () => {
    const id = await world.open(noc);
    expect((await twenty(foc, `/v1/tickets/${id}/ticketStatus/accept`)).status).to.equal(201);
    expect(await logOf(id)).to.have.length(2);
  });

  it('sent twenty times at once opens one ticket', async () => {
    const endUser = `Once ${randomUUID()}`;
    const { status } = await twenty(noc, '/v1/tickets', {
      client: (await world.client()).id,
      type: 'Trouble',
      source: 'Phone',
      indicationCategory: 'Device',
      networkSegment: 'Access',
      endUser,
    });
    expect(status).to.equal(201);
    const search = new URLSearchParams({ endUser });
    const { body } = await world.call('GET', `/v1/tickets?${search.toString()}`, { as: noc });
    expect(listAt(body, 'data', 'result')).to.have.length(1);
  });

  it('sent twenty times at once asks for one pending', async () => {
    const id = await world.ticket('Accepted', { noc, foc });
    const body = { pendingCategory: 'Weather', pendingInterval: 30 };
    const answer = await twenty(foc, `/v1/tickets/${id}/ticketStatus/pending`, body);
    expect(answer.status).to.equal(201);
    expect(await logOf(id)).to.have.length(3);
  });

  it('sent twenty times at once registers one person', async () => {
    const answer = await twenty(admin, '/v1/users', {
      email: `once.${randomUUID()}@crewline.test`,
      password: 'bright-noc-123',
      rePassword: 'bright-noc-123',
      nik: '1',
      name: 'Once',
      role: 'FOC',
      region: 'West',
      phoneNumber: '0812345678',
    });
    expect(answer.status).to.equal(201);
  });

  it('repeats a refusal, even when the request would succeed by now', async () => {
    const id = await world.ticket('Draft', { noc, foc });
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const key = randomUUID();
    const refused = await post(foc, path, key);
    expect(refused.status).to.equal(404);
    await world.command(noc, id, 'publish');
    const again = await post(foc, path, key);
    expect(again.text).to.equal(refused.text);
    expect(isReplayed(again)).to.equal(true);
    expect((await post(foc, path, randomUUID())).status).to.equal(201);
  });

  it('means another request for another person, ticket or command', async () => {
    const [one, other] = [await world.open(noc), await world.open(noc)];
    const key = randomUUID();
    const accept = (as: Member, id: string) =>
      post(as, `/v1/tickets/${id}/ticketStatus/accept`, key);
    const answers = [
      await accept(foc, one),
      await accept(await world.member('FOC'), one),
      await accept(foc, other),
      await post(foc, `/v1/tickets/${one}/ticketStatus/onTheWay`, key),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 409, 201, 201]);
    expect(answers.some(isReplayed)).to.equal(false);
  });

  it('is forgotten after 24 hours and can be used again', async () => {
    const started = Date.now();
    const operator = await world.member('NOC');
    now = new Date(started);
    const key = randomUUID();
    const body = {
      client: (await world.client()).id,
      type: 'Trouble',
      source: 'Phone',
      indicationCategory: 'Device',
      networkSegment: 'Access',
    };
    const idOf = (answer: Received) => textAt(answer.body, 'data', 'result', 'id');
    const first = idOf(await post(operator, '/v1/tickets', key, body));
    now = new Date(started + DAY - 1);
    const fresh = await world.signInAgain(operator);
    expect(idOf(await post(fresh, '/v1/tickets', key, body))).to.equal(first);
    now = new Date(started + DAY);
    const second = idOf(await post(fresh, '/v1/tickets', key, body));
    expect(second).not.to.equal(first);
    expect(idOf(await post(fresh, '/v1/tickets', key, body))).to.equal(second);
  });

  it('is not used up by a request that is refused before its body is read', async () => {
    const id = await world.open(noc);
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const key = randomUUID();
    const signedOut = await world.call('POST', path, { headers: { 'Idempotency-Key': key } });
    expect(signedOut.status).to.equal(401);
    expect((await post(noc, path, key)).status).to.equal(403);
    expect((await post(foc, path, key)).status).to.equal(201);
  });

  it('does not repeat the answer to somebody whose access has ended since', async () => {
    const id = await world.open(noc);
    const gone = await world.member('FOC');
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const key = randomUUID();
    expect((await post(gone, path, key)).status).to.equal(201);
    await world.call('POST', '/v1/logout', { as: gone });
    const again = await post(gone, path, key);
    expect(again.status).to.equal(401);
    expect(at(again.body, 'data')).to.equal(undefined);
  });
});
