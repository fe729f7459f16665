import type { Person } from '../domain/schemas.ts';
import { type Region, ROLES } from '../domain/vocabulary.ts';
import { type User, type UserOrder, users } from './people.ts';

const { ofRole, ofRegion, ofRegionAndRole } = users.queries;

/** The alternatives of a list of people within the caller's reach; a FOC sees only themselves. */
export const visibleUsers = (
  { role, region }: { role: 'SuperAdmin' | 'NOC' | 'FOCSupervisor'; region: Region },
  order: UserOrder,
) => {
  const ofThis = { 'access.cgs.region': region };
  switch (role) {
    case 'SuperAdmin':
      // By role, since people without access to this desk have none.
      return ROLES.map((each) => ofRole.by(order).where({ 'access.cgs.role': each }));
    case 'NOC':
      return [ofRegion.by(order).where(ofThis)];
    case 'FOCSupervisor':
      return [ofRegionAndRole.by(order).where({ ...ofThis, 'access.cgs.role': 'FOC' })];
  }
};

/** Whether the actor may see a person; the security rules say the same. */
export const maySeeUser = (user: User, actor: Person): boolean => {
  const { role, region } = user.access.cgs;
  if (actor.role === 'SuperAdmin' || user.id === actor.id) return true;
  if (region !== actor.region) return false;
  return actor.role === 'NOC' || (actor.role === 'FOCSupervisor' && role === 'FOC');
};
