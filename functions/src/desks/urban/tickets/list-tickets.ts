import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { groupHeaders, groupQuery, readGroups } from './group-list.ts';
import { groupedSchema } from '../wire.ts';

/** Lists all tickets by status, for callers with `ticket:read`. */
export const listTickets = urban.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists all tickets by status, newest first',
  returns: 'a page of the tickets of each status',
  contract: 'Grouped Response',
  roles: ['Reader'],
  input: { ...noInput, query: groupQuery },
  status: 200,
  output: groupedSchema,
  headers: groupHeaders,
  // A group that turns out empty costs one read as well.
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'Reader', given: 'every status', query: { category: 'MAINTENANCE', limit: '5' } },
  handle: (context) => readGroups(context, context.input.query, {}),
});
