import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { deliveries, webhooks } from '../../../kernel/webhooks/collection.ts';
import { newDelivery } from '../../../kernel/webhooks/event.ts';
import { cgs, resultOf } from '../desk.ts';
import { deliveryToWire, deliveryWireSchema } from './wire.ts';

/** Sends an event to a webhook that says nothing but that it is a test, whatever its filters. */
export const testWebhook = cgs.endpoint({
  method: 'post',
  path: '/webhooks/:id/test',
  summary: 'Sends a test event to a webhook',
  contract: 'Webhooks',
  roles: ['SuperAdmin'],
  refusals: ['webhook/not-found', 'webhook/switched-off'],
  input: { ...noInput, params: byId },
  status: 202,
  output: resultOf(deliveryWireSchema),
  returns: 'the delivery, which is sent within seconds',
  cost: { reads: 2, writes: 1 },
  audit: 'webhook',
  sample: { as: 'SuperAdmin', given: 'oneWebhook' },
  loads: ({ params }) => [webhooks.doc(params.id)],
  handle: async ({ input: { params }, runtime, change }) => {
    const id = runtime.newId();
    return change({
      decide: ({ reads, now }) => {
        const webhook = reads.get(webhooks.doc(params.id))?.data;
        if (webhook === undefined) return cgs.refuse('webhook/not-found');
        if (!webhook.active) return cgs.refuse('webhook/switched-off');
        const subject = { collection: webhooks.name, id: webhook.id };
        const data = { desk: 'cgs', kind: 'test', region: null, subject, values: {} };
        const delivery = newDelivery(id, webhook.id, { at: now, data }, now);
        return {
          writes: [deliveries.create(id, delivery)],
          answer: { result: deliveryToWire(delivery) },
        };
      },
    });
  },
});
