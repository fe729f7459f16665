import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { webhooks } from '../../../kernel/webhooks/collection.ts';
import { newSecret, rotated } from '../../../kernel/webhooks/secret.ts';
import { cgs, resultOf } from '../desk.ts';
import { revealed, revealedSchema } from './wire.ts';

/** Gives a webhook another secret; those before sign as well for a day. */
export const rotateSecret = cgs.endpoint({
  method: 'post',
  path: '/webhooks/:id/secret',
  summary: 'Gives a webhook another secret, and shows it this once',
  contract: 'Webhooks',
  roles: ['SuperAdmin'],
  refusals: ['webhook/not-found'],
  input: { ...noInput, params: byId },
  status: 201,
  output: resultOf(revealedSchema),
  returns: 'the webhook, with its new secret',
  cost: { reads: 2, writes: 1 },
  audit: 'webhook',
  sample: { as: 'SuperAdmin', given: 'oneWebhook' },
  loads: ({ params }) => [webhooks.doc(params.id)],
  handle: async ({ input: { params }, change }) => {
    const secret = newSecret();
    return change({
      decide: ({ reads, now }) => {
        const seen = reads.get(webhooks.doc(params.id));
        if (seen === undefined) return cgs.refuse('webhook/not-found');
        const patch = rotated(seen.data, secret, now);
        return {
          writes: [webhooks.update(seen, patch)],
          answer: { result: revealed({ ...seen.data, ...patch }) },
        };
      },
    });
  },
});
