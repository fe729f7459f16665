import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp } from '../desk.ts';
import { subscribers, tickets } from '../records.ts';
import type { Subscriber } from '../domain/schemas.ts';
import { CONTRACT, subscriberIn } from './subscriber.ts';
import { ROLES } from '../domain/vocabulary.ts';

const hasTickets = async (store: Store, { id, ispId }: Subscriber): Promise<boolean> => {
  const anyOf = [tickets.queries.ofSubscriber.where({ ispId, subscriberId: id })];
  return (await store.find({ anyOf, limit: 1 })).length > 0;
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
  handle: ({ input: { params }, actor, store, change }) =>
    change({
      // After the subscriber was read: a ticket that comes in between moves it.
      gather: async (reads) => {
        const seen = subscriberIn(reads, params.id, actor);
        return { isUsed: !(seen instanceof Problem) && (await hasTickets(store, seen.data)) };
      },
      decide: ({ reads, actor: staff, gathered: { isUsed } }) => {
        const seen = subscriberIn(reads, params.id, staff);
        if (seen instanceof Problem) return seen;
        if (isUsed) return isp.refuse('subscriber/in-use');
        return {
          writes: [subscribers.remove(seen)],
          answer: { message: 'Subscriber deleted successfully' },
        };
      },
    }),
});
