import type { Problem } from '../../../kernel/problem.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs } from '../desk.ts';
import { tickets } from './collection.ts';

const MOST_LISTED = 20;

/**
 * A 409 that lists the first 20 tickets in progress of a person; undefined when there are none.
 * Gather it after the person was read. An accept that started earlier may still be committed: its
 * ticket can be assigned to another FOC (docs/choices.md, "People").
 */
export const ticketsInHand = async (store: Store, uid: string): Promise<Problem | undefined> => {
  const found = await store.find({
    anyOf: [tickets.queries.inHandOf.where({ 'foc.id': uid, inProgressByFoc: true })],
    limit: MOST_LISTED,
  });
  const named = found.map(({ id, data }) => ({ id, ticketId: data.ticketId }));
  return named.length === 0 ? undefined : cgs.refuse('user/has-tickets', { tickets: named });
};
