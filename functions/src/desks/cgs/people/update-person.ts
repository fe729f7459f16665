import { z } from 'zod';
import { type Grant, grants } from '../../../kernel/auth/grant.ts';
import { type Context, type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { changePerson } from '../../../kernel/people/change-person.ts';
import { patchFields } from '../../../kernel/people/wire.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, resultOf } from '../desk.ts';
import type { Person } from '../domain/schemas.ts';
import { checkRemoval } from '../users/removal.ts';
import { personToWire, personWireSchema } from './wire.ts';

const updateBody = z.strictObject({ ...patchFields, active: z.boolean().optional() });
type Asked = z.output<typeof updateBody>;

const changed = (before: Grant, { password: _, ...fields }: Asked, now: Date): Grant => {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given), updatedAt: now };
};

const changing = (
  context: Omit<Context<Person, unknown>, 'input'>,
  id: string,
  asked: Asked,
  desks: readonly WorkDesk[],
) =>
  changePerson(context, {
    id,
    listing: [],
    next: (before, _actor, now) =>
      before === undefined ? cgs.refuse('user/not-found') : changed(before, asked, now),
    credentials: () => asked,
    check: (before, after) => {
      const isStopped = before.active && !after.active;
      return checkRemoval(context.store, { before, after, desks: isStopped ? desks : [] });
    },
    taken: cgs.refuse('user/email-taken'),
    answer: (person) => ({ result: personToWire(person) }),
  });

/** Changes the profile, the credentials or the activity of anybody. */
export const updatePerson = (desks: readonly WorkDesk[]): Endpoint =>
  cgs.endpoint({
    method: 'put',
    path: '/people/:id',
    summary: 'Changes a person of whatever desk, or ends and restores their access to all of them',
    contract: 'Common to all four, people',
    roles: ['SuperAdmin'],
    refusals: [
      'user/not-found',
      'user/self',
      'user/has-tickets',
      'user/last-superadmin',
      'user/email-taken',
      ...ATTACH_REFUSALS,
      'auth/unavailable',
    ],
    input: { ...noInput, params: byId, body: updateBody },
    status: 200,
    output: resultOf(personWireSchema),
    returns: 'the person as they are now',
    cost: { reads: 2, writes: 2 },
    audit: 'person',
    sample: { as: 'SuperAdmin', given: 'somebody', body: { name: 'Rina Wijaya' } },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: async ({ input: { params, body }, ...context }) =>
      params.id === context.actor.id && body.active === false
        ? cgs.refuse('user/self')
        : changing(context, params.id, body, desks),
  });
