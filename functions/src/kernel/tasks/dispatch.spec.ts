import { expect } from 'chai';
import { z } from 'zod';
import { startRuntime } from '../start.ts';
import { dispatch } from './dispatch.ts';
import { pack } from './envelope.ts';
import { defineQueue, type Delivery } from './queue.ts';

const HOUR = 3_600_000;
const DUE = new Date('2026-11-20T08:00:00.000Z');
const at = (hours: number): Date => new Date(DUE.getTime() + hours * HOUR);

/** A queue with three attempts over at least two hours, whose handler fails when it is told to. */
const scene = (hours = 0) => {
  const handled: (Delivery & { readonly data: object })[] = [];
  const lines: { severity: string; message: string; fields: object }[] = [];
  const queue = defineQueue({
    name: 'parcels',
    data: z.strictObject({ parcel: z.string(), fails: z.boolean() }),
    retry: {
      maxAttempts: 3,
      minBackoffSeconds: 1,
      maxBackoffSeconds: 10,
      maxDoublings: 2,
      maxRetrySeconds: 7200,
    },
    rate: { maxConcurrentDispatches: 1, maxDispatchesPerSecond: 1 },
    handle: async (_, data, delivery) => {
      handled.push({ ...delivery, data });
      if (data.fails) throw new Error('nobody at home');
    },
  });
  const runtime = startRuntime(
    { GCLOUD_PROJECT: 'demo-crewline', WEB_API_KEY: 'key' },
    {
      now: () => at(hours),
      log: {
        write: (severity, message, fields = {}) => lines.push({ severity, message, fields }),
      },
    },
  );
  return {
    handled,
    lines,
    deliver: (data: object, attempt: number, later: { readonly at?: Date } = {}) =>
      dispatch(runtime, queue, pack({ id: 'p-1', data, ...later }, DUE), attempt),
    deliverBody: (body: unknown) => dispatch(runtime, queue, body, 1),
  };
};

const parcel = (fails: boolean) => ({ parcel: 'a secret', fails });

describe('a task', () => {
  it('is handled with its data, under the id it was added with, and logs nothing', async () => {
    const { deliver, handled, lines } = scene();
    expect(await deliver(parcel(false), 1)).to.equal('done');
    expect(handled).to.deep.equal([
      { id: 'p-1', attempt: 1, isLast: false, data: { parcel: 'a secret', fails: false } },
    ]);
    expect(lines).to.deep.equal([]);
  });

  it('comes again when its handler fails, with a warning', async () => {
    const { deliver, lines } = scene();
    expect(await deliver(parcel(true), 1)).to.equal('again');
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include({ severity: 'WARNING' });
    expect(lines[0]?.fields).to.include({ queue: 'parcels', task: 'p-1', attempt: 1 });
    expect(lines[0]?.fields).to.include({ reason: 'nobody at home' });
  });

  for (const [attempt, hours, isLast] of [
    [2, 9, false],
    [3, 1.9, false],
    [3, 2, true],
    [4, 1.9, false],
    [5, 2.1, true],
  ] as const) {
    const what = isLast ? 'is given up, with an error' : 'is not given up';
    it(`${what}, when attempt ${attempt} fails after ${hours} hours`, async () => {
      const { deliver, handled, lines } = scene(hours);
      expect(await deliver(parcel(true), attempt)).to.equal(isLast ? 'done' : 'again');
      expect(handled[0]).to.include({ attempt, isLast });
      expect(lines.map(({ severity }) => severity)).to.deep.equal([isLast ? 'ERROR' : 'WARNING']);
    });
  }

  it('for later has its time from then on', async () => {
    const { deliver, handled } = scene(4);
    await deliver(parcel(true), 3, { at: at(2.1) });
    await deliver(parcel(true), 3, { at: at(2) });
    expect(handled.map(({ isLast }) => isLast)).to.deep.equal([false, true]);
  });

  it('that does not fit its queue is dropped with an error that shows no data', async () => {
    const { deliver, deliverBody, handled, lines } = scene();
    expect(await deliver({ parcel: 'a secret', fails: 'a secret', more: 'a secret' }, 1)).to.equal(
      'done',
    );
    expect(await deliverBody({ id: 'p-2', data: 'a secret' })).to.equal('done');
    expect(await deliverBody(undefined)).to.equal('done');
    expect(handled).to.deep.equal([]);
    expect(lines.map(({ severity }) => severity)).to.deep.equal(['ERROR', 'ERROR', 'ERROR']);
    expect(lines[0]?.fields).to.include({ queue: 'parcels', task: 'p-1' });
    expect(lines[0]?.fields).to.have.property('faults').that.includes('fails (invalid_type)');
    expect(JSON.stringify(lines)).not.to.include('a secret');
  });
});
