import { z } from 'zod';
import type { GrantRules } from '../../../kernel/auth/grants.ts';
import { type Grant, grants, updatePerson } from '../../../kernel/auth/grant.ts';
import { type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import type { DeskNotices } from '../../../kernel/notify/desk-notices.ts';
import type { Check } from '../../../kernel/people/check.ts';
import { checkGrant, costOfGrant } from '../../../kernel/people/grant-check.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, resultOf } from '../desk.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { checkRemoval, OWN } from './removal.ts';
import { LISTING } from './people.ts';

/** Another desk, with what is needed to grant and withdraw access to it. */
export interface OtherDesk extends WorkDesk {
  readonly title: string;
  /** The schema of an access; its `meta` has an example. */
  readonly access: z.ZodType;
  readonly grants?: GrantRules;
  readonly notices?: DeskNotices;
}

export const accessAnswer = resultOf(
  z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    access: z.record(z.string(), z.unknown()).meta({ description: 'by desk' }),
  }),
);

type Change = Parameters<Parameters<typeof cgs.endpoint>[0]['handle']>[0]['change'];

/**
 * Changes the access of a person. API and security rules read it at each request, so the change
 * applies from the next one on.
 */
const changeAccess = (
  change: Change,
  id: string,
  next: (access: Grant['access']) => Grant['access'],
  check: (reads: Reads) => Promise<Check>,
): Promise<z.output<typeof accessAnswer> | Problem> => {
  return change({
    gather: check,
    decide: ({ reads, gathered: checked, now }) => {
      const seen = reads.get(grants.doc(id));
      if (seen === undefined) return cgs.refuse('user/not-found');
      if (checked.refused !== undefined) return checked.refused;
      const { email, name } = seen.data;
      const access = next(seen.data.access);
      return {
        writes: [
          ...updatePerson(seen, { access, updatedAt: now }, LISTING),
          ...(checked.writes ?? []),
        ],
        answer: { result: { id, email, name, access } },
      };
    },
  });
};

const sharedBy = ({ name }: OtherDesk) =>
  ({
    path: `/users/:id/access/${name}`,
    contract: 'Common to all four, access',
    roles: ['SuperAdmin'],
    status: 200,
    output: accessAnswer,
    returns: 'the person with the access that they have now',
  }) as const;

const isActive = (access: unknown): boolean =>
  !z.object({ active: z.literal(false) }).safeParse(access).success;

/** Checks that a person may lose the access to a desk. */
const checkLeaving = (store: Store, reads: Reads, id: string, desk: WorkDesk): Promise<Check> => {
  const before = reads.get(grants.doc(id))?.data;
  const { [desk.name]: _, ...access } = before?.access ?? {};
  return checkRemoval(store, { before, after: before && { ...before, access }, desks: [desk] });
};

const grantAccess = (desk: OtherDesk): Endpoint => {
  const { name, title, access, grants: rules = {} } = desk;
  const cost = costOfGrant(rules, access.meta()?.examples?.[0]);
  return cgs.endpoint({
    ...sharedBy(desk),
    method: 'put',
    summary: `Grants access to ${title}`,
    refusals: [
      'user/not-found',
      ...(rules.unique ? (['access/taken'] as const) : []),
      ...(desk.workOf ? (['user/has-tickets'] as const) : []),
    ],
    input: { ...noInput, params: byId, body: access },
    // The caller and the person, and what the access depends on.
    cost: { reads: 2 + cost.reads, writes: 2 + cost.writes },
    audit: 'access',
    sample: {
      as: 'SuperAdmin',
      given: rules.unique ? `user without access to ${name}` : 'user',
      body: access.meta()?.examples?.[0],
    },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: ({ input: { params, body }, store, change }) =>
      changeAccess(
        change,
        params.id,
        (known) => ({ ...known, [name]: body }),
        async (reads) => {
          const granted = await checkGrant(store, rules, body, params.id);
          if (granted.refused !== undefined || isActive(body)) return granted;
          return { ...granted, ...(await checkLeaving(store, reads, params.id, desk)) };
        },
      ),
  });
};

const withdrawAccess = (desk: OtherDesk): Endpoint =>
  cgs.endpoint({
    ...sharedBy(desk),
    method: 'delete',
    summary: `Withdraws access to ${desk.title}`,
    refusals: ['user/not-found', ...(desk.workOf ? (['user/has-tickets'] as const) : [])],
    input: { ...noInput, params: byId },
    // The caller, the person, and the search for the person's work.
    cost: { reads: desk.workOf ? 3 : 2, writes: 2 },
    audit: 'access',
    sample: { as: 'SuperAdmin', given: 'user' },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: ({ input: { params }, store, change }) =>
      changeAccess(
        change,
        params.id,
        ({ [desk.name]: _, ...others }) => others,
        (reads) => checkLeaving(store, reads, params.id, desk),
      ),
  });

/** The endpoints that grant and withdraw access to another desk (readings, "Common to all four"). */
export const accessEndpoints = (desk: OtherDesk): Endpoint[] => [
  grantAccess(desk),
  withdrawAccess(desk),
];

/** Withdraws a person's access to this desk, under the same conditions as a deletion. */
export const withdrawCgsAccess = cgs.endpoint({
  method: 'delete',
  path: '/users/:id/access/cgs',
  summary: 'Withdraws access to this desk from a person who has no ticket in progress',
  contract: 'Common to all four, access',
  roles: ['SuperAdmin'],
  input: { ...noInput, params: byId },
  refusals: ['user/not-found', 'user/self', 'user/has-tickets', 'user/last-superadmin'],
  status: 200,
  output: accessAnswer,
  returns: 'the person with the access that they have now',
  // As for another desk, and one read for the search for tickets in progress.
  cost: { reads: 3, writes: 2 },
  audit: 'access',
  sample: { as: 'SuperAdmin', given: 'user' },
  loads: ({ params }) => [grants.doc(params.id)],
  handle: async ({ input: { params }, actor, store, change }) => {
    if (params.id === actor.id) return cgs.refuse('user/self');
    return changeAccess(
      change,
      params.id,
      ({ cgs: _, ...others }) => others,
      (reads) => checkLeaving(store, reads, params.id, OWN),
    );
  },
});
