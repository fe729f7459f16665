import { grants, removePerson } from '../../../kernel/auth/grant.ts';
import { type Context, type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import { Problem } from '../../../kernel/problem.ts';
import { cgs, resultOf } from '../desk.ts';
import type { Person } from '../domain/schemas.ts';
import { userToWire, userWireSchema } from './people.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { checkRemoval } from './removal.ts';
import { userIn } from './user-change.ts';

const removing = (
  { store, change }: Context<Person, unknown>,
  id: string,
  desks: readonly WorkDesk[],
) =>
  change({
    gather: (reads) =>
      checkRemoval(store, { before: userIn(reads, id)?.user, after: undefined, desks }),
    decide: ({ reads, gathered: check }) => {
      const current = userIn(reads, id);
      if (current === undefined) return cgs.refuse('user/not-found');
      if (check.refused !== undefined) return check.refused;
      return {
        writes: [...removePerson(current.seen), ...(check.writes ?? [])],
        answer: { result: userToWire(current.user) },
      };
    },
  });

/** Deletes a person and their sessions, unless they have work in progress (contract, "User 4"). */
export const deleteUser = (desks: readonly WorkDesk[]): Endpoint =>
  cgs.endpoint({
    method: 'delete',
    path: '/users/:id',
    summary: 'Deletes a person who has no ticket in progress at any desk',
    contract: 'User 4',
    roles: ['SuperAdmin'],
    refusals: [
      'user/not-found',
      'user/self',
      'user/has-tickets',
      'user/last-superadmin',
      'auth/unavailable',
    ],
    input: { ...noInput, params: byId },
    status: 200,
    output: resultOf(userWireSchema),
    returns: 'the person as they were',
    // As for a change, and a search for work at each desk that has some.
    cost: { reads: 2 + desks.filter(({ workOf }) => workOf).length, writes: 2 },
    audit: 'person',
    sample: { as: 'SuperAdmin', given: 'user' },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: async (context) => {
      const { runtime, reads, actor } = context;
      const { id } = context.input.params;
      const found = userIn(reads, id);
      if (found === undefined) return cgs.refuse('user/not-found');
      if (found.user.id === actor.id) return cgs.refuse('user/self');
      const answer = await removing(context, id, desks);
      if (!(answer instanceof Problem)) await runtime.accounts.remove(id);
      return answer;
    },
  });
