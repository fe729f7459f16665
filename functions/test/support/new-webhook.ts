import { randomUUID } from 'node:crypto';
import type { Webhook } from '../../src/kernel/webhooks/collection.ts';
import { newSecret } from '../../src/kernel/webhooks/secret.ts';

/** A webhook that wants the events of all desks. */
export const newWebhook = (url: string, now: Date): Webhook => ({
  id: randomUUID(),
  url,
  description: null,
  desk: null,
  kinds: ['*'],
  region: null,
  active: true,
  disabledReason: null,
  failingSince: null,
  secret: newSecret(),
  secretSince: now,
  previous: [],
  createdAt: now,
  updatedAt: now,
});
