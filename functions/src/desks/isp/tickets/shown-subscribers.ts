import type { Store } from '../../../kernel/store/store.ts';
import type { Ticket } from '../domain/schemas.ts';
import { isFromElsewhere, isHiddenFrom, type Staff } from '../domain/ticket.ts';
import { namedKeys } from './ticket-command.ts';

type Shown = Pick<Ticket, 'branchId' | 'subscriberId' | 'subscriberBranchId' | 'subscriberName'>;

/**
 * Tickets with the subscribers that a reader may know: those of the ticket's branch, and those of any
 * branch that the reader reaches, whose names cost a read each. For others both fields are null.
 */
export const withSubscribers = async <T extends Shown>(
  store: Store,
  staff: Staff,
  tickets: readonly T[],
): Promise<T[]> => {
  const known = tickets.filter((each) => isFromElsewhere(each) && !isHiddenFrom(staff, each));
  const ids = new Set(known.map(({ subscriberId }) => subscriberId));
  const keys = [...ids].flatMap(namedKeys);
  const reads = keys.length === 0 ? undefined : await store.load(keys);
  return tickets.map((ticket) => {
    if (!isFromElsewhere(ticket)) return ticket;
    const [key] = isHiddenFrom(staff, ticket) ? [] : namedKeys(ticket.subscriberId);
    const subscriber = key && reads?.get(key)?.data;
    const { id: subscriberId = null, name: subscriberName = null } = subscriber ?? {};
    return { ...ticket, subscriberId, subscriberName };
  });
};
