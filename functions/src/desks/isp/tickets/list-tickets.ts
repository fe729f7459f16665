import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { pageHeaders } from '../../../kernel/store/page.ts';
import { branchQuery, readBranch } from '../branch-list.ts';
import { dataOf, isp } from '../desk.ts';
import { tickets } from '../records.ts';
import { prioritySchema, statusSchema } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketRowSchema, toRow } from '../wire.ts';

const oneOf = <N extends number>(schema: z.ZodLiteral<N>) =>
  z
    .enum([...schema.values].map(String))
    .transform(Number)
    .pipe(schema);

const listQuery = z.strictObject({
  ...branchQuery,
  status: oneOf(statusSchema).optional(),
  priority: oneOf(prioritySchema).optional(),
});

/** The tickets of one branch, newest first (contract, "Fetch All Tickets"). */
export const listTickets = isp.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists the tickets of a branch, newest first',
  contract: 'Fetch All Tickets',
  roles: ROLES,
  refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access'],
  input: { ...noInput, query: listQuery },
  status: 200,
  output: dataOf(z.array(ticketRowSchema)),
  headers: pageHeaders,
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: {
    as: 'Staff',
    given: 'ticket',
    query: { isp_id: '1', branch_id: '1', user_id: '1', status: '0', priority: '2' },
  },
  handle: async (context) => {
    const { query } = context.input;
    const { status, priority } = query;
    const found = await readBranch(context, query, (branch) =>
      tickets.queries.ofBranch.where({ ...branch, status, priority }),
    );
    return found instanceof Problem ? found : { data: found.map(toRow) };
  },
});
