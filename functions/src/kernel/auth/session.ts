import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Runtime } from '../runtime.ts';
import type { Loaded, Write } from '../store/document.ts';
import { outcomeOf } from '../store/outcome.ts';
import type { Store } from '../store/store.ts';
import { update } from '../store/update.ts';
import { type Grant, grants } from './grant.ts';

/** A session of a person: `grants/{uid}.sessions[sid]` says until when it is open. */
export interface SessionId {
  readonly uid: string;
  readonly sid: string;
}

/** Where somebody signs in from. */
export interface Origin {
  readonly address: string;
  readonly agent: string;
}

type Sessions = Pick<Grant, 'sessions' | 'signIns'>;

/** Of one person; the oldest gives way to a new one. */
export const MOST_SESSIONS = 20;
/** Open or not: by these a browser is known that has signed in before. */
const MOST_SIGN_INS = 40;
const LONGEST_AGENT = 200;
const REFRESH_AFTER_MS = 10 * 60_000;

const TOKEN = /^[\w-]{43}\.([\w-]{1,128})$/;

const sidOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** A new session's id, and its secret: 256 random bits, and the uid, known before any read. */
export const newSession = (uid: string): SessionId & { readonly token: string } => {
  const token = `${randomBytes(32).toString('base64url')}.${uid}`;
  return { uid, sid: sidOf(token), token };
};

/**
 * The session that a token is of, undefined for a value of the wrong form. Its id is a hash, so that
 * the token itself is not stored. Only the grant proves that there is such a session.
 */
export const sessionOf = (token: string): SessionId | undefined => {
  const uid = TOKEN.exec(token)?.[1];
  return uid === undefined ? undefined : { uid, sid: sidOf(token) };
};

/** When a session ends that is used at this moment. */
export const expiry = (config: Config, createdAt: Date, now: Date): Date =>
  new Date(
    Math.min(now.getTime() + config.sessionIdleMs, createdAt.getTime() + config.sessionMaxMs),
  );

/** Whether a person is active and has this session open. */
export const isLive = ({ active, sessions }: Grant, sid: string, now: Date): boolean => {
  const expiresAt = Object.hasOwn(sessions, sid) ? sessions[sid] : undefined;
  return active && expiresAt !== undefined && expiresAt > now;
};

const pick = <T>(map: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(map).filter(([key]) => keys.includes(key)));

/** The ids of the latest sign-ins among these. */
const newest = ({ signIns }: Grant, sids: readonly string[], most: number): string[] => {
  const openedAt = (sid: string) => signIns[sid]?.createdAt.getTime() ?? 0;
  return sids.toSorted((one, other) => openedAt(other) - openedAt(one)).slice(0, most);
};

/** The sessions that are open, without these. */
const stillOpen = ({ sessions }: Grant, gone: readonly string[], now: Date): string[] =>
  Object.entries(sessions).flatMap(([sid, end]) => (end > now && !gone.includes(sid) ? [sid] : []));

/** A session that is open, and where it was opened from. */
export interface OpenSession extends Origin {
  readonly sid: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** The open sessions of a person, the latest sign-in first. */
export const openSessions = (grant: Grant, now: Date): OpenSession[] =>
  newest(grant, stillOpen(grant, [], now), MOST_SESSIONS).flatMap((sid) => {
    const [entry, expiresAt] = [grant.signIns[sid], grant.sessions[sid]];
    return entry === undefined || expiresAt === undefined ? [] : [{ sid, ...entry, expiresAt }];
  });

/**
 * The sessions of a person with a new one.
 *
 * @param previous an earlier session of the same browser, which ends
 */
export const withSession = (
  config: Config,
  grant: Grant,
  { sid, previous, origin }: { sid: string; previous: string | undefined; origin: Origin },
  now: Date,
): Sessions => {
  const gone = previous === undefined ? [] : [previous];
  const open = newest(grant, stillOpen(grant, gone, now), MOST_SESSIONS - 1);
  const past = Object.keys(grant.signIns).filter((each) => ![...gone, ...open].includes(each));
  const known = [...open, ...newest(grant, past, MOST_SIGN_INS - 1 - open.length)];
  const entry = {
    createdAt: now,
    lastSeenAt: now,
    address: origin.address,
    agent: origin.agent.slice(0, LONGEST_AGENT),
  };
  return {
    sessions: { ...pick(grant.sessions, open), [sid]: expiry(config, now, now) },
    signIns: { ...pick(grant.signIns, known), [sid]: entry },
  };
};

/** The sessions of a person without these; their sign-ins stay known. */
export const withoutSessions = (
  grant: Grant,
  sids: readonly string[],
  now: Date,
): Pick<Grant, 'sessions'> => ({
  sessions: pick(grant.sessions, stillOpen(grant, sids, now)),
});

/** What ends all sessions of a person, and each sign-in that is under way. */
export const allSessionsEnded = (now: Date): Pick<Grant, 'sessions' | 'validAfter'> => ({
  sessions: {},
  validAfter: now,
});

/** The same for all sessions but one. */
export const otherSessionsEnded = (
  { sessions }: Grant,
  sid: string,
  now: Date,
): Pick<Grant, 'sessions' | 'validAfter'> => ({
  sessions: pick(sessions, [sid]),
  validAfter: now,
});

/** A session extended by its use; undefined when it was extended less than 10 minutes ago. */
export const refreshed = (
  config: Config,
  { sessions, signIns }: Grant,
  sid: string,
  now: Date,
): Sessions | undefined => {
  const entry = signIns[sid];
  if (entry === undefined || now.getTime() - entry.lastSeenAt.getTime() < REFRESH_AFTER_MS)
    return undefined;
  return {
    sessions: { ...sessions, [sid]: expiry(config, entry.createdAt, now) },
    signIns: { ...signIns, [sid]: { ...entry, lastSeenAt: now } },
  };
};

/** Extends a session that is used. It is no failure when the person changes at the same time. */
export const keepAlive = async (
  store: Store,
  config: Config,
  { grant, sid }: { readonly grant: Loaded<Grant>; readonly sid: string },
  now: Date,
): Promise<void> => {
  const patch = refreshed(config, grant.data, sid, now);
  if (patch === undefined) return;
  try {
    await store.commit([grants.update(grant, patch)]);
  } catch (error) {
    if (outcomeOf(error) === 'permanent') throw error;
  }
};

/** Ends a session, if it is open. */
export const endSession = async (
  runtime: Runtime,
  store: Store,
  { uid, sid }: SessionId,
): Promise<void> => {
  const key = grants.doc(uid);
  await update(store, runtime, {
    keys: [key],
    decide: ({ reads }) => {
      const seen = reads.get(key);
      return seen === undefined || !Object.hasOwn(seen.data.sessions, sid)
        ? []
        : [grants.update(seen, withoutSessions(seen.data, [sid], runtime.now()))];
    },
  });
};

/**
 * Ends all sessions of a person, if there is one, and each sign-in that is under way.
 *
 * @param together pure: what is written in the same commit
 */
export const endAllSessions = async (
  runtime: Runtime,
  store: Store,
  uid: string,
  together: (person: Grant, now: Date) => readonly Write[] = () => [],
): Promise<void> => {
  const key = grants.doc(uid);
  await update(store, runtime, {
    keys: [key],
    decide: ({ reads }) => {
      const seen = reads.get(key);
      if (seen === undefined) return [];
      const now = runtime.now();
      return [grants.update(seen, allSessionsEnded(now)), ...together(seen.data, now)];
    },
  });
};
