import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { pageQuery, readPage } from '../../../kernel/store/page.ts';
import { deliveries, DELIVERY_STATUSES, webhooks } from '../../../kernel/webhooks/collection.ts';
import { cgs, listOf } from '../desk.ts';
import { optional } from '../domain/request-schemas.ts';
import { deliveryToWire, deliveryWireSchema } from './wire.ts';

const status = optional(z.enum(DELIVERY_STATUSES)).meta({
  description: 'only those in this status',
});

/** What a webhook was sent in the last 30 days, newest first, in pages. */
export const listDeliveries = cgs.endpoint({
  method: 'get',
  path: '/webhooks/:id/deliveries',
  summary: 'Lists the deliveries of a webhook with their attempts, newest first',
  contract: 'Webhooks, deliveries',
  roles: ['SuperAdmin'],
  refusals: ['webhook/not-found'],
  input: { ...noInput, params: byId, query: z.strictObject({ ...pageQuery, status }) },
  status: 200,
  output: listOf(deliveryWireSchema),
  returns: 'a page of deliveries',
  cost: { reads: (rows) => Math.max(1, rows) + 2, writes: 0 },
  sample: { as: 'SuperAdmin', given: 'oneDelivery', query: { status: 'waiting' } },
  loads: ({ params }) => [webhooks.doc(params.id)],
  handle: async ({ input: { params, query }, reads, store }) => {
    const asked = deliveries.queries.ofWebhook.where({ webhook: params.id, status: query.status });
    const { rows, page } = await readPage(store, { anyOf: [asked] }, query);
    if (reads.get(webhooks.doc(params.id)) === undefined) return cgs.refuse('webhook/not-found');
    return { result: rows.map(({ data }) => deliveryToWire(data)), page };
  },
});
