import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { type Webhook, webhooks } from '../../../kernel/webhooks/collection.ts';
import { cgs, resultOf } from '../desk.ts';
import { type EventDesk, givenBy, refusalOf, updateBodyOf } from './given.ts';
import { webhookToWire, webhookWireSchema } from './wire.ts';

/** Switching it on, or sending it elsewhere, forgets its failures. */
const healthAfter = (before: Webhook, after: Pick<Webhook, 'url' | 'active'>) =>
  after.url !== before.url || (after.active && !before.active)
    ? { disabledReason: null, failingSince: null }
    : {};

/** Changes a webhook; `active: true` switches on one that was switched off. */
export const updateWebhook = (desks: readonly EventDesk[]): Endpoint => {
  const body = updateBodyOf(desks);
  return cgs.endpoint({
    method: 'put',
    path: '/webhooks/:id',
    summary: 'Changes one webhook; what is left out stays as it is',
    contract: 'Webhooks',
    roles: ['SuperAdmin'],
    refusals: ['webhook/not-found'],
    input: { ...noInput, params: byId, body: editBody(body, webhookWireSchema) },
    status: 200,
    output: resultOf(webhookWireSchema),
    returns: 'the webhook after the change',
    cost: { reads: 2, writes: 1 },
    audit: 'webhook',
    sample: { as: 'SuperAdmin', given: 'oneWebhook', body: { kinds: ['accessGranted'] } },
    loads: ({ params }) => [webhooks.doc(params.id)],
    handle: ({ input, runtime, change }) =>
      change({
        decide: ({ reads, now }) => {
          const seen = reads.get(webhooks.doc(input.params.id));
          if (seen === undefined) return cgs.refuse('webhook/not-found');
          const { sent, asked } = input.body;
          const given = givenBy(asked, seen.data);
          const refused =
            readOnlyChanges(sent, body, webhookToWire(seen.data)) ??
            refusalOf(given, desks, runtime.config);
          if (refused !== undefined) return refused;
          const patch = { ...given, ...healthAfter(seen.data, given), updatedAt: now };
          return {
            writes: [webhooks.update(seen, patch)],
            answer: { result: webhookToWire({ ...seen.data, ...patch }) },
          };
        },
      }),
  });
};
