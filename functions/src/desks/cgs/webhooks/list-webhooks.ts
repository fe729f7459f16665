import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pageQuery, readPage } from '../../../kernel/store/page.ts';
import { webhooks } from '../../../kernel/webhooks/collection.ts';
import { cgs, listOf } from '../desk.ts';
import { webhookToWire, webhookWireSchema } from './wire.ts';

/** The webhooks, newest first, in pages. */
export const listWebhooks = cgs.endpoint({
  method: 'get',
  path: '/webhooks',
  summary: 'Lists the webhooks, newest first',
  contract: 'Webhooks',
  roles: ['SuperAdmin'],
  input: { ...noInput, query: z.strictObject(pageQuery) },
  status: 200,
  output: listOf(webhookWireSchema),
  returns: 'a page of webhooks',
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'SuperAdmin', given: 'oneWebhook', query: { limit: '5' } },
  handle: async ({ input: { query }, store }) => {
    const criteria = { anyOf: [webhooks.queries.list.where({})] };
    const { rows, page } = await readPage(store, criteria, query);
    return { result: rows.map(({ data }) => webhookToWire(data)), page };
  },
});
