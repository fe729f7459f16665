import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pageQuery, pageSchema, readPage } from '../../../kernel/store/page.ts';
import { cgs } from '../desk.ts';
import { isFound, ticketFilters, ticketQuery } from './filters.ts';
import { ticketRowSchema, toRow } from './wire.ts';
import { optional } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';

const listQuery = z.strictObject({
  ...ticketFilters,
  count: optional(z.enum(['true', 'false'])).meta({ description: 'whether to return `total`' }),
  ...pageQuery,
});

/** The tickets that the caller may see, newest first, in pages (contract, "Ticket 2"). */
export const listTickets = cgs.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists the tickets that the caller may see, newest first',
  contract: 'Ticket 2',
  roles: ROLES,
  input: { ...noInput, query: listQuery },
  status: 200,
  returns: 'a page of tickets',
  output: z.object({
    result: z.array(ticketRowSchema),
    page: pageSchema.extend({
      total: z.int().optional().meta({
        description: 'with `count=true`: how many match in all; of `q`, its longest word counts',
      }),
    }),
  }),
  // With `count=true`, one more for each 1,000 tickets that are counted.
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'NOC', given: 'Open', query: { type: 'Trouble', agingTime: 'under' } },
  handle: async ({ input: { query }, ...context }) => {
    const { store } = context;
    const asked = await ticketQuery(context, query);
    const [{ rows, page }, total] = await Promise.all([
      readPage(store, asked, query),
      query.count === 'true' ? store.count(asked) : undefined,
    ]);
    const found = rows.filter(({ data }) => isFound(query, data));
    const result = found.map(({ data }) => toRow(data));
    return { result, page: { ...page, ...(total === undefined ? {} : { total }) } };
  },
});
