import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { dataOf, isp } from '../desk.ts';
import { findReplies, tickets } from '../records.ts';
import { isWithin } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { withSubscribers } from './shown-subscribers.ts';
import { ticketDetailSchema, toDetail } from '../wire.ts';

/** Returns one ticket with its replies; 404 outside the caller's reach (contract, "Fetch Ticket"). */
export const getTicket = isp.endpoint({
  method: 'get',
  path: '/tickets/:id',
  summary: 'Returns one ticket with its replies, oldest first',
  returns: 'the ticket with its replies',
  contract: 'Fetch Ticket',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byNumber },
  status: 200,
  output: dataOf(ticketDetailSchema),
  // The caller, the ticket and its one reply.
  cost: { reads: 3, writes: 0 },
  sample: { as: 'staff', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input: { params }, reads, actor, store }) => {
    const seen = reads.get(tickets.doc(params.id));
    if (seen === undefined || !isWithin(actor, seen.data)) return isp.refuse('ticket/not-found');
    const [ticket = seen.data] = await withSubscribers(store, actor, [seen.data]);
    const replies = await findReplies(store, seen.data);
    return {
      data: toDetail(
        ticket,
        replies.map(({ data }) => data),
      ),
    };
  },
});
