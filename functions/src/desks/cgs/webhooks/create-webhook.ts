import { type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { type Webhook, webhooks } from '../../../kernel/webhooks/collection.ts';
import { newSecret } from '../../../kernel/webhooks/secret.ts';
import { cgs, resultOf } from '../desk.ts';
import { createBodyOf, type EventDesk, givenBy, refusalOf } from './given.ts';
import { revealed, revealedSchema } from './wire.ts';

/** Adds a webhook; only this response has its secret. */
export const createWebhook = (desks: readonly EventDesk[]): Endpoint =>
  cgs.endpoint({
    method: 'post',
    path: '/webhooks',
    summary: 'Adds a webhook, and shows its secret this once',
    contract: 'Webhooks',
    roles: ['SuperAdmin'],
    input: { ...noInput, body: createBodyOf(desks) },
    status: 201,
    output: resultOf(revealedSchema),
    returns: 'the new webhook, with its secret',
    cost: { reads: 1, writes: 1 },
    audit: 'webhook',
    sample: {
      as: 'SuperAdmin',
      body: {
        url: 'https://hooks.example.com/crewline',
        description: 'The status page',
        desk: 'cgs',
        kinds: ['opened', 'closed'],
        region: 'West',
      },
    },
    handle: async ({ input: { body }, runtime, change }) => {
      const empty = { url: '', description: null, desk: null, kinds: [], region: null };
      const given = givenBy(body, { ...empty, active: true });
      const refused = refusalOf(given, desks, runtime.config);
      if (refused !== undefined) return refused;
      const id = runtime.newId();
      const secret = newSecret();
      return change({
        decide: ({ now }) => {
          const health = { disabledReason: null, failingSince: null };
          const dates = { secretSince: now, createdAt: now, updatedAt: now };
          const webhook: Webhook = { id, ...given, ...health, secret, previous: [], ...dates };
          return { writes: [webhooks.create(id, webhook)], answer: { result: revealed(webhook) } };
        },
      });
    },
  });
