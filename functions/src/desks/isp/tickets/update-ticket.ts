import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp, problemOf } from '../desk.ts';
import { tickets } from '../records.ts';
import { updateTicketBody } from '../domain/schemas.ts';
import { editTicket } from '../domain/ticket.ts';
import { namedIn, namedKeys, ticketOf } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Changes the details of a ticket, but not its status (contract, "Update Ticket"). */
export const updateTicket = isp.endpoint({
  method: 'put',
  path: '/tickets/:id',
  summary: 'Changes the details of a ticket; omitted fields stay as they are',
  returns: 'a confirmation',
  contract: 'Update Ticket',
  roles: ROLES,
  refusals: ['ticket/not-found', 'ticket/subscriber-unknown'],
  input: { ...noInput, params: byNumber, body: updateTicketBody },
  status: 200,
  output: doneSchema,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'Staff', given: 'ticket', body: { title: 'Updated Title', priority: 3 } },
  loads: ({ params, body }) => [tickets.doc(params.id), ...namedKeys(body.subscriber_id)],
  handle: ({ input: { params, body: asked }, change }) =>
    change({
      decide: (situation) => {
        const { actor, now } = situation;
        const seen = ticketOf(situation, params.id);
        if (seen instanceof Problem) return seen;
        const decision = editTicket(asked, namedIn(situation, asked.subscriber_id), actor, now);
        if (!decision.ok) return problemOf(decision);
        return {
          writes: [tickets.update(seen, decision.patch)],
          answer: { message: 'Ticket updated successfully' },
        };
      },
    }),
});
