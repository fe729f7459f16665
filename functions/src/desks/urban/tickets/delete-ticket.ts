import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { decided } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema } from '../wire.ts';

/** Deletes a ticket, whatever its status. */
export const deleteTicket = urban.endpoint({
  method: 'delete',
  path: '/tickets/:id',
  summary: 'Deletes a ticket and answers it as it was',
  contract: 'Permissions, ticket:delete',
  roles: ROLES,
  input: { ...noInput, params: byId },
  status: 200,
  output: ticketWireSchema,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'Reader', given: 'pending' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params }, change }) =>
    change({ decide: decided(params.id, () => ({ name: 'delete' })) }),
});
