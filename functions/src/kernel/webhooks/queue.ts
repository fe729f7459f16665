import { z } from 'zod';
import type { Runtime } from '../runtime.ts';
import { change } from '../store/change.ts';
import { update } from '../store/update.ts';
import { defineQueue } from '../tasks/queue.ts';
import { type Attempted, planAttempt, verdictOf } from './attempted.ts';
import { type Attempt, deliveries, type Delivery, type Webhook, webhooks } from './collection.ts';
import { messageOf } from './message.ts';
import { post } from './post.ts';
import { secretsOf } from './secret.ts';

const dataSchema = z.strictObject({
  delivery: z.string(),
  webhook: z.string(),
  run: z.int().positive(),
});
type Data = z.output<typeof dataSchema>;

/** The task of a delivery's present run. */
export const taskOf = ({ id, webhook, run }: Delivery) => {
  const data: Data = { delivery: id, webhook, run };
  return { id: `${id}-${run}`, data };
};

const keysOf = ({ delivery, webhook }: Data) => [deliveries.doc(delivery), webhooks.doc(webhook)];

const isDue = (delivery: Delivery | undefined, { run }: Data): delivery is Delivery =>
  delivery?.run === run && delivery.status === 'waiting';

/** Ends a delivery to a webhook that was switched off or deleted. */
const drop = (runtime: Runtime, data: Data) => {
  const key = deliveries.doc(data.delivery);
  return update(runtime.store.metered(), runtime, {
    keys: [key],
    decide: ({ reads }) => {
      const seen = reads.get(key);
      return seen !== undefined && isDue(seen.data, data)
        ? [deliveries.update(seen, { status: 'dropped' })]
        : [];
    },
  });
};

const attemptAt = async (
  { config, now }: Runtime,
  delivery: Delivery,
  webhook: Webhook,
): Promise<Attempt> => {
  const at = now();
  const message = await messageOf(delivery, secretsOf(webhook, at), at);
  const target = { url: webhook.url, toLoopback: config.webhooksToLoopback };
  return { at, ...(await post(target, message)) };
};

/** Notes an attempt at the delivery and, where that changes, at its webhook. */
const note = async (runtime: Runtime, data: Data, attempted: Attempted): Promise<void> => {
  const store = runtime.store.metered();
  const outcome = await change(store, runtime.groups, {
    changeId: runtime.newId(),
    read: (more) => store.load([...keysOf(data), ...more]),
    decide: ({ reads }) => {
      const seen = reads.get(deliveries.doc(data.delivery));
      if (seen === undefined) return { kind: 'stop', value: undefined };
      const webhook = reads.get(webhooks.doc(data.webhook));
      const { writes, switchOff } = planAttempt(seen, webhook, attempted);
      return { kind: 'write', plan: { writes, answer: switchOff } };
    },
  });
  const reason = 'answer' in outcome ? outcome.answer : undefined;
  const { webhook } = data;
  if (reason !== undefined) {
    runtime.log.write('WARNING', 'a webhook was switched off', { webhook, reason });
  }
};

/** Sends deliveries: at least once each, in no order, again over a day until one is accepted. */
export const webhookQueue = defineQueue({
  name: 'webhooks',
  data: dataSchema,
  // 10 s, 20 s and so on to an hour, then each hour: some 30 attempts.
  retry: {
    maxAttempts: 10,
    minBackoffSeconds: 10,
    maxBackoffSeconds: 3600,
    maxDoublings: 9,
    maxRetrySeconds: 24 * 3600,
  },
  // Many at once, so that receivers that do not answer do not hold up the others.
  rate: { maxConcurrentDispatches: 200, maxDispatchesPerSecond: 100 },
  handle: async (runtime, data, { isLast }) => {
    const reads = await runtime.store.metered().load(keysOf(data));
    const delivery = reads.get(deliveries.doc(data.delivery))?.data;
    if (!isDue(delivery, data)) return;
    const webhook = reads.get(webhooks.doc(data.webhook))?.data;
    if (webhook?.active !== true) {
      await drop(runtime, data);
      return;
    }
    const attempt = await attemptAt(runtime, delivery, webhook);
    await note(runtime, data, { run: data.run, attempt, isLast });
    if (verdictOf(attempt, isLast) === 'waiting') {
      throw new Error(`the webhook answered ${attempt.status ?? attempt.error}`);
    }
  },
});
