import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { community } from '../desk.ts';
import { tickets } from '../records.ts';
import { isWithin } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWithNamesSchema } from '../wire.ts';
import { withNames } from './shown-names.ts';

/** Returns one ticket; 404 outside the caller's reach. */
export const getTicket = community.endpoint({
  method: 'get',
  path: '/tickets/:id',
  summary: 'Returns one ticket; residents see those of their community',
  returns: 'the ticket, with the names beside its numbers',
  contract: 'GET /api/tickets/{id}',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byNumber },
  status: 200,
  output: ticketWithNamesSchema,
  // The caller, the ticket, and the five names beside it.
  cost: { reads: 7, writes: 0 },
  sample: { as: 'RESIDENT', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input: { params }, reads, actor, store }) => {
    const seen = reads.get(tickets.doc(params.id))?.data;
    const shown = seen !== undefined && isWithin(actor, seen) ? [seen] : [];
    const [ticket] = await withNames(store, actor, shown);
    return ticket ?? community.refuse('ticket/not-found');
  },
});
