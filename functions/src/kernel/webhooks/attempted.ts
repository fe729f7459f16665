import type { Loaded, Write } from '../store/document.ts';
import {
  type Attempt,
  deliveries,
  type Delivery,
  type SwitchOff,
  type Webhook,
  webhooks,
} from './collection.ts';

/** What an attempt comes to: done, to be repeated, or never again. */
export const verdictOf = (
  { status }: Pick<Attempt, 'status'>,
  isLast: boolean,
): 'delivered' | 'waiting' | 'failed' => {
  if (status !== null && status >= 200 && status < 300) return 'delivered';
  // Gone: the receiver wants to hear no more.
  return isLast || status === 410 ? 'failed' : 'waiting';
};

/** A webhook that has failed for so long, with no success in between, is switched off. */
const PATIENCE_MS = 5 * 24 * 60 * 60_000;

const switchedOff = (disabledReason: SwitchOff, now: Date) =>
  ({ active: false, disabledReason, updatedAt: now }) satisfies Partial<Webhook>;

/** How a webhook changes by an attempt; undefined if it does not. */
const webhookAfter = (
  { active, failingSince }: Webhook,
  { status, at }: Attempt,
  verdict: Delivery['status'],
): Partial<Webhook> | undefined => {
  if (verdict === 'delivered') return failingSince === null ? undefined : { failingSince: null };
  if (!active) return undefined;
  if (status === 410) return switchedOff('gone', at);
  if (failingSince === null) return { failingSince: at };
  const isOver = at.getTime() - failingSince.getTime() >= PATIENCE_MS;
  return isOver ? switchedOff('failing', at) : undefined;
};

const MOST_ATTEMPTS = 50;

/** An attempt at the run of a delivery. */
export interface Attempted {
  readonly run: number;
  readonly attempt: Attempt;
  readonly isLast: boolean;
}

/** Pure: the writes that note an attempt, and why the webhook is switched off, if it is. */
export const planAttempt = (
  delivery: Loaded<Delivery>,
  webhook: Loaded<Webhook> | undefined,
  { run, attempt, isLast }: Attempted,
): { readonly writes: readonly Write[]; readonly switchOff: SwitchOff | undefined } => {
  const { status, attempts } = delivery.data;
  const verdict = verdictOf(attempt, isLast);
  // Another run may have begun, or ended, meanwhile; what comes of it, its own attempts say.
  const isCurrent = delivery.data.run === run && status === 'waiting';
  const noted = deliveries.update(delivery, {
    attempts: [...attempts, attempt].slice(-MOST_ATTEMPTS),
    ...(isCurrent && { status: verdict }),
  });
  const changed = webhook && webhookAfter(webhook.data, attempt, verdict);
  return {
    writes: webhook && changed ? [noted, webhooks.update(webhook, changed)] : [noted],
    switchOff: changed?.disabledReason ?? undefined,
  };
};
