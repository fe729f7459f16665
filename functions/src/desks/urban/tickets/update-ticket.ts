import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { updateTicketBody } from '../domain/schemas.ts';
import { decided } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema, ticketWithPeopleSchema, toWireWithPeople } from '../wire.ts';

/** Changes the details of a ticket that is not final, but not its status. */
export const updateTicket = urban.endpoint({
  method: 'put',
  path: '/tickets/:id',
  summary: 'Changes the details of a ticket; omitted fields stay as they are',
  returns: 'the ticket as it is now',
  contract: 'Permissions, ticket:write',
  roles: ROLES,
  refusals: ['ticket/not-found', 'ticket/forbidden', 'ticket/final', 'ticket/notes-full'],
  input: { ...noInput, params: byId, body: editBody(updateTicketBody, ticketWithPeopleSchema) },
  status: 200,
  output: ticketWireSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: {
    as: 'Reader',
    given: 'pending',
    body: { category: 'ELECTRICITY', title: 'Elevator without power', notes: 'Asked the janitor.' },
  },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params, body }, change }) => {
    const { asked, sent } = body;
    return change({
      decide: decided(
        params.id,
        () => ({ name: 'edit', asked }),
        (ticket) => readOnlyChanges(sent, updateTicketBody, toWireWithPeople(ticket)),
      ),
    });
  },
});
