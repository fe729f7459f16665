import { MOST_WORK, type Work } from '../../../kernel/http/desk.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { tickets } from '../records.ts';

/** The first 20 tickets that a technician works on. */
export const ticketsInHand = async (store: Store, uid: string): Promise<readonly Work[]> => {
  const found = await store.find({
    anyOf: [tickets.queries.inHandOf.where({ assignedTo: uid, status: 'IN_PROGRESS' })],
    limit: MOST_WORK,
  });
  return found.map(({ id, data: { title } }) => ({ id, title }));
};
