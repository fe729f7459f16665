import { noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS, attachable, attachTo } from '../../../kernel/media/attach.ts';
import { mediaKeys, namedIn } from '../../../kernel/media/paths.ts';
import { Problem } from '../../../kernel/problem.ts';
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
  refusals: ATTACH_REFUSALS,
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
      attachments: ['https://media.example/elevator.jpg'],
      notes: 'Urgent issue',
    },
  },
  loads: ({ body }) => mediaKeys(namedIn('attachments', body.attachments)),
  handle: ({ input: { body }, runtime, change }) => {
    const id = runtime.newId();
    const { mediaHosts: hosts } = runtime.config;
    return change({
      decide: ({ reads, actor, now }) => {
        const named = namedIn('attachments', body.attachments);
        const photos = attachable(named, { reads, by: actor.self.id, hosts });
        if (photos instanceof Problem) return photos;
        const ticket = openTicket(body, actor, id, now);
        const attached = attachTo(tickets.doc(id).path, photos);
        return { writes: [tickets.create(id, ticket), ...attached], answer: toWire(ticket) };
      },
    });
  },
});
