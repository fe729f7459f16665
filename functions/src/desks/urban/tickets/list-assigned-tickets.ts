import { urban } from '../desk.ts';
import { groupList, readGroups } from './group-list.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Lists the tickets that are assigned to the caller, by status. */
export const listAssignedTickets = urban.endpoint({
  ...groupList,
  path: '/tickets/assigned',
  summary: 'Lists the tickets that are assigned to the caller, by status, newest first',
  returns: 'a page of the assigned tickets of each status',
  roles: ROLES,
  sample: { as: 'Citizen', given: 'assigned', query: { status: 'IN_PROGRESS' } },
  handle: (context) =>
    readGroups(context, context.input.query, { assignedTo: context.actor.self.id }),
});
