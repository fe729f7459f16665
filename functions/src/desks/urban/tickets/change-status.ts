import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { statusBody } from '../domain/schemas.ts';
import { decided } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema } from '../wire.ts';

/** Moves a ticket to another status, with notes if there are some (contract, "Workflow"). */
export const changeStatus = urban.endpoint({
  method: 'patch',
  path: '/tickets/:id/status',
  summary: 'Moves a ticket to another status',
  returns: 'the ticket as it is now',
  contract: 'Workflow, 3. Progress and 4. Resolution',
  roles: ROLES,
  refusals: [
    'ticket/not-found',
    'ticket/forbidden',
    'ticket/final',
    'ticket/wrong-status',
    'ticket/technician-needed',
    'ticket/notes-full',
  ],
  input: { ...noInput, params: byId, body: statusBody },
  status: 200,
  output: ticketWireSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'ticket',
  sample: {
    as: 'Reader',
    given: 'in progress',
    body: { status: 'COMPLETED', notes: 'Replaced the fuse.' },
  },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params, body: asked }, change }) =>
    change({ decide: decided(params.id, () => ({ name: 'setStatus', asked })) }),
});
