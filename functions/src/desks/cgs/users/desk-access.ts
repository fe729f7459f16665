import { z } from 'zod';
import { people, type Profile } from '../../../kernel/auth/person.ts';
import { findSessions } from '../../../kernel/auth/session.ts';
import { type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, resultOf } from '../desk.ts';
import { byId } from '../tickets/ticket-command.ts';
import { ticketsInHand } from '../tickets/tickets-in-hand.ts';
import { sessionWrites } from './user-change.ts';

/** Another desk, with what is needed to grant access to it. */
export interface OtherDesk {
  readonly name: string;
  readonly title: string;
  /** The schema of an access; its `meta` has an example. */
  readonly access: z.ZodType;
}

const accessAnswer = resultOf(
  z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    access: z.record(z.string(), z.unknown()).meta({ description: 'by desk' }),
  }),
);

type Change = Parameters<Parameters<typeof cgs.endpoint>[0]['handle']>[0]['change'];

/**
 * Changes the access of a person. The commit also updates their open sessions, and the security
 * rules read the person, so the change applies from the next request on.
 */
const changeAccess = (
  store: Store,
  change: Change,
  id: string,
  next: (access: Profile['access']) => Profile['access'],
  objection: () => Promise<Problem | undefined> = async () => undefined,
): Promise<z.output<typeof accessAnswer> | Problem> => {
  return change({
    gather: async () => ({
      refused: await objection(),
      sessions: await findSessions(store, id),
    }),
    decide: ({ reads, gathered: { refused, sessions }, now }) => {
      const seen = reads.get(people.doc(id));
      if (seen === undefined) return cgs.refuse('user/not-found');
      if (refused !== undefined) return refused;
      const person = { ...seen.data, access: next(seen.data.access), updatedAt: now };
      const { email, name, access } = person;
      return {
        writes: [
          people.update(seen, { access, updatedAt: now }),
          ...sessionWrites(sessions, person),
        ],
        answer: { result: { id, email, name, access } },
      };
    },
  });
};

/** The endpoints that grant and withdraw access to another desk (readings, "Common to all four"). */
export const accessEndpoints = ({ name, title, access }: OtherDesk): Endpoint[] => {
  const shared = {
    path: `/users/:id/access/${name}`,
    contract: 'Common to all four, access',
    roles: ['SuperAdmin'],
    refusals: ['user/not-found'],
    status: 200,
    output: accessAnswer,
    returns: 'the person with the access that they have now',
    // The session, the person, and the search for the person's sessions (none here).
    cost: { reads: 3, writes: 1 },
  } as const;
  return [
    cgs.endpoint({
      ...shared,
      method: 'put',
      summary: `Grants access to ${title}`,
      input: { ...noInput, params: byId, body: access },
      sample: { as: 'SuperAdmin', given: 'user', body: access.meta()?.examples?.[0] },
      loads: ({ params }) => [people.doc(params.id)],
      handle: ({ input: { params, body }, store, change }) =>
        changeAccess(store, change, params.id, (known) => ({ ...known, [name]: body })),
    }),
    cgs.endpoint({
      ...shared,
      method: 'delete',
      summary: `Withdraws access to ${title}`,
      input: { ...noInput, params: byId },
      sample: { as: 'SuperAdmin', given: 'user' },
      loads: ({ params }) => [people.doc(params.id)],
      handle: ({ input: { params }, store, change }) =>
        changeAccess(store, change, params.id, ({ [name]: _, ...others }) => others),
    }),
  ];
};

/** Withdraws a person's access to this desk, under the same conditions as a deletion. */
export const withdrawCgsAccess = cgs.endpoint({
  method: 'delete',
  path: '/users/:id/access/cgs',
  summary: 'Withdraws access to this desk from a person who has no ticket in progress',
  contract: 'Common to all four, access',
  roles: ['SuperAdmin'],
  input: { ...noInput, params: byId },
  refusals: ['user/not-found', 'user/self', 'user/has-tickets'],
  status: 200,
  output: accessAnswer,
  returns: 'the person with the access that they have now',
  // As for another desk, and one read for the search for tickets in progress.
  cost: { reads: 4, writes: 1 },
  sample: { as: 'SuperAdmin', given: 'user' },
  loads: ({ params }) => [people.doc(params.id)],
  handle: async ({ input: { params }, actor, store, change }) => {
    if (params.id === actor.id) return cgs.refuse('user/self');
    return changeAccess(
      store,
      change,
      params.id,
      ({ cgs: _, ...others }) => others,
      () => ticketsInHand(store, params.id),
    );
  },
});
