import {
  boaster,
  NOBODY,
  type Person,
  personOf,
  refusedVariants,
  manySessions,
} from '../../../rules/people.ts';

export type Role = 'SuperAdmin' | 'NOC' | 'FOCSupervisor' | 'FOC';
export type Region = 'West' | 'Central' | 'East';

export const uidOf = (role: Role, region: Region): string => `${role}.${region}`;

const granted = (role: string, region: Region) => ({
  role,
  region,
  active: true,
  area: null,
  areas: [],
});

/** An active person of the cgs desk with their own uid. */
export const newcomer = (uid: string, role: string, region: Region): Person =>
  personOf(uid, { cgs: granted(role, region) });

/** An active person of the cgs desk with a valid token. */
export const cgsPerson = (role: Role, region: Region): Person =>
  newcomer(uidOf(role, region), role, region);

export const ROLE_NAMES = ['SuperAdmin', 'NOC', 'FOCSupervisor', 'FOC'] as const;
export const REGION_NAMES = ['West', 'Central', 'East'] as const;
/** The regions of the tests' people; tickets exist in all three regions. */
export const HOME_REGIONS = ['West', 'East'] as const;

/** The people of the expectation tables: every role in two regions. */
export const STAFF: readonly Person[] = ROLE_NAMES.flatMap((role) =>
  HOME_REGIONS.map((region) => cgsPerson(role, region)),
);

/** People who must be refused every read. */
export const REFUSED: readonly Person[] = [
  NOBODY,
  ...refusedVariants('SuperAdmin', 'cgs', granted('SuperAdmin', 'West')),
  ...refusedVariants('FOC', 'cgs', granted('FOC', 'West')),
  newcomer('unknown-role', 'Retired', 'West'),
];

const superAdmin = { cgs: granted('SuperAdmin', 'West') };
const foc = { cgs: granted('FOC', 'West') };

export const MANY_SESSIONS = manySessions('SuperAdmin', superAdmin);
export const BOASTER = boaster('FOC', foc, superAdmin);

export const EVERYBODY: readonly Person[] = [...STAFF, ...REFUSED, MANY_SESSIONS, BOASTER];
