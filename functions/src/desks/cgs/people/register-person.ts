import { z } from 'zod';
import { newPerson } from '../../../kernel/auth/grant.ts';
import { type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { allOf, type Check } from '../../../kernel/people/check.ts';
import { checkGrant } from '../../../kernel/people/grant-check.ts';
import { registerPerson as register } from '../../../kernel/people/register.ts';
import { registerBody } from '../../../kernel/people/wire.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, resultOf } from '../desk.ts';
import type { OtherDesk } from '../users/desk-access.ts';
import { personToWire, personWireSchema } from './wire.ts';

/** The accesses that a request may give; that to this desk needs more, and has its own path. */
const accessOf = (others: readonly OtherDesk[]) =>
  z
    .strictObject(Object.fromEntries(others.map(({ name, access }) => [name, access.optional()])))
    .default({});

/** Checks each access against the rules of its desk. */
const checkAll = (
  store: Store,
  others: readonly OtherDesk[],
  access: Readonly<Record<string, unknown>>,
  uid: string,
): Promise<Check> => {
  const checks = others.flatMap(({ name, grants = {} }) =>
    access[name] === undefined
      ? []
      : [checkGrant(store, grants, access[name], uid, `access.${name}.`)],
  );
  return allOf(checks);
};

/** Registers a person of other desks than this one, or of none yet. */
export const registerPerson = (others: readonly OtherDesk[]): Endpoint =>
  cgs.endpoint({
    method: 'post',
    path: '/people',
    summary: 'Registers a person with access to other desks, or to none yet',
    contract: 'Common to all four, people',
    roles: ['SuperAdmin'],
    refusals: ['user/email-taken', 'access/taken', ...ATTACH_REFUSALS, 'auth/unavailable'],
    input: { ...noInput, body: registerBody(accessOf(others)) },
    status: 201,
    output: resultOf(personWireSchema),
    returns: 'the new person',
    // The caller, and whether there is such a person; more for an access that names records.
    cost: { reads: 2, writes: 2 },
    audit: 'person',
    sample: {
      as: 'SuperAdmin',
      given: 'no such person',
      body: { email: 'rina@example.com', name: 'Rina Marlina', phoneNumber: '+62 812-3456-7890' },
    },
    handle: ({ input: { body }, ...context }) => {
      const { password, access, profilePhoto = null, ...profile } = body;
      return register(context, {
        credentials: { email: profile.email, password, name: profile.name },
        active: true,
        listing: [],
        personOf: (id, now) =>
          newPerson({ ...profile, id, profilePhoto, active: true, access }, now),
        check: (uid) => checkAll(context.store, others, access, uid),
        taken: cgs.refuse('user/email-taken'),
        answer: (person) => ({ result: personToWire(person) }),
      });
    },
  });
