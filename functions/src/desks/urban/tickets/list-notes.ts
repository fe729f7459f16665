import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { barePageQuery, heldPage, pageHeaders } from '../../../kernel/store/page.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { maySee } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { noteToWire, noteWireSchema } from '../wire.ts';

/** Lists a ticket's notes; 404 for a ticket that the caller may not see. */
export const listNotes = urban.endpoint({
  method: 'get',
  path: '/tickets/:id/notes',
  summary: 'Lists every note of a ticket with its author and time, oldest first',
  returns: 'a page of the ticket’s notes',
  contract: 'Workflow, 3. Progress',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byId, query: z.strictObject(barePageQuery) },
  status: 200,
  output: z.array(noteWireSchema),
  headers: pageHeaders,
  cost: { reads: 2, writes: 0 },
  sample: { as: 'Citizen', given: 'noted' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input: { params, query }, reads, actor, setHeader }) => {
    const seen = reads.get(tickets.doc(params.id));
    if (seen === undefined || !maySee(actor, seen.data)) return urban.refuse('ticket/not-found');
    return heldPage({ setHeader }, seen.data.noteLog, query).map(noteToWire);
  },
});
