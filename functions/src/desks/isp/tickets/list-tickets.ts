import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { barePageQuery, pageHeaders, readBarePage } from '../../../kernel/store/page.ts';
import { dataOf, isp, problemOf } from '../desk.ts';
import { tickets } from '../records.ts';
import { placeQuery, prioritySchema, statusSchema } from '../domain/schemas.ts';
import { refusalOfPlace } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { withSubscribers } from './shown-subscribers.ts';
import { ticketRowSchema, toRow } from '../wire.ts';

const oneOf = <N extends number>(schema: z.ZodLiteral<N>) =>
  z
    .enum([...schema.values].map(String))
    .transform(Number)
    .pipe(schema);

const listQuery = z.strictObject({
  ...placeQuery,
  ...barePageQuery,
  status: oneOf(statusSchema).optional(),
  priority: oneOf(prioritySchema).optional(),
});

/** Lists the tickets of one branch, newest first (contract, "Fetch All Tickets"). */
export const listTickets = isp.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists the tickets of a branch, newest first',
  returns: 'a page of the branch’s tickets',
  contract: 'Fetch All Tickets',
  roles: ROLES,
  refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access'],
  input: { ...noInput, query: listQuery },
  status: 200,
  output: dataOf(z.array(ticketRowSchema)),
  headers: pageHeaders,
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: {
    as: 'staff',
    given: 'ticket',
    query: { isp_id: '1', branch_id: '1', user_id: '1', status: '0', priority: '2' },
  },
  handle: async ({ input: { query }, actor, ...tools }) => {
    const misplaced = refusalOfPlace(actor, query);
    if (misplaced !== undefined) return problemOf(misplaced);
    const { isp_id: ispId, branch_id: branchId, status, priority } = query;
    const anyOf = [tickets.queries.ofBranch.where({ ispId, branchId, status, priority })];
    const found = await readBarePage(tools, { anyOf }, query);
    const shown = await withSubscribers(tools.store, actor, found);
    return { data: shown.map(toRow) };
  },
});
