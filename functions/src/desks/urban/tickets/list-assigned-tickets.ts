import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { groupHeaders, groupQuery, readGroups } from './group-list.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { groupedSchema } from '../wire.ts';

/** Lists the tickets that are assigned to the caller, by status. */
export const listAssignedTickets = urban.endpoint({
  method: 'get',
  path: '/tickets/assigned',
  summary: 'Lists the tickets that are assigned to the caller, by status, newest first',
  returns: 'a page of the assigned tickets of each status',
  contract: 'Grouped Response',
  roles: ROLES,
  input: { ...noInput, query: groupQuery },
  status: 200,
  output: groupedSchema,
  headers: groupHeaders,
  // A group that turns out empty costs one read as well.
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'Citizen', given: 'assigned', query: { status: 'IN_PROGRESS' } },
  handle: (context) =>
    readGroups(context, context.input.query, { assignedTo: context.actor.self.id }),
});
