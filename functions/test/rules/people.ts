import { Timestamp } from 'firebase/firestore';

export type Role = 'SuperAdmin' | 'NOC' | 'FOCSupervisor' | 'FOC';
export type Region = 'West' | 'Central' | 'East';

/** A person of the tests: who they are in `users`, and what their ID token says. */
export type Person = {
  readonly key: string;
  readonly uid: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Their document, or null for none. */
  readonly user: Readonly<Record<string, unknown>> | null;
};

/** The second at which everyone signed in, and since which their sign-ins count. */
export const SIGNED_IN_AT = 1_790_000_000;

const signedInAt = { auth_time: SIGNED_IN_AT };
const validAfter = Timestamp.fromMillis(SIGNED_IN_AT * 1000);

export const uidOf = (role: Role, region: Region): string => `${role}.${region}`;

/** The document of an active person of the cgs desk. */
export const cgsUser = (uid: string, role: string, region: Region) => ({
  id: uid,
  name: uid,
  active: true,
  validAfter,
  access: { cgs: { role, region, active: true, area: null, areas: [] } },
});

/** An active person of the cgs desk, with a token that is good. */
export const cgsPerson = (role: Role, region: Region): Person => {
  const uid = uidOf(role, region);
  return { key: uid, uid, claims: signedInAt, user: cgsUser(uid, role, region) };
};

export const ROLE_NAMES = ['SuperAdmin', 'NOC', 'FOCSupervisor', 'FOC'] as const;
export const REGION_NAMES = ['West', 'Central', 'East'] as const;
/** The regions that the tests' people are of: tickets exist in all three. */
export const HOME_REGIONS = ['West', 'East'] as const;

/** Every role in two regions: whom the expectation tables are about. */
export const STAFF: readonly Person[] = ROLE_NAMES.flatMap((role) =>
  HOME_REGIONS.map((region) => cgsPerson(role, region)),
);

type Change = { claims?: Person['claims']; user?: Person['user'] };

const variant = (key: string, role: Role, change: (user: Person['user']) => Change): Person => {
  const uid = `${key}.${role}`;
  const user = cgsUser(uid, role, 'West');
  return { key: uid, uid, claims: signedInAt, user, ...change(user) };
};

/** Half a second after `second`, since `validAfter` is finer than a token's whole seconds. */
const halfPast = (second: number) => Timestamp.fromMillis(second * 1000 + 500);

/** Who a right role does not help: each differs in one thing from a person who may read. */
const refusedVariants = (role: Role): readonly Person[] => [
  variant('without-document', role, () => ({ user: null })),
  variant('inactive', role, (user) => ({ user: { ...user, active: false } })),
  variant('withdrawn', role, (user) => ({
    user: { ...user, access: { cgs: { role, region: 'West', active: false } } },
  })),
  variant('of-another-desk', role, (user) => ({
    user: { ...user, access: { community: { role, active: true } } },
  })),
  variant('signed-in-too-early', role, (user) => ({
    user: { ...user, validAfter: Timestamp.fromMillis((SIGNED_IN_AT + 1) * 1000) },
  })),
  variant('signed-in-too-early-by-a-fraction', role, (user) => ({
    user: { ...user, validAfter: halfPast(SIGNED_IN_AT + 1) },
  })),
  variant('exchanged-an-old-custom-token', role, () => ({
    claims: { auth_time: SIGNED_IN_AT + 60, signedInAt: SIGNED_IN_AT * 1000 - 1 },
  })),
  variant('without-auth-time', role, () => ({ claims: { auth_time: undefined } })),
  variant('without-valid-after', role, (user) => ({ user: { ...user, validAfter: null } })),
  variant('claims-only', role, () => ({
    claims: { ...signedInAt, role, region: 'West', access: { cgs: { role, active: true } } },
    user: null,
  })),
];

export const NOBODY: Person = { key: 'not signed in', uid: null, claims: {}, user: null };

/** People whom every read must refuse. */
export const REFUSED: readonly Person[] = [
  NOBODY,
  ...refusedVariants('SuperAdmin'),
  ...refusedVariants('FOC'),
  {
    key: 'unknown-role',
    uid: 'unknown-role',
    claims: signedInAt,
    user: cgsUser('unknown-role', 'Retired', 'West'),
  },
];

/** Signed in within the second of `validAfter`: the token's time is cut off, so this counts. */
export const SAME_SECOND: Person = variant('same-second', 'SuperAdmin', (user) => ({
  user: { ...user, validAfter: halfPast(SIGNED_IN_AT) },
}));

/** Signed in by a custom token, dated to the millisecond of `validAfter`. */
export const DATED: Person = variant('dated', 'SuperAdmin', (user) => ({
  claims: { auth_time: SIGNED_IN_AT, signedInAt: SIGNED_IN_AT * 1000 + 500 },
  user: { ...user, validAfter: halfPast(SIGNED_IN_AT) },
}));

/** A FOC whose token claims more than their document: the document counts. */
export const BOASTER: Person = variant('boaster', 'FOC', () => ({
  claims: { ...signedInAt, role: 'SuperAdmin', access: { cgs: { role: 'SuperAdmin' } } },
}));

export const EVERYBODY: readonly Person[] = [...STAFF, ...REFUSED, SAME_SECOND, DATED, BOASTER];
