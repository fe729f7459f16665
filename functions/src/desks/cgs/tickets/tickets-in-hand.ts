import { MOST_WORK } from '../../../kernel/http/desk.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { tickets } from './collection.ts';

/**
 * The first 20 tickets in progress of a FOC. Gather them after the person was read. An accept that
 * started earlier may still be committed: its ticket can be assigned to another FOC
 * (docs/choices.md, "People").
 */
export const ticketsInHand = async (store: Store, uid: string) => {
  const found = await store.find({
    anyOf: [tickets.queries.inHandOf.where({ 'foc.id': uid, inProgressByFoc: true })],
    limit: MOST_WORK,
  });
  return found.map(({ id, data: { ticketId } }) => ({ id, ticketId, title: ticketId }));
};
