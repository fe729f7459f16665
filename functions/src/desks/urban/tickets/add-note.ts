import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { noteBody } from '../domain/schemas.ts';
import { decided } from './ticket-command.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketWireSchema } from '../wire.ts';

/** Adds a note to a ticket in any status (contract, "Workflow", 3). */
export const addNote = urban.endpoint({
  method: 'patch',
  path: '/tickets/:id/notes',
  summary: 'Adds a note, for the ticket’s technician or with ticket:write, in any status',
  returns: 'the ticket as it is now',
  contract: 'Workflow, 3. Progress',
  roles: ROLES,
  refusals: ['ticket/not-found', 'ticket/forbidden', 'ticket/notes-full'],
  input: { ...noInput, params: byId, body: noteBody },
  status: 200,
  output: ticketWireSchema,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'Reader', given: 'in progress', body: { notes: 'Waiting for the spare part.' } },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: ({ input: { params, body }, change }) =>
    change({ decide: decided(params.id, () => ({ name: 'addNote', notes: body.notes })) }),
});
