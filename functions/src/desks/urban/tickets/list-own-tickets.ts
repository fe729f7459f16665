import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { groupHeaders, groupQuery, readGroups } from './group-list.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { groupedSchema } from '../wire.ts';

/** Lists the tickets that the caller opened, by status. */
export const listOwnTickets = urban.endpoint({
  method: 'get',
  path: '/tickets/mine',
  summary: 'Lists the tickets that the caller opened, by status, newest first',
  returns: 'a page of the caller’s tickets of each status',
  contract: 'Grouped Response',
  roles: ROLES,
  input: { ...noInput, query: groupQuery },
  status: 200,
  output: groupedSchema,
  headers: groupHeaders,
  // A group that turns out empty costs one read as well.
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'Citizen', given: 'every status', query: { from: '2024-01-01' } },
  handle: (context) => readGroups(context, context.input.query, { userId: context.actor.self.id }),
});
