import { urban } from '../desk.ts';
import { groupList, readGroups } from './group-list.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Lists the tickets that the caller opened, by status. */
export const listOwnTickets = urban.endpoint({
  ...groupList,
  path: '/tickets/mine',
  summary: 'Lists the tickets that the caller opened, by status, newest first',
  returns: 'a page of the caller’s tickets of each status',
  roles: ROLES,
  sample: { as: 'Citizen', given: 'every status', query: { from: '2024-01-01' } },
  handle: (context) => readGroups(context, context.input.query, { userId: context.actor.self.id }),
});
