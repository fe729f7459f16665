import { Timestamp } from 'firebase/firestore';

/** A person of the tests: their document in `users`, and their ID token. */
export type Person = {
  readonly key: string;
  readonly uid: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Their document, or null when they have none. */
  readonly user: Readonly<Record<string, unknown>> | null;
};

/** When everyone signed in, in seconds; also their `validAfter`. */
export const SIGNED_IN_AT = 1_790_000_000;

const signedInAt = { auth_time: SIGNED_IN_AT };
const validAfter = Timestamp.fromMillis(SIGNED_IN_AT * 1000);

type Granted = Readonly<Record<string, unknown>>;
/** What a person may do, by desk. */
export type Access = Readonly<Record<string, Granted>>;

type Change = { claims?: Person['claims']; user?: Person['user'] };

/** The document of an active person. */
const userOf = (uid: string, access: Access) => ({
  id: uid,
  name: uid,
  active: true,
  validAfter,
  access,
});

/** An active person with a valid token, except for what `change` replaces. */
export const personOf = (uid: string, access: Access, change: Change = {}): Person => ({
  key: uid,
  uid,
  claims: signedInAt,
  user: userOf(uid, access),
  ...change,
});

/** About a second after `second`, because `validAfter` is more precise than a token's time. */
const halfPast = (second: number) => Timestamp.fromMillis(second * 1000 + 500);

export const NOBODY: Person = { key: 'not signed in', uid: null, claims: {}, user: null };

/**
 * People who are refused although their access would allow it: each differs in one thing from a
 * person who may read.
 *
 * @param label a part of their uids, different in each call
 * @param granted the access to `desk` that would do
 */
export const refusedVariants = (
  label: string,
  desk: string,
  granted: Granted,
): readonly Person[] => {
  const variant = (key: string, change: (user: ReturnType<typeof userOf>) => Change): Person => {
    const uid = `${key}.${label}`;
    const access = { [desk]: granted };
    return personOf(uid, access, change(userOf(uid, access)));
  };
  const another = desk === 'community' ? 'isp' : 'community';
  return [
    variant('without-document', () => ({ user: null })),
    variant('inactive', (user) => ({ user: { ...user, active: false } })),
    variant('withdrawn', (user) => ({
      user: { ...user, access: { [desk]: { ...granted, active: false } } },
    })),
    variant('of-another-desk', (user) => ({ user: { ...user, access: { [another]: granted } } })),
    variant('signed-in-too-early', (user) => ({
      user: { ...user, validAfter: Timestamp.fromMillis((SIGNED_IN_AT + 1) * 1000) },
    })),
    variant('signed-in-too-early-by-a-fraction', (user) => ({
      user: { ...user, validAfter: halfPast(SIGNED_IN_AT + 1) },
    })),
    variant('exchanged-an-old-custom-token', () => ({
      claims: { auth_time: SIGNED_IN_AT + 60, signedInAt: SIGNED_IN_AT * 1000 - 1 },
    })),
    variant('without-auth-time', () => ({ claims: { auth_time: undefined } })),
    variant('without-valid-after', (user) => ({ user: { ...user, validAfter: null } })),
    variant('claims-only', () => ({
      claims: { ...signedInAt, ...granted, access: { [desk]: granted } },
      user: null,
    })),
  ];
};

/** Whether this person may still read their own document, because another desk allows it. */
export const mayReadThemselves = ({ key }: Person): boolean => key.startsWith('of-another-desk.');

/** Signed in within the second of `validAfter`; valid, because token times are whole seconds. */
export const sameSecond = (label: string, access: Access): Person => {
  const uid = `same-second.${label}`;
  return personOf(uid, access, {
    user: { ...userOf(uid, access), validAfter: halfPast(SIGNED_IN_AT) },
  });
};

/** Signed in by a custom token, whose time is `validAfter` to the millisecond. */
export const dated = (label: string, access: Access): Person => {
  const uid = `dated.${label}`;
  return personOf(uid, access, {
    claims: { auth_time: SIGNED_IN_AT, signedInAt: SIGNED_IN_AT * 1000 + 500 },
    user: { ...userOf(uid, access), validAfter: halfPast(SIGNED_IN_AT) },
  });
};

/** A person whose token says more than their document grants: only the document counts. */
export const boaster = (label: string, access: Access, claimed: Access): Person => {
  const [own = {}] = Object.values(claimed);
  const claims = { ...signedInAt, ...own, access: claimed };
  return personOf(`boaster.${label}`, access, { claims });
};
