import { createHash, randomBytes } from 'node:crypto';
import pRetry from 'p-retry';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { collection } from '../store/collection.ts';
import type { Loaded, Write } from '../store/document.ts';
import { outcomeOf } from '../store/outcome.ts';
import type { Store } from '../store/store.ts';
import { personSchema, type Person } from './person.ts';

/**
 * `sessions/{sha256 of the cookie}`: a signed-in browser or phone, with a copy of the person as
 * the desks see them, so that a request needs one read. Whoever changes the person changes or
 * ends these copies in the same commit.
 */
const sessionSchema = z.object({
  uid: z.string(),
  person: personSchema,
  createdAt: z.date(),
  lastSeenAt: z.date(),
  /** When it ends unless it is used before; the TTL policy removes the document later. */
  expiresAt: z.date(),
});

export type Session = z.output<typeof sessionSchema>;

export const sessions = collection('sessions', sessionSchema, {
  ttl: 'expiresAt',
  queries: { ofPerson: { equal: ['uid'] } },
});

/** More than one commit can hold would have to be opened within the days that a session lives. */
const MOST_SESSIONS = 5000;
const TOUCH_AFTER_MS = 10 * 60_000;

const TOKEN = /^[\w-]{43}\.([\w-]{1,128})$/;

/** What the cookie holds: 256 random bits, and the uid so that it is known before any reading. */
export const newSessionToken = (uid: string): string =>
  `${randomBytes(32).toString('base64url')}.${uid}`;

/** The uid that a cookie's value claims, true if its session exists; undefined for a wrong form. */
export const claimedUid = (token: string): string | undefined => TOKEN.exec(token)?.[1];

/** The session that a cookie's value stands for; the value itself is stored nowhere. */
export const sessionOf = (token: string) =>
  sessions.doc(createHash('sha256').update(token).digest('hex'));

const expiry = (config: Config, createdAt: Date, now: Date): Date =>
  new Date(
    Math.min(now.getTime() + config.sessionIdleMs, createdAt.getTime() + config.sessionMaxMs),
  );

export const openSession = (config: Config, token: string, person: Person, now: Date): Write =>
  sessions.create(sessionOf(token).id, {
    uid: person.id,
    person,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiry(config, now, now),
  });

export const isLive = (session: Session, now: Date): boolean => session.expiresAt > now;

/** The write that keeps a used session alive, or none while it was seen a moment ago. */
export const refreshSession = (
  config: Config,
  seen: Loaded<Session>,
  now: Date,
): Write | undefined => {
  const { createdAt, lastSeenAt } = seen.data;
  if (now.getTime() - lastSeenAt.getTime() < TOUCH_AFTER_MS) return undefined;
  return sessions.update(seen, { lastSeenAt: now, expiresAt: expiry(config, createdAt, now) });
};

/** Keeps a session that is used alive. Losing the race against its end is no failure. */
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
