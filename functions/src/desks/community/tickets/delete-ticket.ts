import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { community, problemOf } from '../desk.ts';
import { comments, commentsOn, tickets } from '../records.ts';
import { refusalOf } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketToWire, ticketWireSchema } from '../wire.ts';

/**
 * Deletes a ticket and its comments in one commit. The comments are asked for after the ticket was
 * read: one that comes in between moves the ticket, and all is decided anew; one that comes later
 * finds no ticket.
 */
export const deleteTicket = community.endpoint({
  method: 'delete',
  path: '/tickets/:id',
  summary: 'Deletes a ticket and its comments, and returns what was deleted',
  contract: 'DELETE /api/tickets/{id}',
  roles: ROLES,
  refusals: ['ticket/not-found', 'ticket/not-yours'],
  input: { ...noInput, params: byNumber },
  status: 200,
  output: ticketWireSchema,
  // The caller, the ticket and each comment, of which the sample has one; the mark of a deletion.
  cost: { reads: 3, writes: 3 },
  sample: { as: 'RESIDENT', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params }, actor, store, change }) => {
    const key = tickets.doc(params.id);
    return change({
      gather: async (reads) => {
        const ticket = reads.get(key)?.data;
        // Nobody pays for the comments of a ticket that they may not delete.
        const isTheirs = ticket !== undefined && refusalOf(ticket, actor) === undefined;
        return isTheirs ? commentsOn(store, ticket) : [];
      },
      decide: ({ reads, gathered, actor: member }) => {
        const seen = reads.get(key);
        if (seen === undefined) return community.refuse('ticket/not-found');
        const refused = refusalOf(seen.data, member);
        if (refused !== undefined) return problemOf(refused);
        return {
          writes: [tickets.remove(seen), ...gathered.map(comments.remove)],
          answer: ticketToWire(seen.data),
        };
      },
    });
  },
});
