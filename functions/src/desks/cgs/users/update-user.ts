import { grants } from '../../../kernel/auth/grant.ts';
import { allSessionsEnded } from '../../../kernel/auth/session.ts';
import { type Context, type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { changePerson } from '../../../kernel/people/change-person.ts';
import type { WorkDesk } from '../../../kernel/people/work.ts';
import { invalid, Problem } from '../../../kernel/problem.ts';
import { byId } from '../../../kernel/store/ids.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, resultOf } from '../desk.ts';
import type { AreaRef, Person } from '../domain/schemas.ts';
import { findArea } from '../master/find-area.ts';
import {
  LISTING,
  placedIn,
  type User,
  type UserGrant,
  userIn,
  userOf,
  userToWire,
  userWireSchema,
} from './people.ts';
import { checkRemoval, OWN } from './removal.ts';
import { type UpdateUser, updateUserBody } from './schemas.ts';

/** A change that passed the checks of its fields. */
interface Asked {
  readonly body: UpdateUser;
  readonly area: AreaRef | null | undefined;
  readonly desks: readonly WorkDesk[];
}

/** Whether the person gets another role or region, and so can no longer do the work that they had. */
const isMoved = ({ access: { cgs: before } }: User, { access: { cgs: after } }: User): boolean =>
  before.role !== after.role || before.region !== after.region;

const changed = (user: UserGrant, { body, area }: Asked, now: Date): UserGrant => {
  const { cgs: known } = user.access;
  const access = {
    ...known,
    role: body.role ?? known.role,
    region: body.region ?? known.region,
    ...(area !== undefined && placedIn(area)),
  };
  const next = {
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
  return isMoved(user, next) ? { ...next, ...allSessionsEnded(now) } : next;
};

/** The desks that ask for work in progress: all for a deactivation, this one for a move. */
const desksToAsk = (before: User, after: User, all: readonly WorkDesk[]): readonly WorkDesk[] => {
  if (before.active && !after.active) return all;
  return isMoved(before, after) ? [OWN] : [];
};

const changing = (context: Omit<Context<Person, unknown>, 'input'>, id: string, asked: Asked) =>
  changePerson(context, {
    id,
    listing: LISTING,
    next: (before, _actor, now) => {
      const user = userOf(before);
      return user === undefined ? cgs.refuse('user/not-found') : changed(user, asked, now);
    },
    credentials: () => asked.body,
    check: async (before, after) => {
      const user = userOf(before);
      const desks = user === undefined ? [] : desksToAsk(user, after, asked.desks);
      return checkRemoval(context.store, { before, after, desks });
    },
    taken: cgs.refuse('user/email-taken'),
    answer: (user) => ({ result: userToWire(user) }),
  });

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
      const user = userIn(context.reads, params.id);
      if (user === undefined) return cgs.refuse('user/not-found');
      const area = await areaAfter(context.store, user, body, context.actor);
      if (area instanceof Problem) return area;
      return changing(context, user.id, { body, area, desks });
    },
  });
