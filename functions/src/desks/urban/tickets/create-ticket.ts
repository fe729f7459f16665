import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { tickets } from '../records.ts';
import { createTicketBody } from '../domain/schemas.ts';
import { openTicket } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema, toWire } from '../wire.ts';

/** Opens a ticket for the caller (contract, "Workflow", 1). */
export const createTicket = urban.endpoint({
  method: 'post',
  path: '/tickets',
  summary: 'Opens a ticket',
  returns: 'the new ticket',
  contract: 'Workflow, 1. Creation',
  roles: ROLES,
  input: { ...noInput, body: createTicketBody },
  status: 201,
  output: ticketWireSchema,
  cost: { reads: 1, writes: 1 },
  sample: {
    as: 'Citizen',
    body: {
      category: 'MAINTENANCE',
      title: 'Elevator Issue - Floor 3',
      description: 'Broken elevator',
      attachments: ['https://media.example/elevator.jpg', '/v1/media/5f2b.jpg'],
      notes: 'Urgent issue',
    },
  },
  handle: ({ input: { body }, runtime, change }) => {
    const id = runtime.newId();
    return change({
      decide: ({ actor, now }) => {
        const ticket = openTicket(body, actor, id, now);
        return { writes: [tickets.create(id, ticket)], answer: toWire(ticket) };
      },
    });
  },
});
