import { noInput } from '../../../kernel/http/endpoint.ts';
import { pageHeaders } from '../../../kernel/store/page.ts';
import { community } from '../desk.ts';
import { listReads, listTicketsOf, ticketListSchema, ticketQuery } from './ticket-list.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Lists the caller's own tickets as a resident; none for a caller who is no resident. */
export const listMyTickets = community.endpoint({
  method: 'get',
  path: '/tickets/my',
  summary: 'Lists the caller’s own tickets, newest first',
  returns: 'a page of the caller’s tickets',
  contract: 'GET /api/tickets/my',
  roles: ROLES,
  input: { ...noInput, query: ticketQuery },
  status: 200,
  output: ticketListSchema,
  headers: pageHeaders,
  cost: { reads: listReads, writes: 0 },
  sample: { as: 'RESIDENT', given: 'ticket', query: { limit: '1' } },
  handle: (context) => {
    const { residentId } = context.actor;
    const equal = residentId === null ? undefined : { residentId };
    return listTicketsOf(context, context.input.query, equal);
  },
});
