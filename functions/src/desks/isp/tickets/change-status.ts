import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp } from '../desk.ts';
import { tickets } from '../records.ts';
import { statusBody } from '../domain/schemas.ts';
import { setStatus } from '../domain/ticket.ts';
import { beginThread, endThread, ticketOf } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Sets a ticket's status; each may follow any other (contract, "Change Ticket Status"). */
export const changeStatus = isp.endpoint({
  method: 'put',
  path: '/tickets/:id/status',
  summary: 'Sets the status of a ticket; this also reopens a closed one',
  returns: 'a confirmation',
  contract: 'Change Ticket Status',
  roles: ROLES,
  refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access', 'ticket/not-found'],
  input: { ...noInput, params: byNumber, body: statusBody },
  status: 200,
  output: doneSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: {
    as: 'staff',
    given: 'ticket',
    body: { isp_id: 1, branch_id: 1, user_id: 1, status: 2 },
  },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params, body: asked }, change }) =>
    change({
      decide: (situation) => {
        const { actor, now } = situation;
        const seen = ticketOf(situation, params.id, asked);
        if (seen instanceof Problem) return seen;
        const { patch, takesReplies } = setStatus(asked, seen.data, actor, now);
        const thread = takesReplies ? beginThread : endThread;
        return {
          writes: [
            tickets.update(seen, patch),
            ...(takesReplies === null ? [] : [thread(seen.data.id)]),
          ],
          answer: { message: 'Ticket status updated successfully' },
        };
      },
    }),
});
