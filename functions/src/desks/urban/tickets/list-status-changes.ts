import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { barePageQuery, heldPage, pageHeaders } from '../../../kernel/store/page.ts';
import { urban } from '../desk.ts';
import { byId, tickets } from '../records.ts';
import { maySee } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { statusChangeSchema, statusChangeToWire } from '../wire.ts';

/** Lists who moved a ticket, from what to what, and when; 404 for one that the caller may not see. */
export const listStatusChanges = urban.endpoint({
  method: 'get',
  path: '/tickets/:id/history',
  summary: 'Lists the changes of a ticket’s status, oldest first',
  returns: 'a page of changes: from which status to which, by whom and when',
  contract: 'Workflow',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byId, query: z.strictObject(barePageQuery) },
  status: 200,
  output: z.array(statusChangeSchema),
  headers: pageHeaders,
  cost: { reads: 2, writes: 0 },
  sample: { as: 'Citizen', given: 'pending' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input: { params, query }, reads, actor, setHeader }) => {
    const seen = reads.get(tickets.doc(params.id));
    if (seen === undefined || !maySee(actor, seen.data)) return urban.refuse('ticket/not-found');
    return heldPage({ setHeader }, seen.data.statusLog, query).map(statusChangeToWire);
  },
});
