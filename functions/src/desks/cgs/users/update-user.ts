import { grants, updatePerson } from '../../../kernel/auth/grant.ts';
import { allSessionsEnded } from '../../../kernel/auth/session.ts';
import { type Context, type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { updateAccount } from '../../../kernel/people/account.ts';
import { allOf, type Check } from '../../../kernel/people/check.ts';
import { checkPhoto } from '../../../kernel/people/photo.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import { invalid, Problem } from '../../../kernel/problem.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, resultOf } from '../desk.ts';
import {
  LISTING,
  placedIn,
  type User,
  type UserGrant,
  userToWire,
  userWireSchema,
} from './people.ts';
import type { AreaRef, Person } from '../domain/schemas.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { findArea, userIn } from './user-change.ts';
import { checkRemoval, OWN } from './removal.ts';
import { type UpdateUser, updateUserBody } from './schemas.ts';

/** Whether the change ends all sessions: a new role, region, activity, e-mail or password does. */
const endsSessions = (before: User, after: User, body: UpdateUser): boolean => {
  const { role, region, active } = before.access.cgs;
  const now = after.access.cgs;
  const isMoved = role !== now.role || region !== now.region || active !== now.active;
  const isRenewed = before.email !== after.email || body.password !== undefined;
  return isMoved || isRenewed || before.active !== after.active;
};

const changed = (
  user: UserGrant,
  body: UpdateUser,
  area: AreaRef | null | undefined,
  now: Date,
): UserGrant => {
  const { cgs: known } = user.access;
  const access = {
    ...known,
    role: body.role ?? known.role,
    region: body.region ?? known.region,
    ...(area !== undefined && placedIn(area)),
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

/** A change that passed the checks of its fields. */
interface Asked {
  readonly body: UpdateUser;
  readonly area: AreaRef | null | undefined;
  readonly desks: readonly WorkDesk[];
}

/** The desks that ask for work in progress: all for a deactivation, this one for a move. */
const desksToAsk = (before: User, after: User, all: readonly WorkDesk[]): readonly WorkDesk[] => {
  if (before.active && !after.active) return all;
  const { role, region } = before.access.cgs;
  const { cgs: now } = after.access;
  return role === now.role && region === now.region ? [] : [OWN];
};

/** Checks what a change takes from a person, and the photo that it gives them. */
const checkChange = async (
  context: Pick<Context<Person, unknown>, 'runtime' | 'store' | 'principal' | 'now'>,
  before: UserGrant | undefined,
  { body, area, desks }: Asked,
): Promise<Check> => {
  if (before === undefined) return {};
  const after = changed(before, body, area, context.now);
  return allOf([
    checkRemoval(context.store, { before, after, desks: desksToAsk(before, after, desks) }),
    checkPhoto(context, before, after),
  ]);
};

/** The writes of a change, which may end the person's sessions. */
const decideChange = (
  current: ReturnType<typeof userIn>,
  { body, area }: Asked,
  check: Check,
  now: Date,
) => {
  if (current === undefined) return cgs.refuse('user/not-found');
  if (check.refused !== undefined) return check.refused;
  const next = changed(current.user, body, area, now);
  const isEnded = endsSessions(current.user, next, body);
  const person = isEnded ? { ...next, ...allSessionsEnded(now) } : next;
  return {
    writes: [...updatePerson(current.seen, person, LISTING), ...(check.writes ?? [])],
    answer: { result: userToWire(person), isEnded },
  };
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

const DECLARATION = {
  method: 'put',
  path: '/users/:id',
  summary: 'Changes a person; a new role, region, e-mail or password signs them out everywhere',
  contract: 'User 3',
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
  input: { ...noInput, params: byId, body: updateUserBody },
  status: 200,
  output: resultOf(userWireSchema),
  returns: 'the person as they are now',
  cost: { reads: 2, writes: 2 },
  audit: 'person',
  sample: { as: 'SuperAdmin', given: 'user', body: { name: 'NOC User Two' } },
} as const;

/** Changes a person; the same commit may end their sessions (contract, "User 3"). */
export const updateUser = (desks: readonly WorkDesk[]): Endpoint =>
  cgs.endpoint({
    ...DECLARATION,
    loads: ({ params }) => [grants.doc(params.id)],
    handle: async ({ input: { params, body }, ...context }) => {
      const { runtime, store, reads, actor, change } = context;
      const found = userIn(reads, params.id);
      if (found === undefined) return cgs.refuse('user/not-found');
      const { id } = found.user;
      const area = await areaAfter(store, found.user, body, actor);
      if (area instanceof Problem) return area;
      const asked = { body, area, desks };
      const early = await checkChange(context, found.user, asked);
      if (early.refused !== undefined) return early.refused;
      if (!(await updateAccount(runtime, id, body))) return cgs.refuse('user/email-taken');
      const answer = await change({
        gather: (fresh) => checkChange(context, userIn(fresh, id)?.user, asked),
        decide: ({ reads: fresh, gathered: check, now: moment }) =>
          decideChange(userIn(fresh, id), asked, check, moment),
      });
      if (answer instanceof Problem) return answer;
      if (body.active === false) await runtime.accounts.update(id, { disabled: true });
      if (answer.isEnded) await runtime.accounts.revoke(id);
      return { result: answer.result };
    },
  });
