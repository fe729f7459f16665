import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { webhooks } from '../../../kernel/webhooks/collection.ts';
import { cgs, resultOf } from '../desk.ts';
import { webhookToWire, webhookWireSchema } from './wire.ts';

/** Deletes a webhook. What waits for it is dropped. */
export const deleteWebhook = cgs.endpoint({
  method: 'delete',
  path: '/webhooks/:id',
  summary: 'Deletes one webhook, with its secret',
  contract: 'Webhooks',
  roles: ['SuperAdmin'],
  refusals: ['webhook/not-found'],
  input: { ...noInput, params: byId },
  status: 200,
  output: resultOf(webhookWireSchema),
  returns: 'the deleted webhook',
  cost: { reads: 2, writes: 1 },
  audit: 'webhook',
  sample: { as: 'SuperAdmin', given: 'oneWebhook' },
  loads: ({ params }) => [webhooks.doc(params.id)],
  handle: ({ input: { params }, change }) =>
    change({
      decide: ({ reads }) => {
        const seen = reads.get(webhooks.doc(params.id));
        return seen === undefined
          ? cgs.refuse('webhook/not-found')
          : { writes: [webhooks.remove(seen)], answer: { result: webhookToWire(seen.data) } };
      },
    }),
});
