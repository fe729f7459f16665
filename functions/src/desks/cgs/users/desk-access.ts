import { z } from 'zod';
import type { GrantRules } from '../../../kernel/auth/grants.ts';
import { type Grant, grants, updatePerson } from '../../../kernel/auth/grant.ts';
import { type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { invalid, type Problem } from '../../../kernel/problem.ts';
import type { DocKey, Reads, Write } from '../../../kernel/store/document.ts';
import { unread } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { reservationOf, reservations } from '../../../kernel/store/unique.ts';
import { cgs, resultOf } from '../desk.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { type Check, checkRemoval, OWN, type WorkDesk } from './removal.ts';
import { LISTING } from './people.ts';

/** Another desk, with what is needed to grant and withdraw access to it. */
export interface OtherDesk extends WorkDesk {
  readonly title: string;
  /** The schema of an access; its `meta` has an example. */
  readonly access: z.ZodType;
  readonly grants?: GrantRules;
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

/** What granting an access depends on: the records that it names, and who has its number. */
const keysOf = ({ records, unique }: GrantRules, access: unknown): readonly DocKey<unknown>[] => [
  ...(records?.(access) ?? []),
  ...(unique ? [reservationOf(unique.value(access))] : []),
];

/** Why an access can't be granted to a person; undefined if it can. */
const refusalOf = async (
  { errorsOf, unique }: GrantRules,
  access: unknown,
  { id, store, reads }: { readonly id: string; readonly store: Store; readonly reads: Reads },
): Promise<Problem | undefined> => {
  const errors = errorsOf?.(access, reads) ?? [];
  if (errors.length > 0) return invalid(errors);
  if (unique === undefined) return undefined;
  const holders = await store.find({ ...unread({ anyOf: [unique.holders(access)] }), limit: 2 });
  return holders.some((each) => each.id !== id) ? cgs.refuse('access/taken') : undefined;
};

/**
 * Reserves the number of an access, so that two grants of it at the same moment can't both commit. A
 * reservation of an access that was withdrawn is taken over.
 */
const claimFor = (
  { unique }: GrantRules,
  access: unknown,
  holder: string,
  reads: Reads,
): Write[] => {
  if (unique === undefined) return [];
  const key = reservationOf(unique.value(access));
  const reservation = reads.get(key);
  if (reservation === undefined) return [reservations.create(key.id, { holder })];
  return reservation.data.holder === holder ? [] : [reservations.update(reservation, { holder })];
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
  const example = access.meta()?.examples?.[0];
  const claimed = rules.unique === undefined ? 0 : 1;
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
    // The caller and the person; the records and the claim of the access, and the search for people
    // with the same number.
    cost: { reads: 2 + keysOf(rules, example).length + claimed, writes: 2 + claimed },
    audit: 'access',
    sample: {
      as: 'SuperAdmin',
      given: rules.unique ? `user without access to ${name}` : 'user',
      body: example,
    },
    loads: ({ params, body }) => [grants.doc(params.id), ...keysOf(rules, body)],
    handle: ({ input: { params, body }, store, change }) =>
      changeAccess(
        change,
        params.id,
        (known) => ({ ...known, [name]: body }),
        async (reads) => {
          const refused = await refusalOf(rules, body, { id: params.id, store, reads });
          if (refused !== undefined) return { refused };
          const left = isActive(body) ? {} : await checkLeaving(store, reads, params.id, desk);
          return { writes: claimFor(rules, body, params.id, reads), ...left };
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
