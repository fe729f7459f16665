import { unreadNoticesOf } from '../../kernel/notify/unread-notices.ts';
import type { Filter, Listeners, Me } from '../../kernel/store/listener.ts';
import { ROLES } from './domain/vocabulary.ts';

const ofBranch = (me: Me): readonly Filter[] => [
  ['ispId', '==', me.ispId],
  ['branchId', '==', me.branchId],
];

/** The listeners that the desk's apps open, by name. */
export const LISTENERS = {
  ticketsOfBranch: {
    roles: ROLES,
    collection: 'ispTickets',
    where: (me) => [...ofBranch(me), ['status', 'in', [0, 1, 2]]],
  },
  repliesToTicket: {
    roles: ROLES,
    collection: 'ispReplies',
    where: (me) => [...ofBranch(me), ['ticketId', '==', me.ticketId]],
  },
  subscribersOfBranch: {
    roles: ROLES,
    collection: 'ispSubscribers',
    where: ofBranch,
  },
  unreadNotices: unreadNoticesOf('isp', ROLES),
} as const satisfies Listeners;
