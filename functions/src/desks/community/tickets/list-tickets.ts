import { noInput } from '../../../kernel/http/endpoint.ts';
import { pageHeaders } from '../../../kernel/store/page.ts';
import { community } from '../desk.ts';
import { listTicketsOf, ticketListSchema, ticketQuery } from './ticket-list.ts';
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
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'ADMIN_COMPANY', given: 'ticket', query: { statusId: '1', limit: '5' } },
  handle: (context) => {
    const { actor, input } = context;
    const equal = actor.role === 'SYSTEM_ADMIN' ? {} : { companyId: actor.companyId };
    return listTicketsOf(context, input.query, equal);
  },
});
