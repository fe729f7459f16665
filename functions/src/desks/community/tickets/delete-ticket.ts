import { noInput } from '../../../kernel/http/endpoint.ts';
import type { Loaded } from '../../../kernel/store/document.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { community, problemOf } from '../desk.ts';
import { comments, commentsOn, tickets } from '../records.ts';
import type { Comment } from '../domain/schemas.ts';
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
    let found: readonly Loaded<Comment>[] = [];
    return change(
      ({ reads, actor: member, now: moment }) => {
        const seen = reads.get(key);
        const decision = decide({ name: 'delete' }, seen?.data, member, moment);
        if (!decision.ok) return problemOf(decision);
        if (seen === undefined) throw new Error(`ticket ${params.id} was decided on but not there`);
        return {
          writes: [tickets.remove(seen), ...found.map((each) => comments.remove(each))],
          answer: ticketToWire(seen.data),
        };
      },
      async (declared) => {
        const ticket = declared.get(key)?.data;
        // Nobody pays for the comments of a ticket that they may not delete.
        const isTheirs = decide({ name: 'delete' }, ticket, actor, now).ok;
        found = ticket !== undefined && isTheirs ? await commentsOn(store, ticket) : [];
        return [];
      },
    );
  },
});
