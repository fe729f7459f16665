import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, resultOf } from '../desk.ts';
import { tickets } from './collection.ts';
import { toWire } from '../domain/schemas.ts';
import { ticketDetailSchema } from './wire.ts';
import { maySee } from '../domain/ticket.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** One ticket; 404 for one that the caller may not see. */
export const getTicket = cgs.endpoint({
  method: 'get',
  path: '/tickets/:id',
  summary: 'Returns one ticket with its log',
  contract: 'Firestore Collection, tickets',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byId },
  status: 200,
  returns: 'the ticket as it is now',
  output: resultOf(ticketDetailSchema),
  cost: { reads: 2, writes: 0 },
  sample: { as: 'FOC', given: 'Open' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input, reads, actor }) => {
    const seen = reads.get(tickets.doc(input.params.id));
    if (seen === undefined || !maySee(seen.data, actor)) return cgs.refuse('ticket/not-found');
    return { result: { id: seen.id, ...toWire(seen.data) } };
  },
});
