import { isAuthError } from '../../../kernel/auth/accounts.ts';
import { people } from '../../../kernel/auth/person.ts';
import { findSessions } from '../../../kernel/auth/session.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { invalid, Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, resultOf } from '../desk.ts';
import { type User, userToWire, userWireSchema } from './people.ts';
import type { AreaRef, Person } from '../domain/schemas.ts';
import { byId } from '../tickets/ticket-command.ts';
import { findArea, sessionWrites, userIn } from './user-change.ts';
import { type UpdateUser, updateUserBody } from './schemas.ts';

/** Whether the change ends all sessions: a new role, region, activity or password does. */
const endsSessions = (before: User, after: User, body: UpdateUser): boolean => {
  const { role, region, active } = before.access.cgs;
  const now = after.access.cgs;
  const isMoved = role !== now.role || region !== now.region || active !== now.active;
  return isMoved || before.active !== after.active || body.password !== undefined;
};

const changed = (
  user: User,
  body: UpdateUser,
  area: AreaRef | null | undefined,
  now: Date,
): User => {
  const { cgs: known } = user.access;
  const placed =
    area === undefined
      ? {}
      : { area: area?.name ?? null, areaId: area?.id ?? null, areas: area ? [area] : [] };
  const access = {
    ...known,
    role: body.role ?? known.role,
    region: body.region ?? known.region,
    ...placed,
  };
  return {
    ...user,
    email: body.email ?? user.email,
    nik: body.nik ?? user.nik,
    name: body.name ?? user.name,
    phoneNumber: body.phoneNumber ?? user.phoneNumber,
    profilePhoto: body.profilePhoto === undefined ? user.profilePhoto : body.profilePhoto,
    active: body.active ?? user.active,
    access: { ...user.access, cgs: access },
    updatedAt: now,
  };
};

/** Updates the person's account in Firebase Authentication; a repeat has no further effect. */
const updateAccount = async (
  { accounts }: Runtime,
  uid: string,
  { email, password, name, active }: UpdateUser,
): Promise<Problem | undefined> => {
  const credentials = {
    ...(email !== undefined && { email }),
    ...(password !== undefined && { password }),
    ...(name !== undefined && { displayName: name }),
    ...(active !== undefined && { disabled: !active }),
  };
  if (Object.keys(credentials).length === 0) return undefined;
  try {
    await accounts.update(uid, credentials);
    return undefined;
  } catch (error) {
    if (isAuthError(error, 'auth/email-already-exists')) return cgs.refuse('user/email-taken');
    throw error;
  }
};

/** Checks a change before anything is written; returns the new area, if one was sent. */
const areaAfter = async (
  store: Store,
  { id, access }: User,
  body: UpdateUser,
  actor: Person,
): Promise<AreaRef | null | undefined | Problem> => {
  const isDemoted = (body.role ?? actor.role) !== actor.role || body.active === false;
  if (id === actor.id && isDemoted) return cgs.refuse('user/self');
  const region = body.region ?? access.cgs.region;
  if (region !== access.cgs.region && body.area === undefined && access.cgs.area !== null) {
    return invalid([{ path: 'area', message: 'Send an area of the new region, or null.' }]);
  }
  return body.area == null ? body.area : findArea(store, region, body.area);
};

/** Changes a person; the same commit updates or ends their sessions (contract, "User 3"). */
export const updateUser = cgs.endpoint({
  method: 'put',
  path: '/users/:id',
  summary: 'Changes a person; a new role, region or password signs them out everywhere',
  contract: 'User 3',
  roles: ['SuperAdmin'],
  refusals: ['user/not-found', 'user/self', 'user/email-taken', 'auth/unavailable'],
  input: { ...noInput, params: byId, body: updateUserBody },
  status: 200,
  output: resultOf(userWireSchema),
  returns: 'the person as they are now',
  // The session, the person, and the search for the person's sessions (none here).
  cost: { reads: 3, writes: 1 },
  sample: { as: 'SuperAdmin', given: 'user', body: { name: 'NOC User Two' } },
  loads: ({ params }) => [people.doc(params.id)],
  handle: async ({ input: { params, body }, runtime, store, reads, actor, change }) => {
    const found = userIn(reads, params.id);
    if (found === undefined) return cgs.refuse('user/not-found');
    const { id } = found.user;
    const area = await areaAfter(store, found.user, body, actor);
    if (area instanceof Problem) return area;
    const refused = await updateAccount(runtime, id, body);
    if (refused !== undefined) return refused;
    const answer = await change({
      gather: () => findSessions(store, id),
      decide: ({ reads: fresh, gathered: sessions, now }) => {
        const current = userIn(fresh, id);
        if (current === undefined) return cgs.refuse('user/not-found');
        const next = changed(current.user, body, area, now);
        const isEnded = endsSessions(current.user, next, body);
        const person = isEnded ? { ...next, validAfter: now } : next;
        return {
          writes: [
            people.update(current.seen, person),
            ...sessionWrites(sessions, isEnded ? undefined : person),
          ],
          answer: { result: userToWire(person), isEnded },
        };
      },
    });
    if (answer instanceof Problem) return answer;
    if (answer.isEnded) await runtime.accounts.revoke(id);
    return { result: answer.result };
  },
});
