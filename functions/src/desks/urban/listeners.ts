import { unreadNoticesOf } from '../../kernel/notify/unread-notices.ts';
import type { Filter, Listeners } from '../../kernel/store/listener.ts';

const everyone = ['Citizen', 'Reader'] as const;
const open: Filter = ['status', 'in', ['PENDING', 'IN_PROGRESS']];

/** The listeners that the desk's apps open, by name. */
export const LISTENERS = {
  openTickets: { roles: ['Reader'], collection: 'urbanTickets', where: () => [open] },
  myTickets: {
    roles: everyone,
    collection: 'urbanTickets',
    where: (me) => [['userId', '==', me.uid], open],
  },
  assignedTickets: {
    roles: everyone,
    collection: 'urbanTickets',
    where: (me) => [['assignedTo', '==', me.uid], open],
  },
  unreadNotices: unreadNoticesOf('urban', everyone),
} as const satisfies Listeners;
