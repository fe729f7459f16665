import type { QueryShape } from '../../../kernel/store/query-shape.ts';
import type { Equal, QueryValues } from '../../../kernel/store/store.ts';
import type { Person } from '../domain/schemas.ts';
import type { User } from './people.ts';
import { type Region, ROLES } from '../domain/vocabulary.ts';

const ROLE = 'access.cgs.role';
const REGION = 'access.cgs.region';

export const USER_SORTS = ['name', 'email', 'createdAt', 'updatedAt'] as const;
export type UserSort = (typeof USER_SORTS)[number];
export type Direction = 'asc' | 'desc';

const shape = (reach: string, equal: readonly string[], field: UserSort, direction: Direction) =>
  ({
    name: `users ${reach} by ${field} ${direction}`,
    collection: 'users',
    equal,
    orderBy: [{ field, direction }],
  }) as const satisfies QueryShape;

type Alternatives = QueryValues['anyOf'];

/** The alternatives of a list of people within the caller's reach; a FOC lists nobody else. */
export const visibleUsers = (
  { role, region }: { role: 'SuperAdmin' | 'NOC' | 'FOCSupervisor'; region: Region },
  field: UserSort,
  direction: Direction,
): Alternatives => {
  const sorted = (reach: string, equal: Equal) => ({
    shape: shape(reach, Object.keys(equal), field, direction),
    equal,
  });
  switch (role) {
    case 'SuperAdmin':
      // People of other desks alone have no role here.
      return ROLES.map((each) => sorted('of a role', { [ROLE]: each }));
    case 'NOC':
      return [sorted('of a region', { [REGION]: region })];
    case 'FOCSupervisor':
      return [sorted('of a region and role', { [REGION]: region, [ROLE]: 'FOC' })];
  }
};

/** Who sees a person, through the API as through the security rules. */
export const maySeeUser = (user: User, actor: Person): boolean => {
  const { role, region } = user.access.cgs;
  if (actor.role === 'SuperAdmin' || user.id === actor.id) return true;
  if (region !== actor.region) return false;
  return actor.role === 'NOC' || (actor.role === 'FOCSupervisor' && role === 'FOC');
};

/** All shapes that lists of people ask for, for the index check. */
export const USER_QUERIES: readonly QueryShape[] = USER_SORTS.flatMap((field) =>
  (['asc', 'desc'] as const).flatMap((direction) =>
    (['SuperAdmin', 'NOC', 'FOCSupervisor'] as const).flatMap((role) =>
      visibleUsers({ role, region: 'West' }, field, direction).map((each) => each.shape),
    ),
  ),
);

/** Tickets in progress of a person. */
export const TICKETS_IN_HAND = {
  name: 'tickets in progress of a FOC',
  collection: 'tickets',
  equal: ['foc.id', 'inProgressByFoc'],
} as const satisfies QueryShape;

/** An area by its name within a region. */
export const AREA_BY_NAME = {
  name: 'areas by region and name',
  collection: 'areas',
  equal: ['region', 'name'],
} as const satisfies QueryShape;
