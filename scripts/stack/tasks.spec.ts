import { expect } from 'chai';
import { initializeApp } from 'firebase-admin/app';
import { randomUUID } from 'node:crypto';
import { createCloudTasks } from '../../functions/src/kernel/tasks/cloud-tasks.ts';
import type { Tasks } from '../../functions/src/kernel/tasks/tasks.ts';
import type { BundledQueue } from './bundle.ts';
import { serveTasks } from './tasks.ts';

describe('the queues of the stack in one process', () => {
  const runs: { readonly data: unknown; readonly retryCount: number; readonly at: number }[] = [];
  let tasks: Tasks;
  let stop: () => void;
  /** How often the queue fails before it succeeds, and what it calls then. */
  let failures = 0;
  let succeed = (): void => {};

  const queue: BundledQueue = {
    name: 'parcels',
    retry: { minBackoffSeconds: 0.01, maxBackoffSeconds: 0.02 },
    run: async (request) => {
      runs.push({ ...request, at: Date.now() });
      if (request.retryCount < failures) throw new Error('nobody at home');
      succeed();
    },
  };

  before(async () => {
    const { host, close } = await serveTasks([queue], 0);
    process.env['CLOUD_TASKS_EMULATOR_HOST'] = host;
    const app = initializeApp({ projectId: 'demo-tasks', serviceAccountId: 'demo' }, 'tasks');
    tasks = createCloudTasks(app, { region: 'asia-southeast2' });
    stop = close;
  });
  after(() => {
    delete process.env['CLOUD_TASKS_EMULATOR_HOST'];
    stop();
  });

  const done = async (at?: Date): Promise<{ id: string; attempts: typeof runs }> => {
    runs.length = 0;
    const id = randomUUID();
    const success = new Promise<void>((resolve) => {
      succeed = resolve;
    });
    const added = await tasks.enqueue('parcels', { id, data: { to: 'Zoë' }, ...(at && { at }) });
    expect(added).to.equal('queued');
    await success;
    return { id, attempts: [...runs] };
  };

  it('run a task with its data, again until it succeeds', async () => {
    failures = 2;
    const { id, attempts } = await done();
    expect(attempts.map(({ retryCount }) => retryCount)).to.deep.equal([0, 1, 2]);
    for (const { data } of attempts) expect(data).to.deep.include({ id, data: { to: 'Zoë' } });
  });

  it('run it not before its time', async () => {
    failures = 0;
    const at = new Date(Date.now() + 100);
    const { attempts } = await done(at);
    expect(attempts[0]?.at).to.be.at.least(at.getTime());
  });

  it('take a second task of the same id for known', async () => {
    failures = 0;
    const { id } = await done();
    expect(await tasks.enqueue('parcels', { id, data: {} })).to.equal('known');
  });

  it('refuse a task for a queue that is not there', async () => {
    const failed = await tasks.enqueue('letters', { id: 'a', data: {} }).catch((error) => error);
    expect(failed).to.be.instanceOf(Error);
  });
});
