import { noInput } from '../../../kernel/http/endpoint.ts';
import { createdSchema, isp, problemOf } from '../desk.ts';
import { counterOf, tickets } from '../records.ts';
import { createTicketBody } from '../domain/schemas.ts';
import { openTicket } from '../domain/ticket.ts';
import { beginThread, namedIn, namedKeys } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Opens a ticket under the next number (contract, "Create Ticket"). */
export const createTicket = isp.endpoint({
  method: 'post',
  path: '/tickets',
  summary: 'Opens a ticket',
  returns: 'the number of the new ticket',
  contract: 'Create Ticket',
  roles: ROLES,
  refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access', 'ticket/subscriber-unknown'],
  input: { ...noInput, body: createTicketBody },
  status: 201,
  output: createdSchema,
  // The caller, the subscriber and the counter; the counter again, the ticket and its thread.
  cost: { reads: 3, writes: 3 },
  sample: {
    as: 'staff',
    given: 'subscriber',
    body: {
      isp_id: 1,
      branch_id: 1,
      user_id: 1,
      subscriber_id: 1,
      title: 'Connection Issue',
      description: 'Cannot connect to internet',
      priority: 2,
    },
  },
  loads: ({ body }) => namedKeys(body.subscriber_id),
  handle: ({ input: { body }, changeNumbered }) =>
    changeNumbered({
      counter: counterOf('ticket'),
      decide: (situation) => {
        const { actor, now } = situation;
        const opening = openTicket(body, namedIn(situation, body.subscriber_id), actor, now);
        if (!opening.ok) return problemOf(opening);
        return (id) => ({
          writes: [tickets.create(String(id), opening.ticket(id)), beginThread(id)],
          answer: { message: 'Ticket created successfully', data: { id } },
        });
      },
    }),
});
