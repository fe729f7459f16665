import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { dispatch } from '../../functions/src/kernel/tasks/dispatch.ts';
import { pack } from '../../functions/src/kernel/tasks/envelope.ts';
import { announce } from '../../functions/src/kernel/webhooks/announce.ts';
import { deliveries, webhooks } from '../../functions/src/kernel/webhooks/collection.ts';
import { taskOf, webhookQueue } from '../../functions/src/kernel/webhooks/queue.ts';
import { startReceiver } from '../../functions/test/support/receiver.ts';
import type { Bench } from './bench-world.ts';
import { type Line, median, ms, timed, times } from './line.ts';

const WEBHOOKS = 50;
const CHANGES = 10;
const AT_ONCE = 20;

/** Adds the webhooks, all with one receiver; resolves to their ids. */
const addWebhooks = async ({ world, db }: Bench, url: string): Promise<string[]> => {
  const as = await world.member('SuperAdmin');
  await times(WEBHOOKS, async () => {
    const { status, text } = await world.call('POST', '/v1/webhooks', {
      as,
      body: { url, kinds: ['*'] },
    });
    if (status !== 201) throw new Error(text);
  });
  return (await db.collection(webhooks.name).listDocuments()).map(({ id }) => id);
};

/** Tells of one change, as the trigger does. */
const tell = ({ api: { runtime } }: Bench): Promise<void> =>
  announce(runtime, [
    {
      id: randomUUID(),
      desk: 'cgs',
      kind: 'closed',
      region: 'West',
      at: runtime.now(),
      subject: { collection: 'tickets', id: randomUUID() },
      values: { number: 'TRB-202611-0001' },
    },
  ]);

/** Sends what waits, as the queue does; resolves to how many were sent. */
const sendAll = async ({ api: { runtime } }: Bench, ids: readonly string[]): Promise<number> => {
  const waiting = ids.map((webhook) => deliveries.queries.ofWebhook.where({ webhook }));
  const found = await pMap(waiting, (of) => runtime.store.find({ anyOf: [of], limit: CHANGES }));
  const tasks = found.flat().map(({ data }) => pack(taskOf(data), runtime.now()));
  const outcomes = await pMap(tasks, (task) => dispatch(runtime, webhookQueue, task, 1), {
    concurrency: AT_ONCE,
  });
  return outcomes.filter((outcome) => outcome === 'done').length;
};

/** Changes of which many webhooks want to hear, and the sending. */
export const deliveriesOfWebhooks: Line = {
  name: 'webhooks',
  run: async (bench) => {
    const receiver = await startReceiver();
    try {
      const ids = await addWebhooks(bench, receiver.url);
      const told = await times(CHANGES, () => timed(() => tell(bench)));
      const sent = { count: 0 };
      const took = await timed(async () => {
        sent.count = await sendAll(bench, ids);
      });
      const wanted = WEBHOOKS * CHANGES;
      if (sent.count !== wanted || receiver.arrived.length !== wanted) {
        throw new Error(`${receiver.arrived.length} of ${wanted} deliveries arrived`);
      }
      return [
        {
          what: `a change of which ${WEBHOOKS} webhooks want to hear, until all deliveries are stored`,
          value: median(told),
          unit: 'ms',
          note: `median of ${CHANGES}; ${WEBHOOKS} reads and ${WEBHOOKS} writes each`,
        },
        {
          what: `deliveries sent and noted, ${AT_ONCE} at once`,
          value: wanted / (took / 1000),
          unit: 'per second',
          note: `${ms(took)} for ${wanted}`,
        },
      ];
    } finally {
      await receiver.stop();
    }
  },
};
