import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { maySee } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWithPeopleSchema, toWireWithPeople } from '../wire.ts';

/** Returns one ticket with its people; 404 for one that the caller may not see. */
export const getTicket = urban.endpoint({
  method: 'get',
  path: '/tickets/:id',
  summary: 'Returns one ticket with who opened it and who works on it',
  returns: 'the ticket with its people',
  contract: 'Single Ticket Response',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byId },
  status: 200,
  output: ticketWithPeopleSchema,
  cost: { reads: 2, writes: 0 },
  sample: { as: 'Citizen', given: 'pending' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input: { params }, reads, actor }) => {
    const seen = reads.get(tickets.doc(params.id));
    if (seen === undefined || !maySee(actor, seen.data)) return urban.refuse('ticket/not-found');
    return toWireWithPeople(seen.data);
  },
});
