import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { barePageQuery, heldPage, pageHeaders } from '../../../kernel/store/page.ts';
import { dataOf, isp } from '../desk.ts';
import { tickets } from '../records.ts';
import { isWithin } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { statusChangeSchema, toStatusChange } from '../wire.ts';

/** Lists who moved a ticket, from what to what, and when; 404 outside the caller's reach. */
export const listStatusChanges = isp.endpoint({
  method: 'get',
  path: '/tickets/:id/history',
  summary: 'Lists the changes of a ticket’s status, oldest first',
  returns: 'a page of changes: from which status to which, by whom and when',
  contract: 'Change Ticket Status',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: { ...noInput, params: byNumber, query: z.strictObject(barePageQuery) },
  status: 200,
  output: dataOf(z.array(statusChangeSchema)),
  headers: pageHeaders,
  cost: { reads: 2, writes: 0 },
  sample: { as: 'staff', given: 'ticket' },
  loads: ({ params }) => [tickets.doc(params.id)],
  handle: async ({ input: { params, query }, reads, actor, setHeader }) => {
    const seen = reads.get(tickets.doc(params.id));
    if (seen === undefined || !isWithin(actor, seen.data)) return isp.refuse('ticket/not-found');
    return { data: heldPage({ setHeader }, seen.data.statusLog, query).map(toStatusChange) };
  },
});
