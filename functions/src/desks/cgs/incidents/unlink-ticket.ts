import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { idText } from '../../../kernel/store/ids.ts';
import { cgs, noData, problemOf } from '../desk.ts';
import { unlinkTicket } from '../domain/incidents/linked-ticket.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { tickets } from '../tickets/collection.ts';

/** Takes a ticket out of an incident, also when the incident is closed. */
export const unlinkFromIncident = cgs.endpoint({
  method: 'delete',
  path: '/incidents/:id/tickets/:ticketId',
  summary: 'Takes a ticket that is not closed out of an incident',
  contract: 'Incidents',
  roles: OFFICERS,
  refusals: ['ticket/not-found', 'ticket/closed'],
  input: { ...noInput, params: z.strictObject({ id: idText, ticketId: idText }) },
  status: 200,
  returns: 'no data',
  output: noData,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'NOC', given: 'linkedTicket' },
  loads: ({ params }) => [tickets.doc(params.ticketId)],
  handle: ({ input: { params }, change }) =>
    change({
      decide: ({ reads, actor, now }) => {
        const seen = reads.get(tickets.doc(params.ticketId));
        if (seen === undefined) return cgs.refuse('ticket/not-found');
        const decision = unlinkTicket(seen.data, params.id, actor, now);
        if (!decision.ok) return problemOf(decision);
        return { writes: [tickets.update(seen, decision.patch)], answer: {} };
      },
    }),
});
