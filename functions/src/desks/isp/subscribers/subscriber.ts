import type { Reads } from '../../../kernel/store/document.ts';
import { isp } from '../desk.ts';
import { subscribers } from '../records.ts';
import { isWithin, type Staff } from '../domain/ticket.ts';

/** The contract knows subscribers by their number alone; these paths are ours. */
export const CONTRACT = 'subscriber_id of a ticket';

/** A subscriber within the caller's reach; 404 for any other. */
export const subscriberIn = (reads: Reads, id: string, staff: Staff) => {
  const seen = reads.get(subscribers.doc(id));
  return seen !== undefined && isWithin(staff, seen.data)
    ? seen
    : isp.refuse('subscriber/not-found');
};
