import { Timestamp } from 'firebase/firestore';

type Data = Readonly<Record<string, unknown>>;

/** A person of the tests: their grant, and the claims of their ID token. */
export type Person = {
  readonly key: string;
  readonly uid: string | null;
  readonly claims: Data;
  /** `grants/{uid}`, or null when they have none. */
  readonly grant: Data | null;
};

const SID = 'the-open-session';
const claimed = { sid: SID };

const inHours = (hours: number) => Timestamp.fromMillis(Date.now() + hours * 60 * 60_000);

type Granted = Readonly<Record<string, unknown>>;
/** What a person may do, by desk. */
export type Access = Readonly<Record<string, Granted>>;

type Change = Partial<Pick<Person, 'claims' | 'grant'>>;

/** The grant of an active person with an open session. */
const grantOf = (uid: string, access: Access) => ({
  id: uid,
  name: uid,
  active: true,
  sessions: { [SID]: inHours(12) },
  access,
});

/** What `users/{uid}` shows of a person. */
export const shownOf = ({ sessions: _, access, ...profile }: Data): Data => {
  const { cgs } = Object(access);
  return { ...profile, access: cgs === undefined ? {} : { cgs } };
};

/** An active person with a valid token, except for what `change` replaces. */
export const personOf = (uid: string, access: Access, change: Change = {}): Person => ({
  key: uid,
  uid,
  claims: claimed,
  grant: grantOf(uid, access),
  ...change,
});

export const NOBODY: Person = { key: 'not signed in', uid: null, claims: {}, grant: null };

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
  const variant = (key: string, change: (grant: ReturnType<typeof grantOf>) => Change): Person => {
    const uid = `${key}.${label}`;
    const access = { [desk]: granted };
    return personOf(uid, access, change(grantOf(uid, access)));
  };
  const another = desk === 'community' ? 'isp' : 'community';
  return [
    variant('without-grant', () => ({ grant: null })),
    variant('inactive', (grant) => ({ grant: { ...grant, active: false } })),
    variant('withdrawn', (grant) => ({
      grant: { ...grant, access: { [desk]: { ...granted, active: false } } },
    })),
    variant('of-another-desk', (grant) => ({
      grant: { ...grant, access: { [another]: granted } },
    })),
    variant('expired', (grant) => ({ grant: { ...grant, sessions: { [SID]: inHours(-1) } } })),
    variant('signed-out', (grant) => ({ grant: { ...grant, sessions: {} } })),
    variant('in-another-session', () => ({ claims: { sid: 'another-session' } })),
    variant('signed-in-elsewhere', () => ({ claims: { auth_time: Date.now() / 1000 } })),
    variant('with-a-session-of-no-name', () => ({ claims: { sid: null } })),
    variant('without-sessions', (grant) => ({ grant: { ...grant, sessions: null } })),
    variant('with-an-endless-session', (grant) => ({
      grant: { ...grant, sessions: { [SID]: true } },
    })),
    variant('claims-only', () => ({
      claims: { ...claimed, ...granted, access: { [desk]: granted } },
      grant: null,
    })),
  ];
};

/** The first parts of the keys of those who have no open session or are not active. */
const NOT_ADMITTED = [
  'without-grant',
  'inactive',
  'expired',
  'signed-out',
  'in-another-session',
  'signed-in-elsewhere',
  'with-a-session-of-no-name',
  'without-sessions',
  'with-an-endless-session',
  'claims-only',
];

/** Whether this person is admitted, and so may read their own grant, with or without a desk. */
export const mayReadThemselves = ({ key, uid }: Person): boolean =>
  uid !== null && !NOT_ADMITTED.some((what) => key.startsWith(`${what}.`));

/** A person with other sessions besides, some of which have ended. */
export const manySessions = (label: string, access: Access): Person => {
  const uid = `many-sessions.${label}`;
  const sessions = { another: inHours(1), ended: inHours(-1), [SID]: inHours(1) };
  return personOf(uid, access, { grant: { ...grantOf(uid, access), sessions } });
};

/** A person whose token says more than their document grants: only the document counts. */
export const boaster = (label: string, access: Access, claims: Access): Person => {
  const [own = {}] = Object.values(claims);
  return personOf(`boaster.${label}`, access, {
    claims: { ...claimed, ...own, access: claims },
  });
};
