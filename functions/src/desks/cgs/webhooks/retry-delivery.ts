import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { idText } from '../../../kernel/store/ids.ts';
import { deliveries, webhooks } from '../../../kernel/webhooks/collection.ts';
import { cgs, resultOf } from '../desk.ts';
import { deliveryToWire, deliveryWireSchema } from './wire.ts';

/** Sends a delivery again from now on, whatever became of it, under the same `webhook-id`. */
export const retryDelivery = cgs.endpoint({
  method: 'post',
  path: '/webhooks/:id/deliveries/:delivery/retry',
  summary: 'Sends a delivery again',
  contract: 'Webhooks, deliveries',
  roles: ['SuperAdmin'],
  refusals: ['webhook/not-found', 'webhook/delivery-not-found', 'webhook/switched-off'],
  input: { ...noInput, params: z.strictObject({ id: idText, delivery: idText }) },
  status: 202,
  output: resultOf(deliveryWireSchema),
  returns: 'the delivery, which is sent within seconds',
  cost: { reads: 3, writes: 1 },
  audit: 'webhook',
  sample: { as: 'SuperAdmin', given: 'oneDelivery' },
  loads: ({ params }) => [webhooks.doc(params.id), deliveries.doc(params.delivery)],
  handle: ({ input: { params }, change }) =>
    change({
      decide: ({ reads }) => {
        const webhook = reads.get(webhooks.doc(params.id));
        if (webhook === undefined) return cgs.refuse('webhook/not-found');
        const seen = reads.get(deliveries.doc(params.delivery));
        if (seen?.data.webhook !== params.id) return cgs.refuse('webhook/delivery-not-found');
        if (!webhook.data.active) return cgs.refuse('webhook/switched-off');
        const patch = { status: 'waiting', run: seen.data.run + 1 } as const;
        return {
          writes: [deliveries.update(seen, patch)],
          answer: { result: deliveryToWire({ ...seen.data, ...patch }) },
        };
      },
    }),
});
