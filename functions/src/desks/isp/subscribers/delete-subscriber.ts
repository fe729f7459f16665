import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp } from '../desk.ts';
import { subscribers, tickets, TICKETS_OF_SUBSCRIBER } from '../records.ts';
import type { Subscriber } from '../domain/schemas.ts';
import { CONTRACT, subscriberIn } from './subscriber.ts';
import { ROLES } from '../domain/vocabulary.ts';

const hasTickets = async (store: Store, { id, ispId }: Subscriber): Promise<boolean> => {
  const anyOf = [{ shape: TICKETS_OF_SUBSCRIBER, equal: { ispId, subscriberId: id } }];
  return (await store.find(tickets.doc, { anyOf, limit: 1 })).length > 0;
};

/** Deletes a subscriber who has no tickets. */
export const deleteSubscriber = isp.endpoint({
  method: 'delete',
  path: '/subscribers/:id',
  summary: 'Deletes a subscriber who has no tickets',
  contract: CONTRACT,
  roles: ROLES,
  input: { ...noInput, params: byNumber },
  status: 200,
  output: doneSchema,
  // The caller, the subscriber, and the search for tickets.
  cost: { reads: 3, writes: 1 },
  sample: { as: 'Staff', given: 'new subscriber' },
  loads: ({ params }) => [subscribers.doc(params.id)],
  handle: async ({ input: { params }, reads, actor, store, change }) => {
    const refusal = subscriberIn(reads, params.id, actor);
    if (refusal instanceof Problem) return refusal;
    let isUsed = false;
    return change(
      ({ reads: fresh, actor: now }) => {
        const seen = subscriberIn(fresh, params.id, now);
        if (seen instanceof Problem) return seen;
        if (isUsed) return isp.refuse('subscriber/in-use');
        return {
          writes: [subscribers.remove(seen)],
          answer: { message: 'Subscriber deleted successfully' },
        };
      },
      // After the subscriber was read: a ticket that comes in between moves it.
      async (declared) => {
        const seen = declared.get(subscribers.doc(params.id));
        isUsed = seen !== undefined && (await hasTickets(store, seen.data));
        return [];
      },
    );
  },
});
