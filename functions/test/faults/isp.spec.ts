import { expect } from 'chai';
import { followNames } from '../../src/desks/isp/follow-names.ts';
import { subscribers, threads } from '../../src/desks/isp/records.ts';
import { archivedKey } from '../../src/kernel/resource/archive.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { codeOf, type Received } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { nth, startInstances } from '../support/instances.ts';
import { type Agent, type IspWorld, ispWorld, placeOf } from '../desks/isp/world.ts';
import { ownRuntime } from '../support/own-store.ts';
import { type Act, type Sides, startSides } from '../support/two-sides.ts';

const oneTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
const statusesOf = (answers: readonly Received[]) => new Set(answers.map(({ status }) => status));
const ROUNDS = 15;

describe('people at once at the ISP desk', function () {
  this.timeout(120_000);
  let runtime: Runtime;
  let api: TestApi;
  let world: IspWorld;
  let sides: Sides;
  let one: Agent;
  let other: Agent;

  before(async () => {
    const { store } = ownRuntime().runtime;
    api = await startApi({ store });
    ({ runtime } = api);
    world = ispWorld(api);
    sides = await startSides({ store });
    one = await world.agent();
    other = await world.agent({ userId: 2 }, 'Other');
  });
  after(async () => {
    await Promise.all([api.stop(), sides.stop()]);
  });

  const asking =
    (as: Agent, method: string, path: string, body?: object): Act =>
    async ({ world: side }) => {
      const sent = body === undefined ? {} : { body: { ...body } };
      const answer = await side.call(method, `/api/v1${path}`, { as, ...sent });
      expect(codeOf(answer)).to.equal(undefined);
      return String(answer.status);
    };
  const replying = (as: Agent, id: number, message = 'Hello.'): Act =>
    asking(as, 'POST', `/tickets/${id}/reply`, { ...placeOf(as), message });
  const setting = (as: Agent, id: number, status: number): Act =>
    asking(as, 'PUT', `/tickets/${id}/status`, { ...placeOf(as), status });
  const deleting = (as: Agent, id: number): Act => asking(as, 'DELETE', `/tickets/${id}`);

  const hasThread = async (id: number): Promise<boolean> => {
    const key = threads.doc(String(id));
    return (await runtime.store.get(key)) !== undefined;
  };

  /** The ticket counts its replies, and its thread exists exactly while it is not closed. */
  const expectSound = async (id: number) => {
    const [ticket, replies] = await Promise.all([world.ticket(id), world.repliesTo(one, id)]);
    expect(replies).to.have.length(ticket?.replyCount ?? 0);
    expect(await hasThread(id)).to.equal(ticket !== undefined && ticket.status !== 3);
    return { ticket, replies };
  };

  it('two simultaneous status changes both take effect, one after the other', async () => {
    for (const second of [2, 3]) {
      const id = await world.open(one);
      const acts = [setting(one, id, 1), setting(other, id, second)] as const;
      expect(await sides.ordered(acts)).to.deep.equal(['200', '200']);
      // The other one decided again after the first commit, so it decides the final state.
      const { ticket } = await expectSound(id);
      expect(ticket?.status).to.equal(second);
      expect(ticket?.statusLog.map(({ to }) => to)).to.deep.equal([0, 1, second]);
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await world.open(one);
      const ended = await sides.free([setting(one, id, 3), setting(other, id, 1)]);
      expect(ended).to.deep.equal(['200', '200']);
      expect((await expectSound(id)).ticket?.status).to.be.oneOf([1, 3]);
    }
  });

  it('a status change and an edit at once both take effect', async () => {
    const id = await world.open(one);
    const edit = asking(other, 'PUT', `/tickets/${id}`, { title: 'Updated Title' });
    expect(await sides.ordered([setting(one, id, 2), edit])).to.deep.equal(['200', '200']);
    expect(await world.ticket(id)).to.include({ status: 2, title: 'Updated Title' });
  });

  it('no reply is added after a close', async () => {
    const closedFirst = await world.open(one);
    const acts = [setting(one, closedFirst, 3), replying(other, closedFirst)] as const;
    expect(await sides.ordered(acts)).to.deep.equal(['200', '409']);
    expect((await expectSound(closedFirst)).replies).to.deep.equal([]);

    const repliedFirst = await world.open(one);
    const turned = [replying(other, repliedFirst), setting(one, repliedFirst, 3)] as const;
    expect(await sides.ordered(turned)).to.deep.equal(['201', '200']);
    const { ticket, replies } = await expectSound(repliedFirst);
    expect(ticket?.status).to.equal(3);
    expect(replies).to.have.length(1);

    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await world.open(one);
      const [, outcome] = await sides.free([setting(one, id, 3), replying(other, id)]);
      expect(outcome).to.be.oneOf(['201', '409']);
      expect((await expectSound(id)).replies).to.have.length(outcome === '201' ? 1 : 0);
    }
  });

  it('a simultaneous close and reopening leave a thread that agrees with the status', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await world.open(one);
      await world.setStatus(one, id, 3);
      const race = round === 0 ? sides.ordered : sides.free;
      await race([setting(one, id, 0), setting(other, id, 3)]);
      await expectSound(id);
    }
  });

  it('no reply outlives its ticket, whichever commit is first', async () => {
    const deletedFirst = await world.open(one);
    await world.reply(one, deletedFirst);
    const acts = [deleting(one, deletedFirst), replying(other, deletedFirst)] as const;
    expect(await sides.ordered(acts)).to.deep.equal(['200', '404']);
    expect((await expectSound(deletedFirst)).replies).to.deep.equal([]);

    const repliedFirst = await world.open(one);
    const turned = [replying(other, repliedFirst), deleting(one, repliedFirst)] as const;
    expect(await sides.ordered(turned)).to.deep.equal(['201', '200']);
    expect((await expectSound(repliedFirst)).replies).to.deep.equal([]);

    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await world.open(one);
      const [outcome] = await sides.free([deleting(one, id), replying(other, id)]);
      expect(outcome).to.equal('200');
      const { ticket, replies } = await expectSound(id);
      expect(ticket).to.equal(undefined);
      expect(replies).to.deep.equal([]);
    }
  });

  it('a ticket with hundreds of replies is deleted with all of them', async () => {
    const id = await world.open(one);
    const answers = await Promise.all(oneTo(300).map(() => world.reply(one, id)));
    expect(statusesOf(answers)).to.deep.equal(new Set([201]));
    const { replies } = await expectSound(id);
    expect(replies).to.have.length(300);
    const deleted = await world.call('DELETE', `/tickets/${id}`, { as: one });
    expect(deleted.status, deleted.text).to.equal(200);
    expect((await expectSound(id)).replies).to.deep.equal([]);
  });

  it('fifty simultaneous replies to one ticket are all stored, each with its own number', async () => {
    const id = await world.open(one);
    const answers = await Promise.all(oneTo(50).map((n) => world.reply(one, id, `${n}`)));
    expect(statusesOf(answers)).to.deep.equal(new Set([201]));
    const { replies } = await expectSound(id);
    expect(new Set(replies.map((reply) => reply.id)).size).to.equal(50);
    expect(new Set(replies.map((reply) => reply.message)).size).to.equal(50);
  });

  it('a subscriber who goes while they get a ticket is archived, never nowhere', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await world.subscriber(one);
      const body = { ...placeOf(other), subscriber_id: id, title: 'T', description: 'D' };
      const opening = asking(other, 'POST', '/tickets', { ...body, priority: 1 });
      const going = asking(one, 'DELETE', `/subscribers/${id}`);
      const [made, gone] =
        round === 0 ? await sides.ordered([opening, going]) : await sides.free([opening, going]);
      const ends = round === 0 ? ['201 200'] : ['201 409', '400 200', '201 200'];
      expect(`${made} ${gone}`).to.be.oneOf(ends);
      const key = archivedKey(subscribers.doc(String(id)));
      const isArchived = (await runtime.store.get(key)) !== undefined;
      const isThere = (await world.subscriberOf(id)) !== undefined;
      expect([isThere, isArchived]).to.deep.equal([gone === '409', gone === '200']);
    }
  });

  it('a subscriber’s new name reaches all of their tickets, even if its event is repeated', async () => {
    const id = await world.subscriber(one, { name: 'Old Name' });
    const made = await Promise.all(oneTo(5).map(() => world.open(one, { subscriber_id: id })));
    const apart = await world.open(one);
    await world.setStatus(one, made[0] ?? 0, 3);
    const before = await world.subscriberOf(id);
    const body = { name: 'New Name' };
    await world.call('PUT', `/subscribers/${id}`, { as: one, body });
    const after = await world.subscriberOf(id);
    const written = { id: String(id), before, after };
    await Promise.all([1, 2].map(() => followNames.handle(runtime, written)));
    for (const ticket of made) {
      expect((await world.ticket(ticket))?.subscriberName).to.equal('New Name');
    }
    expect((await world.ticket(apart))?.subscriberName).to.equal(null);
    expect(followNames.document).to.equal(`${subscribers.name}/{id}`);
  });
});

describe('numbers of the ISP desk', function () {
  this.timeout(120_000);
  let apis: readonly TestApi[];
  let worlds: readonly IspWorld[];
  let stop: () => Promise<void>;
  let one: Agent;
  let other: Agent;

  before(async () => {
    const { store } = ownRuntime().runtime;
    ({ apis, stop } = await startInstances(3, { store }));
    worlds = apis.map(ispWorld);
    one = await nth(worlds, 0).agent();
    other = await nth(worlds, 0).agent({ ispId: 2, branchIds: [3], userId: 2 });
  });
  after(() => stop());

  it('run from 1 to 100 for 100 simultaneous tickets over three instances and two ISPs', async () => {
    const ids = await Promise.all(
      oneTo(100).map((n) => nth(worlds, n).open(n % 2 === 0 ? one : other)),
    );
    expect(ids.toSorted((a, b) => a - b)).to.deep.equal(oneTo(100));
  });

  it('have no gap when some bodies are refused, or when all tickets name one subscriber', async () => {
    const world = nth(worlds, 0);
    const subscriber = await world.subscriber(one);
    const bad = [{ priority: 9 }, { branch_id: 3 }, { subscriber_id: 999 }, { extra: 1 }];
    const body = { ...placeOf(one), title: 'T', description: 'D', priority: 1 };
    const [made, refused] = await Promise.all([
      Promise.all(oneTo(30).map((n) => nth(worlds, n).open(one, { subscriber_id: subscriber }))),
      Promise.all(
        bad.map((more) => world.call('POST', '/tickets', { as: one, body: { ...body, ...more } })),
      ),
    ]);
    expect(refused.every(({ status }) => [400, 403].includes(status))).to.equal(true);
    const next = await world.open(one);
    const expected = oneTo(31).map((n) => next - 31 + n);
    expect([...made, next].toSorted((a, b) => a - b)).to.deep.equal(expected);
  });

  it('of replies and subscribers are separate sequences from 1', async () => {
    const world = nth(worlds, 1);
    const id = await world.open(one);
    await Promise.all(oneTo(20).map((n) => nth(worlds, n).reply(one, id)));
    const numbers = (await world.repliesTo(one, id)).map((reply) => reply.id);
    expect(numbers.toSorted((a, b) => a - b)).to.deep.equal(oneTo(20));
    const made = await Promise.all(oneTo(10).map((n) => nth(worlds, n).subscriber(other)));
    const [first = 0] = made.toSorted((a, b) => a - b);
    expect(made.toSorted((a, b) => a - b)).to.deep.equal(oneTo(10).map((n) => first + n - 1));
  });

  it('are not taken twice by a create that is repeated with its Idempotency-Key', async () => {
    const body = { ...placeOf(one), title: 'T', description: 'D', priority: 1 };
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    const answers = await Promise.all(
      oneTo(9).map((n) => nth(worlds, n).call('POST', '/tickets', { as: one, body, headers })),
    );
    expect(statusesOf(answers)).to.deep.equal(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
  });
});
