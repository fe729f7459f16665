import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { webhooks } from '../../../kernel/webhooks/collection.ts';
import { cgs, resultOf } from '../desk.ts';
import { webhookToWire, webhookWireSchema } from './wire.ts';

/** One webhook, without its secret. */
export const getWebhook = cgs.endpoint({
  method: 'get',
  path: '/webhooks/:id',
  summary: 'Returns one webhook',
  contract: 'Webhooks',
  roles: ['SuperAdmin'],
  refusals: ['webhook/not-found'],
  input: { ...noInput, params: byId },
  status: 200,
  output: resultOf(webhookWireSchema),
  returns: 'the webhook',
  cost: { reads: 2, writes: 0 },
  sample: { as: 'SuperAdmin', given: 'oneWebhook' },
  loads: ({ params }) => [webhooks.doc(params.id)],
  handle: async ({ input: { params }, reads }) => {
    const seen = reads.get(webhooks.doc(params.id));
    return seen === undefined
      ? cgs.refuse('webhook/not-found')
      : { result: webhookToWire(seen.data) };
  },
});
