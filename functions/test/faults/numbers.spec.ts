import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { z } from 'zod';
import { ticketSchema } from '../../src/desks/cgs/domain/schemas.ts';
import { tickets } from '../../src/desks/cgs/tickets/collection.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { collection } from '../../src/kernel/store/collection.ts';
import { cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, type Received, type Sending, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { countId, lastMomentOfMonth, nth, ownMonth, startInstances } from '../support/instances.ts';

const counters = collection(
  'ticketcount',
  z.looseObject({ count: z.number(), month: z.string(), year: z.number() }),
);

const numberOf = (ticketId: string): number => Number(ticketId.split('-').at(-1));
const nameOf = (date: Date): string =>
  date.toLocaleString('en', { month: 'long', timeZone: 'UTC' });
const DAY = 24 * 60 * 60_000;
const { ofMoment } = collection('tickets', ticketSchema, {
  queries: { ofMoment: { equal: ['createdAt'] } },
}).queries;
const oneTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

describe('numbers of tickets', function () {
  this.timeout(60_000);
  let month: Date;
  const now = () => month;
  let apis: readonly TestApi[];
  let stop: () => Promise<void>;
  let runtime: Runtime;
  let noc: Member;
  let admin: Member;

  before(async () => {
    month = ownMonth();
    ({ apis, stop } = await startInstances(3, { now }));
    ({ runtime } = nth(apis, 0));
  });
  after(() => stop());

  /** Renews the session, because these tests move the clock by months. */
  const travel = async (to = ownMonth()): Promise<void> => {
    month = to;
    const world = cgsWorld(nth(apis, 0));
    [noc, admin] = await Promise.all([world.member('NOC'), world.member('SuperAdmin')]);
  };
  beforeEach(() => travel());

  const request = (more: object = {}): Sending => ({
    as: noc,
    body: {
      // Without a client there is no SLA, so no sweep ever finds tickets this old.
      client: null,
      customerType: 'Dedicated',
      address: 'Jl. Asia Afrika 8, Bandung',
      region: 'West',
      type: 'Trouble',
      source: 'Whatsapp',
      indicationCategory: 'FiberCut',
      networkSegment: 'Access',
      ...more,
    },
  });
  const create = ({ url }: TestApi, sending = request()) =>
    send(url, 'POST', '/v1/tickets', sending);

  const countOf = async (date = month) => {
    const key = counters.doc(countId(date));
    return (await runtime.store.get(key))?.data;
  };

  /** The numbers of all tickets of this time; its counter must have the same count. */
  const numbers = async (date = month): Promise<number[]> => {
    const found = await runtime.store.find({
      anyOf: [ofMoment.where({ createdAt: date })],
      limit: 500,
    });
    return found.map(({ data }) => numberOf(data.ticketId)).sort((a, b) => a - b);
  };

  /** The numbers in the answers, each checked against its document. */
  const numbersIn = async (answers: readonly Received[]): Promise<number[]> => {
    const created = answers.filter(({ status }) => status === 201);
    const keys = created.map(({ body }) => tickets.doc(textAt(body, 'data', 'result', 'id')));
    const reads = await runtime.store.load(keys);
    const kept = keys.map((key) => reads.get(key)?.data.ticketId);
    expect(kept).to.deep.equal(created.map(({ body }) => at(body, 'data', 'result', 'ticketId')));
    return kept.map((ticketId = '') => numberOf(ticketId)).sort((a, b) => a - b);
  };

  /** All answers are 201, and they, the documents and the counter agree on 1 to `count`. */
  const expectRow = async (answers: readonly Received[], count: number) => {
    expect(statuses(answers)).to.deep.equal(new Set([201]));
    expect(await numbersIn(answers)).to.deep.equal(oneTo(count));
    expect(await numbers()).to.deep.equal(oneTo(count));
    expect((await countOf())?.count).to.equal(count);
  };

  const statuses = (answers: readonly Received[]) => new Set(answers.map(({ status }) => status));

  it('run from 1 to 200 for 200 creates at once over three instances', async () => {
    const answers = await Promise.all(oneTo(200).map((n) => create(nth(apis, n))));
    expect(statuses(answers)).to.deep.equal(new Set([201]));
    expect(await numbersIn(answers)).to.deep.equal(oneTo(200));
    const names = {
      month: month.toLocaleString('en', { month: 'long', timeZone: 'Asia/Jakarta' }),
    };
    expect(await countOf()).to.deep.include({ count: 200, year: month.getUTCFullYear(), ...names });
  });

  it('are shared by both types of ticket', async () => {
    const types = oneTo(20).map((n) => (n % 2 === 0 ? 'Trouble' : 'Maintenance'));
    const answers = await Promise.all(
      types.map((type, n) => create(nth(apis, n), request({ type }))),
    );
    await expectRow(answers, 20);
    const prefixes = answers.map(({ body }) => textAt(body, 'data', 'result', 'ticketId'));
    const expected = types.map((type) => (type === 'Trouble' ? 'TRB-' : 'MNT-'));
    expect(prefixes.map((id) => id.slice(0, 4))).to.deep.equal(expected);
  });

  it('have no gap where some bodies are refused', async () => {
    const bad = [{ source: 'Pigeon' }, { client: randomUUID() }, { region: 'East' }, { extra: 1 }];
    const answers = await Promise.all([
      ...oneTo(40).map((n) => create(nth(apis, n))),
      ...bad.map((more, n) => create(nth(apis, n), request(more))),
    ]);
    expect(answers.slice(40).map(({ status }) => status)).to.deep.equal([400, 400, 403, 400]);
    await expectRow(answers.slice(0, 40), 40);
  });

  it('have no gap where idempotency keys collide', async () => {
    const keys = oneTo(10).map(() => randomUUID());
    const answers = await Promise.all(
      oneTo(60).map((n) =>
        create(nth(apis, n), { ...request(), headers: { 'Idempotency-Key': nth(keys, n) } }),
      ),
    );
    expect(statuses(answers)).to.deep.equal(new Set([201]));
    expect(new Set(await numbersIn(answers))).to.deep.equal(new Set(oneTo(10)));
    expect(await numbers()).to.deep.equal(oneTo(10));
    expect((await countOf())?.count).to.equal(10);
  });

  it('start again with each month of the operator’s time zone', async () => {
    const last = lastMomentOfMonth(month);
    await travel(last);
    const before = await Promise.all(oneTo(3).map((n) => create(nth(apis, n))));
    month = new Date(last.getTime() + 1);
    const after = await Promise.all(oneTo(3).map((n) => create(nth(apis, n))));
    expect(await numbersIn(before)).to.deep.equal(oneTo(3));
    expect(await numbersIn(after)).to.deep.equal(oneTo(3));
    // Ten days later the new month has begun in UTC too.
    const turned = new Date(month.getTime() + 10 * DAY);
    const prefix = `TRB-${countId(turned).replace('-', '')}-`;
    expect(textAt(after[0]?.body, 'data', 'result', 'ticketId').startsWith(prefix)).to.equal(true);
    expect((await countOf(turned))?.month).to.equal(nameOf(turned));
  });

  it('of two months at once run on their own', async () => {
    await travel(lastMomentOfMonth(month));
    const ahead = await startApi({ now: () => new Date(month.getTime() + 1) });
    const both = [nth(apis, 0), ahead];
    const answers = await Promise.all(oneTo(60).map((n) => create(nth(both, n))));
    await ahead.stop();
    const newMonth = answers.filter((_, index) => index % 2 === 0);
    const oldMonth = answers.filter((_, index) => index % 2 === 1);
    expect(await numbersIn(oldMonth)).to.deep.equal(oneTo(30));
    expect(await numbersIn(newMonth)).to.deep.equal(oneTo(30));
  });

  it('have no gap where every other commit of one instance fails, before or after it is applied', async () => {
    let commits = 0;
    const store = hookedStore(runtime.store, {
      commit: async (_writes, go) => {
        commits += 1;
        if (commits % 4 === 1) throw new StoreError(14, 'the connection was cut');
        await go();
        if (commits % 4 === 3) throw new StoreError(14, 'the answer was lost');
      },
    });
    const failing = await startApi({ now, store });
    const both = [failing, nth(apis, 1)];
    const answers: Received[] = [];
    for (let round = 0; round < 10; round += 1) {
      answers.push(...(await Promise.all(oneTo(12).map((n) => create(nth(both, n))))));
    }
    await failing.stop();
    // After a 503 only the documents show whether it was done.
    expect([...statuses(answers)].every((status) => status === 201 || status === 503)).to.equal(
      true,
    );
    const all = await numbers();
    expect(all).to.deep.equal(oneTo(all.length));
    expect(all).to.include.members(await numbersIn(answers));
    expect((await countOf())?.count).to.equal(all.length);
  });

  it('of a SuperAdmin and a NOC come from the same row', async () => {
    const asked = [request(), { ...request(), as: admin }];
    const answers = await Promise.all(oneTo(10).map((n) => create(nth(apis, n), nth(asked, n))));
    await expectRow(answers, 10);
  });
});
