import { expect } from 'chai';
import express from 'express';
import jwt from 'jsonwebtoken';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { startRuntime } from '../../src/kernel/start.ts';
import { defineQueue, type Delivery } from '../../src/kernel/tasks/queue.ts';
import { queueFunction } from '../../src/kernel/tasks/queue-function.ts';
import { send } from '../support/client.ts';

const HOST = `http://${process.env['CLOUD_TASKS_EMULATOR_HOST']}`;
const PROJECT = `demo-${randomUUID()}`;

describe('a queue on the emulator of Cloud Tasks', function () {
  this.timeout(30_000);
  const handled: Delivery[] = [];
  const lines: string[] = [];
  const ended = new Map<string, () => void>();
  const queue = defineQueue({
    name: 'parcels',
    data: z.strictObject({ successAt: z.number() }),
    retry: {
      maxAttempts: 3,
      minBackoffSeconds: 0.1,
      maxBackoffSeconds: 1,
      maxDoublings: 2,
      maxRetrySeconds: 0,
    },
    rate: { maxConcurrentDispatches: 10, maxDispatchesPerSecond: 10 },
    handle: async (_, { successAt }, delivery) => {
      handled.push(delivery);
      const isSuccess = delivery.attempt === successAt;
      if (isSuccess || delivery.isLast) ended.get(delivery.id)?.();
      if (!isSuccess) throw new Error('nobody at home');
    },
  });
  let server: Server;
  let runtime: Runtime;

  /** Adds a task; resolves when its last attempt was made. */
  const done = async (id: string, successAt: number): Promise<Delivery[]> => {
    const end = new Promise<void>((resolve) => ended.set(id, resolve));
    expect(await runtime.tasks.enqueue('parcels', { id, data: { successAt } })).to.equal('queued');
    await end;
    return handled.filter((delivery) => delivery.id === id);
  };

  before(async () => {
    const log = { write: (severity: string) => void lines.push(severity) };
    runtime = startRuntime({ GCLOUD_PROJECT: PROJECT, WEB_API_KEY: 'demo' }, { log });
    const app = express().use((req, _, next) => {
      // The platform has checked it; the function wants to see that it is there.
      req.headers.authorization = `Bearer ${jwt.sign({}, 'anything')}`;
      next();
    });
    const handle = queueFunction(queue, () => runtime);
    app
      .use(express.json())
      .post('/', (req, res) => handle(Object.assign(req, { rawBody: Buffer.alloc(0) }), res));
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    const path = `/projects/${PROJECT}/locations/${runtime.config.region}/queues/queues-parcels`;
    const body = {
      retryConfig: queue.retry,
      rateLimits: queue.rate,
      defaultUri: `http://127.0.0.1:${port}/`,
    };
    expect(await send(HOST, 'POST', path, { body })).to.include({ status: 200 });
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('delivers a task once when it succeeds, whatever its id looks like', async () => {
    const id = 'tickets/ü 1 → West';
    expect(await done(id, 1)).to.deep.equal([{ id, attempt: 1, isLast: false }]);
  });

  it('delivers it again after failures, until it succeeds', async () => {
    expect(await done('second-try', 2)).to.deep.equal([
      { id: 'second-try', attempt: 1, isLast: false },
      { id: 'second-try', attempt: 2, isLast: false },
    ]);
  });

  it('gives it up after its last attempt, with one error', async () => {
    lines.length = 0;
    const last = await done('never', 0);
    expect(last.map(({ isLast }) => isLast)).to.deep.equal([false, false, true]);
    await done('afterwards', 1);
    expect(lines).to.deep.equal(['WARNING', 'WARNING', 'ERROR']);
    expect(handled.filter(({ id }) => id === 'never')).to.have.length(3);
  });

  it('does not take a second task of the same id, also when the first has ended', async () => {
    await done('once', 1);
    const again = await runtime.tasks.enqueue('parcels', { id: 'once', data: { successAt: 1 } });
    expect(again).to.equal('known');
    await done('another', 1);
    expect(handled.filter(({ id }) => id === 'once')).to.have.length(1);
  });

  it('refuses a task for a queue that does not exist', async () => {
    const failed = await runtime.tasks
      .enqueue('letters', { id: 'one', data: {} })
      .catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(Error);
  });
});
