import { z } from 'zod';
import { collection } from '../store/collection.ts';
import { BY_ID } from '../store/query.ts';

/** Why a webhook was switched off without a request. */
export const SWITCH_OFFS = ['gone', 'failing'] as const;
export type SwitchOff = (typeof SWITCH_OFFS)[number];

/** `webhooks/{id}`: where events are sent, and which. Only the kernel's sender reads its secrets. */
const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string().nullable(),
  /** Null for the events of all desks. */
  desk: z.string().nullable(),
  /** The kinds of events, or `*`. */
  kinds: z.array(z.string()),
  /** Null for the events of all regions, and those of none. */
  region: z.string().nullable(),
  active: z.boolean(),
  disabledReason: z.enum(SWITCH_OFFS).nullable(),
  /** The first failure since the last success. */
  failingSince: z.date().nullable(),
  secret: z.string(),
  secretSince: z.date(),
  /** The secrets before, each of which signs as well until its time; the latest last. */
  previous: z.array(z.object({ secret: z.string(), until: z.date() })),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Webhook = z.output<typeof webhookSchema>;

export const webhooks = collection('webhooks', webhookSchema, {
  unindexed: ['url', 'description', 'kinds', 'secret', 'previous'],
  queries: {
    list: { orderBy: '-createdAt' },
    active: { equal: ['active'], orderBy: BY_ID },
  },
});

export const DELIVERY_STATUSES = ['waiting', 'delivered', 'failed', 'dropped'] as const;

/** One request to the webhook: the status of its response, or why there was none. */
const attemptSchema = z.object({
  at: z.date(),
  ms: z.number().nonnegative(),
  status: z.int().nullable(),
  error: z.string().nullable(),
});
export type Attempt = z.output<typeof attemptSchema>;

/** What an event says, as it is sent. */
export const eventDataSchema = z.object({
  desk: z.string(),
  kind: z.string(),
  region: z.string().nullable(),
  subject: z.object({ collection: z.string(), id: z.string() }),
  values: z.record(z.string(), z.string()),
});
export type EventData = z.output<typeof eventDataSchema>;

/** `webhookDeliveries/{id}`: an event on its way to one webhook, and the attempts at it. */
const deliverySchema = z.object({
  /** Also the message's `webhook-id`: the same at each attempt. */
  id: z.string(),
  webhook: z.string(),
  /** `waiting` until an attempt succeeds; `dropped` without one, if the webhook is off by then. */
  status: z.enum(DELIVERY_STATUSES),
  /** Counts from 1, and once more each time that somebody has it sent again. */
  run: z.int().positive(),
  type: z.string(),
  at: z.date(),
  data: eventDataSchema,
  /** The latest ones. */
  attempts: z.array(attemptSchema),
  createdAt: z.date(),
  expiresAt: z.date(),
});
export type Delivery = z.output<typeof deliverySchema>;

export const deliveries = collection('webhookDeliveries', deliverySchema, {
  unindexed: ['id', 'type', 'at', 'data', 'attempts'],
  ttl: 'expiresAt',
  queries: {
    ofWebhook: { equal: ['webhook'], optional: ['status'], orderBy: '-createdAt' },
  },
});
