import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Loaded } from '../../../kernel/store/document.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp } from '../desk.ts';
import { findReplies, replies, tickets } from '../records.ts';
import type { Reply } from '../domain/schemas.ts';
import { decided, ticketWrite } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';

/**
 * Deletes a ticket and its replies in one commit (contract, "Delete Ticket"). The replies are asked
 * for after the ticket was read: one that comes in between moves the ticket, and all is decided
 * anew; one that comes later finds no ticket.
 */
export const deleteTicket = isp.endpoint({
  method: 'delete',
  path: '/tickets/:id',
  summary: 'Deletes a ticket and its replies',
  contract: 'Delete Ticket',
  roles: ROLES,
  input: { ...noInput, params: byNumber },
  status: 200,
  output: doneSchema,
  // The caller, the ticket and each reply, of which the sample has one; the thread besides.
  cost: { reads: 3, writes: 3 },
  sample: { as: 'Staff', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async (context) => {
    const { input, store, change } = context;
    let found: readonly Loaded<Reply>[] = [];
    const decide = decided(
      input.params.id,
      () => ({ name: 'delete' }),
      { message: 'Ticket deleted successfully' },
      (outcome) => [ticketWrite(outcome), ...found.map((reply) => replies.remove(reply))],
    );
    const refusal = decide(context);
    if (refusal instanceof Problem) return refusal;
    return change(decide, async (declared) => {
      const ticket = declared.get(tickets.doc(input.params.id));
      found = ticket === undefined ? [] : await findReplies(store, ticket.data);
      return [];
    });
  },
});
