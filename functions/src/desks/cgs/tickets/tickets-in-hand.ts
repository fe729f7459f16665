import type { Further } from '../../../kernel/http/endpoint.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs } from '../desk.ts';
import { tickets } from './collection.ts';
import { TICKETS_IN_HAND } from '../users/queries.ts';

const MOST_LISTED = 20;

/**
 * Whether somebody has tickets in progress: 409 that lists the first 20. Asked for after the person
 * was read, and again with each attempt. An accept that was under way before may still come after:
 * its ticket can be given to another FOC (docs/choices.md, "People").
 */
export const ticketsInHand = (store: Store, uid: string, beside: Further) => {
  let problem: Problem | undefined;
  const also: Further = async (declared) => {
    const found = await store.find(tickets.doc, {
      anyOf: [{ shape: TICKETS_IN_HAND, equal: { 'foc.id': uid, inProgressByFoc: true } }],
      limit: MOST_LISTED,
    });
    const named = found.map(({ id, data }) => ({ id, ticketId: data.ticketId }));
    problem = named.length === 0 ? undefined : cgs.refuse('user/has-tickets', { tickets: named });
    return beside(declared);
  };
  return { also, refused: () => problem };
};
