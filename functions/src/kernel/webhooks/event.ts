import { createHash } from 'node:crypto';
import type { Delivery, EventData, Webhook } from './collection.ts';

/** Something that happened at a desk, for those outside who want to hear of it. */
export interface WebhookEvent extends EventData {
  /** The same however often it is announced. */
  readonly id: string;
  readonly at: Date;
}

type Filters = Pick<Webhook, 'active' | 'desk' | 'kinds' | 'region'>;

/** Whether a webhook is to hear of an event. */
export const wants = ({ active, desk, kinds, region }: Filters, event: WebhookEvent): boolean =>
  active &&
  (desk === null || desk === event.desk) &&
  (kinds.includes('*') || kinds.includes(event.kind)) &&
  (region === null || region === event.region);

const KEPT_MS = 30 * 24 * 60 * 60_000;

/** A delivery that nobody has attempted. */
export const newDelivery = (
  id: string,
  webhook: string,
  { at, data }: { readonly at: Date; readonly data: EventData },
  now: Date,
): Delivery => ({
  id,
  webhook,
  status: 'waiting',
  run: 1,
  type: `${data.desk}.${data.kind}`,
  at,
  data,
  attempts: [],
  createdAt: now,
  expiresAt: new Date(now.getTime() + KEPT_MS),
});

/** The delivery of an event to a webhook; the same event gives the same id. */
export const deliveryOf = (
  { id, at, desk, kind, region, subject, values }: WebhookEvent,
  webhook: string,
  now: Date,
): Delivery => {
  const key = createHash('sha256')
    .update(JSON.stringify([id, webhook]))
    .digest('base64url');
  return newDelivery(key, webhook, { at, data: { desk, kind, region, subject, values } }, now);
};
