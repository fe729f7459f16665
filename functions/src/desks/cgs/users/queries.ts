import type { Person } from '../domain/schemas.ts';
import { type Region, ROLES } from '../domain/vocabulary.ts';
import { type User, type UserOrder, users } from './people.ts';

const { ofRole, ofRegion, ofRegionAndRole } = users.queries;

/** The alternatives of a list of people within the caller's reach; a FOC lists nobody else. */
export const visibleUsers = (
  { role, region }: { role: 'SuperAdmin' | 'NOC' | 'FOCSupervisor'; region: Region },
  order: UserOrder,
) => {
  const ofThis = { 'access.cgs.region': region };
  switch (role) {
    case 'SuperAdmin':
      // People of other desks alone have no role here.
      return ROLES.map((each) => ofRole.by(order).where({ 'access.cgs.role': each }));
    case 'NOC':
      return [ofRegion.by(order).where(ofThis)];
    case 'FOCSupervisor':
      return [ofRegionAndRole.by(order).where({ ...ofThis, 'access.cgs.role': 'FOC' })];
  }
};

/** Who sees a person, through the API as through the security rules. */
export const maySeeUser = (user: User, actor: Person): boolean => {
  const { role, region } = user.access.cgs;
  if (actor.role === 'SuperAdmin' || user.id === actor.id) return true;
  if (region !== actor.region) return false;
  return actor.role === 'NOC' || (actor.role === 'FOCSupervisor' && role === 'FOC');
};
