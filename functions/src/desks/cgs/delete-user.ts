import { people } from '../../kernel/auth/person.ts';
import { noInput } from '../../kernel/http/endpoint.ts';
import { Problem } from '../../kernel/problem.ts';
import { cgs, resultOf } from './desk.ts';
import { userToWire, userWireSchema } from './people.ts';
import { tickets } from './records.ts';
import { byId } from './ticket-command.ts';
import { sessionsWith, sessionWrites, userIn } from './user-change.ts';
import { TICKETS_IN_HAND } from './user-queries.ts';

const MOST_LISTED = 20;

/** Deletes a person and ends their sessions, unless tickets are in their hands (contract, "User 4"). */
export const deleteUser = cgs.endpoint({
  method: 'delete',
  path: '/users/:id',
  summary: 'Deletes a person who has no ticket in progress',
  contract: 'User 4',
  roles: ['SuperAdmin'],
  input: { ...noInput, params: byId },
  status: 200,
  output: resultOf(userWireSchema),
  // As for a change, and one for the search for tickets in hand.
  cost: { reads: 4, writes: 1 },
  sample: { as: 'SuperAdmin', given: 'user' },
  loads: ({ params }) => [people.doc(params.id)],
  handle: async ({ input: { params }, runtime, store, reads, actor, change }) => {
    const found = userIn(reads, params.id);
    if (found === undefined) return cgs.refuse('user/not-found');
    if (found.user.id === actor.id) return cgs.refuse('user/self');
    const inHand = await store.find(tickets.doc, {
      anyOf: [{ shape: TICKETS_IN_HAND, equal: { 'foc.id': params.id, inProgressByFoc: true } }],
      limit: MOST_LISTED,
    });
    if (inHand.length > 0) {
      const named = inHand.map(({ id, data }) => ({ id, ticketId: data.ticketId }));
      return cgs.refuse('user/has-tickets', { tickets: named });
    }
    const { also, opened } = sessionsWith(store, params.id);
    const answer = await change(({ reads: fresh }) => {
      const current = userIn(fresh, params.id);
      if (current === undefined) return cgs.refuse('user/not-found');
      return {
        writes: [people.remove(current.seen), ...sessionWrites(opened(fresh), undefined)],
        answer: { result: userToWire(current.user) },
      };
    }, also);
    if (!(answer instanceof Problem)) await runtime.accounts.remove(params.id);
    return answer;
  },
});
