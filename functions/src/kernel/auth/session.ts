import { createHash, randomBytes } from 'node:crypto';
import pRetry from 'p-retry';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { collection } from '../store/collection.ts';
import type { Loaded, Write } from '../store/document.ts';
import { outcomeOf } from '../store/outcome.ts';
import type { Store } from '../store/store.ts';
import { profileSchema, type Profile } from './person.ts';

/**
 * `sessions/{sha256 of the cookie}`: a signed-in browser or phone, with a copy of the person so
 * that a request needs one read. Code that changes a person updates or deletes their sessions in
 * the same commit.
 */
const sessionSchema = z.object({
  uid: z.string(),
  person: profileSchema,
  createdAt: z.date(),
  lastSeenAt: z.date(),
  /** When it ends unless it is used before; the TTL policy deletes the document later. */
  expiresAt: z.date(),
});

export type Session = z.output<typeof sessionSchema>;

export const sessions = collection('sessions', sessionSchema, {
  unindexed: ['person'],
  ttl: 'expiresAt',
  queries: { ofPerson: { equal: ['uid'] } },
});

/** Of one person: far more than anybody opens within the days that a session lives. */
const MOST_SESSIONS = 5000;
const REFRESH_AFTER_MS = 10 * 60_000;

const TOKEN = /^[\w-]{43}\.([\w-]{1,128})$/;

/** The cookie's value: 256 random bits, and the uid, so that it is known before any read. */
export const newSessionToken = (uid: string): string =>
  `${randomBytes(32).toString('base64url')}.${uid}`;

/**
 * The uid in a cookie's value, undefined for a value of the wrong form. Only the session's document
 * proves that it is true.
 */
export const uidIn = (token: string): string | undefined => TOKEN.exec(token)?.[1];

/** The key of a cookie's session: a hash, so that the value itself is not stored. */
export const sessionOf = (token: string) =>
  sessions.doc(createHash('sha256').update(token).digest('hex'));

const expiry = (config: Config, createdAt: Date, now: Date): Date =>
  new Date(
    Math.min(now.getTime() + config.sessionIdleMs, createdAt.getTime() + config.sessionMaxMs),
  );

export const openSession = (config: Config, token: string, person: Profile, now: Date): Write =>
  sessions.create(sessionOf(token).id, {
    uid: person.id,
    person,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiry(config, now, now),
  });

export const isLive = (session: Session, now: Date): boolean => session.expiresAt > now;

/** The write that extends a session; undefined when it was extended less than 10 minutes ago. */
export const refreshSession = (
  config: Config,
  seen: Loaded<Session>,
  now: Date,
): Write | undefined => {
  const { createdAt, lastSeenAt } = seen.data;
  if (now.getTime() - lastSeenAt.getTime() < REFRESH_AFTER_MS) return undefined;
  return sessions.update(seen, { lastSeenAt: now, expiresAt: expiry(config, createdAt, now) });
};

/** Extends a session that is used. It is no failure when the session ends at the same time. */
export const keepAlive = async (
  store: Store,
  config: Config,
  session: Loaded<Session> | undefined,
  now: Date,
): Promise<void> => {
  const write = session && refreshSession(config, session, now);
  if (write === undefined) return;
  try {
    await store.commit([write]);
  } catch (error) {
    if (outcomeOf(error) === 'permanent') throw error;
  }
};

/** Ends the session that a cookie's value stands for; a commit whose answer was lost is repeated. */
export const endSession = (store: Store, token: string): Promise<void> =>
  pRetry(() => store.commit([{ op: 'delete', path: sessionOf(token).path }]), {
    retries: 3,
    minTimeout: 50,
    randomize: true,
    shouldRetry: ({ error }) => outcomeOf(error) !== 'permanent',
  });

/** All open sessions of a person, to be ended or rewritten together with them. */
export const findSessions = (store: Store, uid: string): Promise<Loaded<Session>[]> =>
  store.find({ anyOf: [sessions.queries.ofPerson.where({ uid })], limit: MOST_SESSIONS });
