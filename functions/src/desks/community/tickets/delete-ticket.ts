import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { community, problemOf } from '../desk.ts';
import { comments, commentsOn, tickets } from '../records.ts';
import { decide } from '../domain/ticket.ts';
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
  summary: 'Deletes a ticket and its comments, and answers what was deleted',
  contract: 'DELETE /api/tickets/{id}',
  roles: ROLES,
  input: { ...noInput, params: byNumber },
  status: 200,
  output: ticketWireSchema,
  // The caller, the ticket and each comment, of which the sample has one.
  cost: { reads: 3, writes: 2 },
  sample: { as: 'RESIDENT', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params }, actor, now, store, change }) => {
    const key = tickets.doc(params.id);
    return change({
      gather: async (reads) => {
        const ticket = reads.get(key)?.data;
        // Nobody pays for the comments of a ticket that they may not delete.
        const isTheirs = decide({ name: 'delete' }, ticket, actor, now).ok;
        return ticket !== undefined && isTheirs ? commentsOn(store, ticket) : [];
      },
      decide: ({ reads, gathered, actor: member, now: moment }) => {
        const seen = reads.get(key);
        const decision = decide({ name: 'delete' }, seen?.data, member, moment);
        if (!decision.ok) return problemOf(decision);
        if (seen === undefined) throw new Error(`ticket ${params.id} was decided on but not there`);
        return {
          writes: [tickets.remove(seen), ...gathered.map(comments.remove)],
          answer: ticketToWire(seen.data),
        };
      },
    });
  },
});
