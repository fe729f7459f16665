import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { barePageQuery, pageHeaders, readBarePage } from '../../../kernel/store/page.ts';
import { dataOf, isp, problemOf } from '../desk.ts';
import { tickets } from '../records.ts';
import { refusalOfPlace } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { branchCriteria, branchQuery } from './filters.ts';
import { withSubscribers } from './shown-subscribers.ts';
import { namedKeys } from './ticket-command.ts';
import { ticketRowSchema, toRow } from '../wire.ts';

/** Lists the tickets of one branch, newest first (contract, "Fetch All Tickets"). */
export const listTickets = isp.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists the tickets of a branch, newest first',
  returns: 'a page of the branch’s tickets',
  contract: 'Fetch All Tickets',
  roles: ROLES,
  refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access'],
  input: { ...noInput, query: z.strictObject({ ...branchQuery, ...barePageQuery }) },
  status: 200,
  output: dataOf(z.array(ticketRowSchema)),
  headers: pageHeaders,
  // With a `subscriber_id`, they are read as well.
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: {
    as: 'staff',
    given: 'ticket',
    query: { isp_id: '1', branch_id: '1', user_id: '1', status: '0', priority: '2' },
  },
  loads: ({ query }) => namedKeys(query.subscriber_id),
  handle: async ({ input: { query }, actor, reads, ...tools }) => {
    const misplaced = refusalOfPlace(actor, query);
    if (misplaced !== undefined) return problemOf(misplaced);
    const { alternatives, range, finds } = branchCriteria(query, { reads, actor });
    const anyOf = alternatives.map(tickets.queries.ofBranch.where);
    const found = await readBarePage(tools, { anyOf, range }, query, finds);
    const shown = await withSubscribers(tools.store, actor, found);
    return { data: shown.map(toRow) };
  },
});
