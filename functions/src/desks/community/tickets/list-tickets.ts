import { noInput } from '../../../kernel/http/endpoint.ts';
import { pageHeaders } from '../../../kernel/store/page.ts';
import { community } from '../desk.ts';
import {
  listReads,
  listTicketsOf,
  ownOfAdmin,
  ticketListSchema,
  ticketQuery,
} from './ticket-list.ts';
import { ADMINS } from '../domain/vocabulary.ts';

/** Lists the tickets of a company's communities, or all (contract, "Tickets Endpoints"). */
export const listTickets = community.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists the tickets within an administrator’s reach, newest first',
  returns: 'a page of tickets',
  contract: 'GET /api/tickets',
  roles: ADMINS,
  input: { ...noInput, query: ticketQuery },
  status: 200,
  output: ticketListSchema,
  headers: pageHeaders,
  cost: { reads: listReads, writes: 0 },
  sample: { as: 'ADMIN_COMPANY', given: 'ticket', query: { statusId: '1', limit: '1' } },
  handle: (context) => listTicketsOf(context, context.input.query, ownOfAdmin(context.actor)),
});
