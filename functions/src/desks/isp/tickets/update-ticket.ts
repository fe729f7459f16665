import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp } from '../desk.ts';
import { tickets } from '../records.ts';
import { updateTicketBody } from '../domain/schemas.ts';
import { decided, namedIn, namedKeys, ticketWrite, touchNamed } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Changes what a ticket says; its status has a path of its own (contract, "Update Ticket"). */
export const updateTicket = isp.endpoint({
  method: 'put',
  path: '/tickets/:id',
  summary: 'Changes the details of a ticket; what is left out stays',
  contract: 'Update Ticket',
  roles: ROLES,
  input: { ...noInput, params: byNumber, body: updateTicketBody },
  status: 200,
  output: doneSchema,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'Staff', given: 'ticket', body: { title: 'Updated Title', priority: 3 } },
  loads: ({ params, body }) => [tickets.doc(params.id), ...namedKeys(body.subscriber_id)],
  handle: ({ input: { params, body: asked }, change }) =>
    change({
      decide: decided(
        params.id,
        (situation) => ({ name: 'edit', asked, named: namedIn(situation, asked.subscriber_id) }),
        { message: 'Ticket updated successfully' },
        (outcome, { now }) => [ticketWrite(outcome), ...touchNamed(asked.subscriber_id, now)],
      ),
    }),
});
