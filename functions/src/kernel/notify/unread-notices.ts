import type { Listener } from '../store/listener.ts';

/** The listener to what somebody was notified of at a desk and has not read. */
export const unreadNoticesOf = (desk: string, roles: readonly string[]): Listener => ({
  roles,
  collection: 'inbox/{uid}/items',
  where: () => [
    ['desk', '==', desk],
    ['readAt', '==', null],
  ],
});
