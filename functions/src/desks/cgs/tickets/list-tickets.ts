import { z } from 'zod';
import { type Context, noInput } from '../../../kernel/http/endpoint.ts';
import { pageQuery } from '../../../kernel/store/page.ts';
import { countedPageSchema, countQuery, readCountedPage } from '../counted-page.ts';
import { cgs } from '../desk.ts';
import { boardFilters, findsBy, isByDueTime, ticketFilters, ticketQuery } from './filters.ts';
import { type Reading, rows, whole } from './queries.ts';
import { boardRowSchema, ticketRowSchema, toBoardRow, toRow } from './wire.ts';
import { optional, type Person, type Ticket } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';

const listQuery = z
  .strictObject({
    ...ticketFilters,
    ...boardFilters,
    view: optional(z.enum(['full'])).meta({ description: 'whole tickets, for a board' }),
    ...countQuery,
    ...pageQuery,
  })
  .refine((query) => !isByDueTime(query) || !(query.from ?? query.to), {
    path: ['from'],
    error: 'Leave out from and to: this list is sorted by when tickets are due.',
  });
type ListQuery = z.output<typeof listQuery>;

/** A page of tickets that are read and shown in one way, and how many there are if asked for. */
const pageOf = async <T extends Pick<Ticket, 'ticketId' | 'client'>, R>(
  context: Context<Person, { readonly query: ListQuery }>,
  reading: Reading<T>,
  show: (ticket: T) => R,
) => {
  const { store } = context;
  const { query } = context.input;
  const asked = await ticketQuery(context, query, reading);
  const { rows: found, page } = await readCountedPage(store, asked, query, findsBy(query));
  return { result: found.map(({ data }) => show(data)), page };
};

/** The tickets that the caller may see, newest first, in pages (contract, "Ticket 2"). */
export const listTickets = cgs.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists the tickets that the caller may see, newest or first due first',
  contract: 'Ticket 2',
  roles: ROLES,
  input: { ...noInput, query: listQuery },
  status: 200,
  returns: 'a page of tickets',
  output: z.object({
    result: z.union([z.array(boardRowSchema), z.array(ticketRowSchema)]),
    page: countedPageSchema,
  }),
  // With `count=true`, one more for each 1,000 tickets that are counted.
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'NOC', given: 'Open', query: { type: 'Trouble', agingTime: 'under' } },
  handle: (context) =>
    context.input.query.view === 'full'
      ? pageOf(context, whole, toBoardRow)
      : pageOf(context, rows, toRow),
});
