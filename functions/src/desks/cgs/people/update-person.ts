import { z } from 'zod';
import { type Grant, grants, updatePerson as writesOf } from '../../../kernel/auth/grant.ts';
import { allSessionsEnded } from '../../../kernel/auth/session.ts';
import { type Context, type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { updateAccount } from '../../../kernel/people/account.ts';
import { allOf } from '../../../kernel/people/check.ts';
import { checkPhoto } from '../../../kernel/people/photo.ts';
import { patchFields } from '../../../kernel/people/wire.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, resultOf } from '../desk.ts';
import type { Person } from '../domain/schemas.ts';
import { checkRemoval } from '../users/removal.ts';
import { personToWire, personWireSchema } from './wire.ts';

const updateBody = z.strictObject({ ...patchFields, active: z.boolean().optional() });
type Asked = z.output<typeof updateBody>;

/** The person after a change; new credentials and another activity end their sessions. */
const changed = (person: Grant, { password, ...fields }: Asked, now: Date): Grant => {
  const given = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
  const next: Grant = { ...person, ...given, updatedAt: now };
  const isEnded =
    password !== undefined || next.email !== person.email || next.active !== person.active;
  return isEnded ? { ...next, ...allSessionsEnded(now) } : next;
};

const changing = async (
  { runtime, store, reads, change, now, principal }: Context<Person, unknown>,
  id: string,
  asked: Asked,
  desks: readonly WorkDesk[],
) => {
  const seenIn = (some: Reads) => some.get(grants.doc(id));
  const check = (some: Reads) => {
    const before = seenIn(some)?.data;
    const after = before && changed(before, asked, now);
    const isStopped = before?.active === true && after?.active === false;
    return allOf([
      checkRemoval(store, { before, after, desks: isStopped ? desks : [] }),
      checkPhoto({ runtime, store, principal }, before, after),
    ]);
  };
  if (seenIn(reads) === undefined) return cgs.refuse('user/not-found');
  const early = await check(reads);
  if (early.refused !== undefined) return early.refused;
  if (!(await updateAccount(runtime, id, asked))) return cgs.refuse('user/email-taken');
  const answer = await change({
    gather: check,
    decide: ({ reads: fresh, gathered: { refused, writes = [] }, now: moment }) => {
      const seen = seenIn(fresh);
      if (seen === undefined) return cgs.refuse('user/not-found');
      if (refused !== undefined) return refused;
      const person = changed(seen.data, asked, moment);
      return {
        writes: [...writesOf(seen, person, []), ...writes],
        answer: { result: personToWire(person) },
      };
    },
  });
  if (answer instanceof Problem) return answer;
  if (asked.active === false) await runtime.accounts.update(id, { disabled: true });
  return answer;
};

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
        : changing({ ...context, input: undefined }, params.id, body, desks),
  });
