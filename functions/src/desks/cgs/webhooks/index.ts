import type { Endpoint } from '../../../kernel/http/endpoint.ts';
import { createWebhook } from './create-webhook.ts';
import { deleteWebhook } from './delete-webhook.ts';
import type { EventDesk } from './given.ts';
import { getWebhook } from './get-webhook.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listWebhooks } from './list-webhooks.ts';
import { retryDelivery } from './retry-delivery.ts';
import { rotateSecret } from './rotate-secret.ts';
import { testWebhook } from './test-webhook.ts';
import { updateWebhook } from './update-webhook.ts';

/** The webhooks of all desks, and what they were sent. */
export const webhookEndpoints = (desks: readonly EventDesk[]): readonly Endpoint[] => [
  listWebhooks,
  createWebhook(desks),
  getWebhook,
  updateWebhook(desks),
  deleteWebhook,
  rotateSecret,
  testWebhook,
  listDeliveries,
  retryDelivery,
];
