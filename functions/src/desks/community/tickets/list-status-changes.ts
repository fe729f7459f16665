import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { barePageQuery, heldPage, pageHeaders } from '../../../kernel/store/page.ts';
import { community } from '../desk.ts';
import { tickets } from '../records.ts';
import { isWithin } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { statusChangeSchema } from '../wire.ts';
import { withStatusWords } from './shown-names.ts';

/** Lists who moved a ticket, from what to what, and when; 404 outside the caller's reach. */
export const listStatusChanges = community.endpoint({
  method: 'get',
  path: '/tickets/:id/history',
  summary: 'Lists the changes of a ticket’s status, oldest first',
  returns: 'a page of changes: from which status to which, by whom and when',
  contract: 'Status Tracking',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byNumber, query: z.strictObject(barePageQuery) },
  status: 200,
  output: z.array(statusChangeSchema),
  headers: pageHeaders,
  // The caller, the ticket and its one status; a status is read once.
  cost: { reads: 3, writes: 0 },
  sample: { as: 'RESIDENT', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input: { params, query }, reads, actor, store, setHeader }) => {
    const seen = reads.get(tickets.doc(params.id))?.data;
    if (seen === undefined || !isWithin(actor, seen)) return community.refuse('ticket/not-found');
    return withStatusWords(store, [...heldPage({ setHeader }, seen.statusLog, query)]);
  },
});
