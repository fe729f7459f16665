import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { ZodError } from 'zod';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { announce } from '../../src/kernel/webhooks/announce.ts';
import { deliveries, type Webhook, webhooks } from '../../src/kernel/webhooks/collection.ts';
import type { WebhookEvent } from '../../src/kernel/webhooks/event.ts';
import { followDeliveries } from '../../src/kernel/webhooks/follow-deliveries.ts';
import { webhookQueue } from '../../src/kernel/webhooks/queue.ts';
import { newSecret } from '../../src/kernel/webhooks/secret.ts';
import { type Hooks, hookedStore, StoreError } from '../support/hooked-store.ts';
import { ownRuntime } from '../support/own-store.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createTestTasks } from '../support/test-tasks.ts';
import { leavesUnsound } from '../support/written-data.ts';

const lost = new StoreError(14, 'the answer is lost');

describe('an event for webhooks', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  /** A store with this many webhooks that want everything, and a runtime whose calls are hooked. */
  const stage = async (count: number, hooks: Hooks = {}) => {
    const { runtime: plain } = ownRuntime();
    const tasks = createTestTasks(() => runtime);
    const runtime: Runtime = { ...plain, tasks, store: hookedStore(plain.store, hooks) };
    const now = new Date();
    const all = Array.from({ length: count }, (): Webhook => {
      const filters = { desk: null, kinds: ['*'], region: null };
      const health = { active: true, disabledReason: null, failingSince: null };
      const signing = { secret: newSecret(), secretSince: now, previous: [] };
      const record = { id: randomUUID(), url: receiver.url, description: null };
      return { ...record, ...filters, ...health, ...signing, createdAt: now, updatedAt: now };
    });
    await plain.store.commit(all.map((webhook) => webhooks.create(webhook.id, webhook)));
    const stored = () => {
      const anyOf = all.map(({ id }) => deliveries.queries.ofWebhook.where({ webhook: id }));
      return plain.store.find({ anyOf, limit: 100 });
    };
    const follow = async (): Promise<void> => {
      for (const { id, data } of await stored()) {
        await followDeliveries.handle(runtime, { id, before: undefined, after: data });
      }
    };
    return { runtime, tasks, stored, follow };
  };
  const event: WebhookEvent = {
    id: 'tickets-1-a-opened',
    desk: 'cgs',
    kind: 'opened',
    region: 'West',
    at: new Date('2026-11-20T08:00:00.000Z'),
    subject: { collection: 'tickets', id: '1' },
    values: {},
  };

  it('is announced once when the answer of the store is lost', async () => {
    let commits = 0;
    const { runtime, stored } = await stage(3, {
      commit: async (_, go) => {
        await go();
        commits += 1;
        if (commits === 1) throw lost;
      },
    });
    await announce(runtime, [event]);
    expect(await stored()).to.have.length(3);
  });

  it('is announced to the others when it was announced to some', async () => {
    const { runtime, stored } = await stage(3);
    await announce(runtime, [event]);
    const [first] = await stored();
    if (first === undefined) throw new Error('nothing was announced');
    await runtime.store.commit([deliveries.remove(first)]);
    await announce(runtime, [event]);
    expect(await stored()).to.have.length(3);
  });

  it('is announced once by two that announce it at the same moment', async () => {
    const { runtime, stored } = await stage(3);
    await Promise.all([1, 2, 3, 4].map(() => announce(runtime, [event])));
    expect(await stored()).to.have.length(3);
  });

  it('is announced to the others when one webhook can’t be read', async () => {
    const { runtime, stored } = await stage(2);
    const path = webhooks.doc('0').path;
    await runtime.store.commit([{ op: 'create', path, data: { active: true, url: 1 } }]);
    leavesUnsound((each) => each === path);
    await announce(runtime, [event]);
    expect(await stored()).to.have.length(2);
  });

  it('is not sent by a task that comes again, nor by one of an earlier run', async () => {
    const { runtime, tasks, stored, follow } = await stage(1);
    await announce(runtime, [event]);
    await follow();
    const [task] = tasks.waiting();
    await tasks.run();
    const again = async (): Promise<void> => {
      const handle = webhookQueue.handlingOf(task?.data);
      if (handle instanceof ZodError) throw handle;
      await handle(runtime, { id: task?.id ?? '', attempt: 2, isLast: false });
    };
    await again();
    const [delivered] = await stored();
    if (delivered === undefined) throw new Error('nothing was announced');
    const sentAgain = deliveries.update(delivered, { status: 'waiting', run: 2 });
    await runtime.store.commit([sentAgain]);
    await again();
    expect(receiver.arrived).to.have.length(1);
  });

  it('is sent again when nobody knows that it was accepted, under the same id', async () => {
    let isDown = false;
    const { runtime, tasks, stored, follow } = await stage(1, {
      commit: async (_, go) => {
        if (isDown) throw new StoreError(3, 'the process has ended');
        await go();
      },
    });
    await announce(runtime, [event]);
    await follow();
    isDown = true;
    await tasks.run();
    isDown = false;
    await tasks.run();
    expect(new Set(receiver.arrived.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
    expect(receiver.arrived).to.have.length(2);
    const [delivery] = await stored();
    expect(delivery?.data).to.include({ status: 'delivered' });
    expect(delivery?.data.attempts).to.have.length(1);
  });

  it('has each attempt in its list once when the answer of the store is lost', async () => {
    let isLosing = false;
    const { runtime, tasks, stored, follow } = await stage(1, {
      commit: async (_, go) => {
        await go();
        if (isLosing) {
          isLosing = false;
          throw lost;
        }
      },
    });
    await announce(runtime, [event]);
    await follow();
    isLosing = true;
    await tasks.run();
    await tasks.run();
    expect(receiver.arrived).to.have.length(1);
    const [delivery] = await stored();
    expect(delivery?.data.attempts).to.have.length(1);
  });

  it('gets its task although Cloud Tasks failed at first, and only one', async () => {
    const { runtime, tasks, stored, follow } = await stage(1);
    await announce(runtime, [event]);
    const enqueue = () => Promise.reject(new Error('Cloud Tasks does not answer'));
    const down: Runtime = { ...runtime, tasks: { enqueue } };
    const [found] = await stored();
    const written = { id: found?.id ?? '', before: undefined, after: found?.data };
    const failed = await followDeliveries.handle(down, written).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(Error);
    await follow();
    await follow();
    expect(tasks.waiting()).to.have.length(1);
  });

  it('makes no task of a write that begins no run', async () => {
    const { runtime, tasks, stored } = await stage(1);
    await announce(runtime, [event]);
    const [found] = await stored();
    const after = { ...found?.data, status: 'delivered' };
    await followDeliveries.handle(runtime, { id: found?.id ?? '', before: found?.data, after });
    expect(tasks.waiting()).to.deep.equal([]);
  });
});
