import { z } from 'zod';
import {
  type Delivery,
  DELIVERY_STATUSES,
  eventDataSchema,
  SWITCH_OFFS,
  type Webhook,
} from '../../../kernel/webhooks/collection.ts';

const date = z.iso.datetime();

/** A webhook in the wire's form, which never has its secret. */
export const webhookWireSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string().nullable(),
    desk: z.string().nullable().meta({ description: 'null: events of all desks' }),
    kinds: z.array(z.string()).meta({ description: 'kinds of events; * for all' }),
    region: z.string().nullable().meta({ description: 'null: whatever the region' }),
    active: z.boolean(),
    disabledReason: z.enum(SWITCH_OFFS).nullable().meta({
      description:
        'why it was switched off: its receiver answered 410 (gone), or nothing else than failures for five days (failing)',
    }),
    failingSince: date.nullable().meta({ description: 'the first failure since a success' }),
    secretSince: date,
    createdAt: date,
    updatedAt: date,
  })
  .meta({ id: 'Webhook' });

export const webhookToWire = ({
  secret: _,
  previous: __,
  failingSince,
  secretSince,
  createdAt,
  updatedAt,
  ...webhook
}: Webhook): z.input<typeof webhookWireSchema> => ({
  ...webhook,
  failingSince: failingSince?.toISOString() ?? null,
  secretSince: secretSince.toISOString(),
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** The only form that has a secret: that of a new webhook, or of one that gets another secret. */
export const revealedSchema = webhookWireSchema
  .extend({
    secret: z.string().nullable().meta({
      description: 'shown this once; null when the request is repeated by its Idempotency-Key',
    }),
  })
  .meta({ id: 'WebhookWithSecret' });

export const revealed = (webhook: Webhook): z.input<typeof revealedSchema> => ({
  ...webhookToWire(webhook),
  secret: webhook.secret,
});

/** A delivery in the wire's form. */
export const deliveryWireSchema = z
  .object({
    id: z.string().meta({ description: 'also the header webhook-id' }),
    type: z.string(),
    status: z.enum(DELIVERY_STATUSES).meta({
      description:
        'waiting for its next attempt, delivered, failed, or dropped because the webhook was switched off',
    }),
    at: date.meta({ description: 'when it happened' }),
    data: eventDataSchema,
    attempts: z
      .array(
        z.object({
          at: date,
          ms: z.number(),
          status: z.int().nullable().meta({ description: 'of the response; null without one' }),
          error: z.string().nullable().meta({ description: 'such as TIMEOUT or ECONNREFUSED' }),
        }),
      )
      .meta({ description: 'the latest 50' }),
    createdAt: date,
  })
  .meta({ id: 'WebhookDelivery' });

export const deliveryToWire = ({
  webhook: _,
  run: __,
  expiresAt: ___,
  at,
  attempts,
  createdAt,
  ...delivery
}: Delivery): z.input<typeof deliveryWireSchema> => ({
  ...delivery,
  at: at.toISOString(),
  attempts: attempts.map((each) => ({ ...each, at: each.at.toISOString() })),
  createdAt: createdAt.toISOString(),
});
