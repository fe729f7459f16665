import { urban } from '../desk.ts';
import { groupList, readGroups } from './group-list.ts';

/** Lists all tickets by status, for callers with `ticket:read`. */
export const listTickets = urban.endpoint({
  ...groupList,
  path: '/tickets',
  summary: 'Lists all tickets by status, newest first',
  returns: 'a page of the tickets of each status',
  roles: ['Reader'],
  sample: { as: 'Reader', given: 'every status', query: { category: 'MAINTENANCE', limit: '5' } },
  handle: (context) => readGroups(context, context.input.query, {}),
});
