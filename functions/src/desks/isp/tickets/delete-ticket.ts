import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp } from '../desk.ts';
import { findReplies, replies, tickets } from '../records.ts';
import { endThread, ticketOf } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';

/**
 * Deletes a ticket and its replies in one commit (contract, "Delete Ticket"). The replies are read
 * after the ticket. A reply added in between changes the ticket, so the delete is decided again; a
 * later reply finds no ticket.
 */
export const deleteTicket = isp.endpoint({
  method: 'delete',
  path: '/tickets/:id',
  summary: 'Deletes a ticket and its replies',
  returns: 'a confirmation',
  contract: 'Delete Ticket',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byNumber },
  status: 200,
  output: doneSchema,
  // The caller, the ticket and each reply, of which the sample has one; the thread besides.
  cost: { reads: 3, writes: 3 },
  audit: 'ticket',
  sample: { as: 'staff', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params }, actor, now, store, change }) =>
    change({
      gather: async (reads) => {
        // The replies are read only for a caller who may delete the ticket.
        const seen = ticketOf({ reads, actor, now }, params.id);
        return seen instanceof Problem ? [] : findReplies(store, seen.data);
      },
      decide: (situation) => {
        const seen = ticketOf(situation, params.id);
        if (seen instanceof Problem) return seen;
        const replied = situation.gathered.map(replies.remove);
        return {
          writes: [tickets.remove(seen), ...replied, endThread(seen.data.id)],
          answer: { message: 'Ticket deleted successfully' },
        };
      },
    }),
});
