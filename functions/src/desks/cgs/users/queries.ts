import type { Alternative } from '../../../kernel/store/query.ts';
import type { Person } from '../domain/schemas.ts';
import { type Region, type Role, ROLES } from '../domain/vocabulary.ts';
import { type User, type UserGrant, type UserOrder, userGrants } from './people.ts';

/** How a list of people is narrowed. */
export interface UserFilters {
  readonly region?: Region | undefined;
  readonly role?: Role | undefined;
  readonly areaIds?: readonly string[] | undefined;
  readonly active?: boolean | undefined;
  /** The word that the store looks up. */
  readonly keyword?: string | undefined;
}

/** The roles of the people whom each role sees in a list; a FOC sees only themselves. */
const SEEN = {
  SuperAdmin: ROLES,
  NOC: ROLES,
  FOCSupervisor: ['FOC'],
} as const satisfies Partial<Record<Role, readonly Role[]>>;

type Viewer = { readonly role: keyof typeof SEEN; readonly region: Region };

/** Somebody is active if neither they nor their access to the desk is inactive. */
const activity = (active: boolean | undefined) => {
  if (active === undefined) return [{}];
  return active
    ? [{ active: true, 'access.cgs.active': true }]
    : [{ active: false }, { active: true, 'access.cgs.active': false }];
};

/** The roles and regions of a list within the caller's reach. */
const placesOf = ({ role, region: own }: Viewer, { region, role: asked }: UserFilters) => {
  const isOutside = role !== 'SuperAdmin' && region !== undefined && region !== own;
  if (isOutside) return [];
  const roles = SEEN[role].filter((each) => asked === undefined || each === asked);
  return roles.map((each) => ({
    'access.cgs.role': each,
    'access.cgs.region': role === 'SuperAdmin' ? region : own,
  }));
};

/**
 * The alternatives of a list of people within the caller's reach. Only by name does the store look up
 * all filters, so whoever reads the list compares them as well.
 */
export const visibleUsers = (
  viewer: Viewer,
  order: UserOrder,
  filters: UserFilters,
): readonly Alternative<UserGrant>[] => {
  const places = placesOf(viewer, filters);
  if (order !== 'name' && order !== '-name') {
    const sorted = userGrants.queries.sorted.by(order);
    return places.map((place) => sorted.where(place));
  }
  const named = userGrants.queries.named.by(order);
  const { areaIds = [undefined], active, keyword } = filters;
  return places.flatMap((place) =>
    areaIds.flatMap((areaId) =>
      activity(active).map((some) =>
        named.where({ ...place, 'access.cgs.areaId': areaId, ...some, keywords: keyword }),
      ),
    ),
  );
};

/** Whether a list with these filters shows a person, apart from the words of its search. */
export const matchesFilters = (
  { active: isSignedIn, access: { cgs } }: User,
  { region, role, areaIds, active }: UserFilters,
): boolean =>
  (region === undefined || cgs.region === region) &&
  (role === undefined || cgs.role === role) &&
  (areaIds === undefined || areaIds.includes(cgs.areaId ?? '')) &&
  (active === undefined || (isSignedIn && cgs.active) === active);

/** Whether the actor may see a person; the security rules say the same. */
export const maySeeUser = (user: User, actor: Person): boolean => {
  const { role, region } = user.access.cgs;
  if (actor.role === 'SuperAdmin' || user.id === actor.id) return true;
  if (region !== actor.region) return false;
  return actor.role === 'NOC' || (actor.role === 'FOCSupervisor' && role === 'FOC');
};
