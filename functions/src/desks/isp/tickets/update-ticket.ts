import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp, problemOf } from '../desk.ts';
import { findReplies, tickets } from '../records.ts';
import { updateTicketBody } from '../domain/schemas.ts';
import { editTicket } from '../domain/ticket.ts';
import { namedIn, namedKeys, ticketOf } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { withSubscribers } from './shown-subscribers.ts';
import { ticketDetailSchema, toDetail } from '../wire.ts';

/** Changes the details of a ticket, but not its status (contract, "Update Ticket"). */
export const updateTicket = isp.endpoint({
  method: 'put',
  path: '/tickets/:id',
  summary: 'Changes the details of a ticket; omitted fields stay as they are',
  returns: 'a confirmation',
  contract: 'Update Ticket',
  roles: ROLES,
  refusals: ['ticket/not-found', 'ticket/subscriber-unknown'],
  input: { ...noInput, params: byNumber, body: editBody(updateTicketBody, ticketDetailSchema) },
  status: 200,
  output: doneSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: { as: 'staff', given: 'ticket', body: { title: 'Updated Title', priority: 3 } },
  loads: ({ params, body }) => [tickets.doc(params.id), ...namedKeys(body.asked.subscriber_id)],
  handle: ({ input: { params, body }, store, actor: caller, now: asOf, change }) => {
    const { asked, sent } = body;
    return change({
      gather: async (reads) => {
        const seen = ticketOf({ reads, actor: caller, now: asOf }, params.id);
        if (seen instanceof Problem) return undefined;
        const shown = 'subscriber_name' in sent ? [seen.data] : [];
        const [ticket] = await withSubscribers(store, caller, shown);
        return { ticket, replies: 'replies' in sent ? await findReplies(store, seen.data) : [] };
      },
      decide: (situation) => {
        const { actor, now, gathered } = situation;
        const seen = ticketOf(situation, params.id);
        if (seen instanceof Problem) return seen;
        const named = namedIn(situation, asked.subscriber_id);
        const decision = editTicket(asked, named, seen.data, actor, now);
        if (!decision.ok) return problemOf(decision);
        const present = toDetail(
          gathered?.ticket ?? seen.data,
          gathered?.replies.map(({ data }) => data) ?? [],
        );
        const changed = readOnlyChanges(sent, updateTicketBody, present);
        if (changed !== undefined) return changed;
        return {
          writes: [tickets.update(seen, decision.patch)],
          answer: { message: 'Ticket updated successfully' },
        };
      },
    });
  },
});
