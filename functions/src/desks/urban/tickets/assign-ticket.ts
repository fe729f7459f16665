import { grants } from '../../../kernel/auth/grant.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { callerOf } from '../people.ts';
import { byId, tickets } from '../records.ts';
import { assignBody } from '../domain/schemas.ts';
import { decided } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema } from '../wire.ts';

/** Assigns a ticket to a person with active access; anybody else is a 400 on `technicianId`. */
export const assignTicket = urban.endpoint({
  method: 'patch',
  path: '/tickets/:id/assign',
  summary: 'Assigns a ticket to a technician and begins work on it',
  returns: 'the ticket as it is now',
  contract: 'Workflow, 2. Assignment',
  roles: ROLES,
  refusals: [
    'ticket/not-found',
    'ticket/forbidden',
    'ticket/final',
    'ticket/technician-invalid',
    'ticket/already-assigned',
  ],
  input: { ...noInput, params: byId, body: assignBody },
  status: 200,
  output: ticketWireSchema,
  // The caller, the ticket and the technician.
  cost: { reads: 3, writes: 1 },
  audit: 'ticket',
  sample: { as: 'Reader', given: 'pending', body: { technicianId: '{technician}' } },
  loads: ({ params, body }) => [tickets.doc(params.id), grants.doc(body.technicianId)],
  handle: ({ input: { params, body }, change }) =>
    change({
      decide: decided(params.id, ({ reads }) => {
        const person = reads.get(grants.doc(body.technicianId))?.data;
        return { name: 'assign', technician: person && callerOf(person)?.self };
      }),
    }),
});
