import { type Grant, grants, removePerson } from '../../../kernel/auth/grant.ts';
import { type Context, type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { allOf } from '../../../kernel/people/check.ts';
import { releasing } from '../../../kernel/people/grant-check.ts';
import { checkPhoto } from '../../../kernel/people/photo.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import type { Loaded, Reads } from '../../../kernel/store/document.ts';
import { Problem } from '../../../kernel/problem.ts';
import { cgs, resultOf } from '../desk.ts';
import type { Person } from '../domain/schemas.ts';
import { userOf, userToWire, userWireSchema } from './people.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { checkRemoval } from './removal.ts';

/** Somebody to delete, and what the response says of them. */
type Found<T> = (
  reads: Reads,
  id: string,
) => { readonly seen: Loaded<Grant>; readonly answer: T } | undefined;

const removing = <T>(
  {
    change,
    ...context
  }: Pick<Context<Person, unknown>, 'store' | 'change' | 'runtime' | 'principal'>,
  id: string,
  desks: readonly WorkDesk[],
  found: Found<T>,
) =>
  change({
    gather: async (reads) => {
      const { store } = context;
      const before = found(reads, id)?.seen.data;
      const [check, released] = await Promise.all([
        allOf([
          checkRemoval(store, { before, after: undefined, desks }),
          checkPhoto(context, before, undefined),
        ]),
        before === undefined ? [] : releasing(store, before, desks),
      ]);
      return { ...check, writes: [...(check.writes ?? []), ...released] };
    },
    decide: ({ reads, gathered: check }) => {
      const current = found(reads, id);
      if (current === undefined) return cgs.refuse('user/not-found');
      if (check.refused !== undefined) return check.refused;
      return {
        writes: [...removePerson(current.seen), ...check.writes],
        answer: current.answer,
      };
    },
  });

/** What all deletions of people have in common. */
export const deletionOf = (desks: readonly WorkDesk[]) =>
  ({
    method: 'delete',
    roles: ['SuperAdmin'],
    refusals: [
      'user/not-found',
      'user/self',
      'user/has-tickets',
      'user/last-superadmin',
      'auth/unavailable',
    ],
    status: 200,
    returns: 'the person as they were',
    // As for a change, and a search for work at each desk that has some.
    cost: { reads: 2 + desks.filter(({ workOf }) => workOf).length, writes: 2 },
    audit: 'person',
    handle: async <T>(
      context: Context<Person, { readonly params: { readonly id: string } }>,
      found: Found<T>,
    ): Promise<T | Problem> => {
      const { runtime, reads, actor } = context;
      const { id } = context.input.params;
      if (found(reads, id) === undefined) return cgs.refuse('user/not-found');
      if (id === actor.id) return cgs.refuse('user/self');
      const answer = await removing(context, id, desks, found);
      if (!(answer instanceof Problem)) await runtime.accounts.remove(id);
      return answer;
    },
  }) as const;

/** Deletes a person and their sessions, unless they have work in progress (contract, "User 4"). */
export const deleteUser = (desks: readonly WorkDesk[]): Endpoint =>
  cgs.endpoint({
    ...deletionOf(desks),
    path: '/users/:id',
    summary: 'Deletes a person who has no ticket in progress at any desk',
    contract: 'User 4',
    input: { ...noInput, params: byId },
    output: resultOf(userWireSchema),
    sample: { as: 'SuperAdmin', given: 'user' },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: (context) =>
      deletionOf(desks).handle(context, (reads, id) => {
        const seen = reads.get(grants.doc(id));
        const user = userOf(seen?.data);
        return seen && user && { seen, answer: { result: userToWire(user) } };
      }),
  });
