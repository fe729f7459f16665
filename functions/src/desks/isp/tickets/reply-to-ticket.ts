import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp, problemOf } from '../desk.ts';
import { counterOf, replies, threads, tickets } from '../records.ts';
import { replyBody } from '../domain/schemas.ts';
import { replyTo } from '../domain/ticket.ts';
import { ticketOf } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';

/**
 * Adds a reply to a ticket that is not closed (contract, "Reply to Ticket"). Replies to one ticket
 * do not wait for each other: they require that its thread exists, not that its version is the same.
 */
export const replyToTicket = isp.endpoint({
  method: 'post',
  path: '/tickets/:id/reply',
  summary: 'Adds a reply to a ticket that is not closed',
  returns: 'a confirmation',
  contract: 'Reply to Ticket',
  roles: ROLES,
  refusals: [
    'user/not-yours',
    'isp/no-access',
    'branch/no-access',
    'ticket/not-found',
    'ticket/closed',
    'ticket/full',
  ],
  input: { ...noInput, params: byNumber, body: replyBody },
  status: 201,
  output: doneSchema,
  // Reads the caller, the ticket and the counter; writes the last two, the reply and the thread.
  cost: { reads: 3, writes: 4 },
  sample: {
    as: 'staff',
    given: 'ticket',
    body: {
      isp_id: 1,
      branch_id: 1,
      user_id: 1,
      message: 'We are looking into this issue.',
    },
  },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params, body: asked }, changeNumbered }) =>
    changeNumbered({
      counter: counterOf('reply'),
      decide: (situation) => {
        const { actor, now } = situation;
        const seen = ticketOf(situation, params.id, asked);
        if (seen instanceof Problem) return seen;
        const decision = replyTo(asked, seen.data, actor, now);
        if (!decision.ok) return problemOf(decision);
        return (id) => ({
          writes: [
            replies.create(String(id), decision.reply(id)),
            // Counted from the value at the commit, not from the one that was read.
            {
              op: 'patch',
              path: seen.key.path,
              by: { replyCount: 1 },
              data: { updatedAt: now },
            },
            { op: 'patch', path: threads.doc(params.id).path, by: { replyCount: 1 } },
          ],
          answer: { message: 'Reply added successfully' },
        });
      },
    }),
});
