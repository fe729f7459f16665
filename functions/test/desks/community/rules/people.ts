import type { Seat } from '../../../rules/desk.ts';
import { type Me, NOTHING } from '../../../../src/kernel/store/listener.ts';
import {
  boaster,
  NOBODY,
  type Person,
  personOf,
  refusedVariants,
  manySessions,
} from '../../../rules/people.ts';

type Numbers = {
  readonly companyId: number | null;
  readonly communityId: number | null;
  readonly residentId: number | null;
};

export const grantedTo = (role: string, numbers: Partial<Numbers>) => ({
  role,
  companyId: null,
  communityId: null,
  residentId: null,
  ...numbers,
  active: true,
});

// Numbers show where a person belongs: resident 111 of community 11 of company 1.
const resident = (residentId: number): Seat => {
  const communityId = Math.floor(residentId / 10);
  const own = { companyId: Math.floor(communityId / 10), communityId, residentId };
  const uid = `resident.${residentId}`;
  const me: Me = { ...NOTHING, ...own, uid, idOrigen: '1' };
  return {
    person: personOf(uid, { community: grantedTo('RESIDENT', own) }),
    role: 'RESIDENT',
    me,
  };
};

const admin = (companyId: number): Seat => {
  const uid = `admin.${companyId}`;
  return {
    person: personOf(uid, { community: grantedTo('ADMIN_COMPANY', { companyId }) }),
    role: 'ADMIN_COMPANY',
    me: { ...NOTHING, uid, companyId, communityId: companyId * 10 + 1, idOrigen: '1' },
  };
};

const systemAdmin: Seat = {
  person: personOf('system', { community: grantedTo('SYSTEM_ADMIN', {}) }),
  role: 'SYSTEM_ADMIN',
  me: { ...NOTHING, uid: 'system', companyId: 1, communityId: 11, residentId: 111, idOrigen: '1' },
};

/** The people of the tables, in the order of the tables' letters. */
export const STAFF: readonly Seat[] = [
  resident(111),
  resident(112),
  // Lived in community 11 before, and has a ticket there.
  resident(121),
  resident(211),
  admin(1),
  admin(2),
  systemAdmin,
];

const living = { companyId: 1, communityId: 11, residentId: 111 };

/** Refused wherever a role is needed: their role, or the part of the desk it is for, is missing. */
export const ROLELESS: readonly Person[] = [
  personOf('visitor', { community: grantedTo('VISITOR', living) }),
  personOf('homeless', { community: grantedTo('RESIDENT', { companyId: 9, residentId: 9999 }) }),
  personOf('admin-of-nothing', { community: grantedTo('ADMIN_COMPANY', {}) }),
];

/** People who must be refused every read. */
export const REFUSED: readonly Person[] = [
  NOBODY,
  ...refusedVariants('SYSTEM_ADMIN', 'community', grantedTo('SYSTEM_ADMIN', {})),
  ...refusedVariants('RESIDENT', 'community', grantedTo('RESIDENT', living)),
];

const system = { community: grantedTo('SYSTEM_ADMIN', {}) };

/** Just allowed: by one of several sessions. */
export const JUST_ADMITTED: readonly Person[] = [manySessions('SYSTEM_ADMIN', system)];

/** A resident of community 11 whose token says SYSTEM_ADMIN. */
export const BOASTER = boaster('RESIDENT', { community: grantedTo('RESIDENT', living) }, system);
