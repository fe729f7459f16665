import { randomUUID } from 'node:crypto';
import { auditWrite } from '../audit/audit-write.ts';
import { Problem, refuse } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { change } from '../store/change.ts';
import type { Reads, Write } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import type { CustomToken } from './accounts.ts';
import { type Grant, grants, updatePerson } from './grant.ts';
import {
  expiry,
  newSession,
  type Origin,
  type SessionId,
  withoutSessions,
  withSession,
} from './session.ts';
import { giveBack } from './throttle.ts';
import { type TriedPassword, tryPassword } from './try-password.ts';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** The client's address, as the proxies in front report it, and its User-Agent header. */
  readonly origin: Origin;
  /** The session that this browser had before, which ends. */
  readonly previous: SessionId | undefined;
  /** The desk at whose login it is, for the audit log. */
  readonly desk: string;
  /** Claims of the custom token, for the frontend only: the security rules do not read them. */
  readonly claimsOf: (person: Grant) => object;
}

export interface SignedIn {
  readonly person: Grant;
  /** What the session cookie holds; also a bearer token. */
  readonly sessionToken: string;
  /** When the session ends, if it is not used. */
  readonly expiresAt: Date;
  readonly customToken: CustomToken;
}

interface Opened extends Omit<SignedIn, 'customToken'> {
  readonly sid: string;
}

/** Read in place of the person whom a wrong password does not tell, so that it costs the same. */
const NOBODY = 'nobody';

/**
 * The session that proves that this browser has signed in before as the person of this e-mail. The
 * cookie of anybody else would give more guesses than a stranger has.
 */
const knownBrowser = async (
  store: Store,
  email: string,
  previous: SessionId | undefined,
): Promise<string | undefined> => {
  if (previous === undefined) return undefined;
  const key = grants.doc(previous.uid);
  const grant = (await store.get(key))?.data;
  const isKnown = grant !== undefined && Object.hasOwn(grant.signIns, previous.sid);
  return isKnown && grant.email === email.toLowerCase() ? previous.sid : undefined;
};

/** The writes for another person's session in the same browser, which ends. */
const endPrevious = (previous: SessionId | undefined, uid: string, reads: Reads, now: Date) => {
  if (previous === undefined || previous.uid === uid) return [];
  const seen = reads.get(grants.doc(previous.uid));
  if (seen?.data.sessions[previous.sid] === undefined) return [];
  return [grants.update(seen, withoutSessions(seen.data, [previous.sid], now))];
};

/** The entry of the audit log for a sign-in, or for one that is refused. */
const logged = (
  { desk, email, origin }: SignInRequest,
  person: Grant | undefined,
  { id, at }: { readonly id: string; readonly at: Date },
): Write =>
  auditWrite({
    id,
    at,
    by: { id: person?.id ?? null, name: person?.name ?? null, email: person?.email ?? email },
    address: origin.address,
    desk,
    kind: 'signIn',
    action: person === undefined ? 'sign-in refused' : 'sign-in',
    ...(person && { subject: grants.doc(person.id).path }),
    writes: [],
  });

/**
 * Opens the session, on the condition that the person has not changed since they were read. A wrong
 * password and an inactive person take the same steps. Both ends are logged.
 */
const open = (
  runtime: Runtime,
  store: Store,
  request: SignInRequest,
  { uid = NOBODY, attempt }: TriedPassword,
  startedAt: Date,
) => {
  const { origin, previous } = request;
  const changeId = randomUUID();
  const { sid, token } = newSession(uid);
  const grant = grants.doc(uid);
  const others = previous === undefined ? [] : [grants.doc(previous.uid)];
  return change<Opened | Problem, never>(store, runtime.groups, {
    changeId,
    read: (more) => store.load([grant, ...others, ...attempt.keys, ...more]),
    decide: ({ reads }) => {
      const now = runtime.now();
      const seen = uid === NOBODY ? undefined : reads.get(grant);
      // The person was changed after the password was checked, which may be the old one.
      if (seen === undefined || !seen.data.active || seen.data.validAfter > startedAt) {
        const writes = [logged(request, undefined, { id: changeId, at: now })];
        return { kind: 'write', plan: { writes, answer: refuse('auth/wrong-credentials') } };
      }
      const expiresAt = expiry(runtime.config, now, now);
      const patch = {
        ...withSession(runtime.config, seen.data, { sid, previous: previous?.sid, origin }, now),
        lastLoginAt: now,
      };
      const writes = [
        ...updatePerson(seen, patch, []),
        ...endPrevious(previous, uid, reads, now),
        ...giveBack(attempt, reads),
        logged(request, seen.data, { id: changeId, at: now }),
      ];
      const answer = { person: seen.data, sessionToken: token, sid, expiresAt };
      return { kind: 'write', plan: { writes, answer } };
    },
  });
};

/**
 * Checks an e-mail and password against Firebase Authentication and opens a session.
 *
 * @returns the session and a custom token; 401 whether the e-mail or the password is wrong or the
 * person is inactive; 429 with `Retry-After` after too many failures
 */
export const signIn = async (
  runtime: Runtime,
  store: Store,
  request: SignInRequest,
): Promise<SignedIn | Problem> => {
  const startedAt = runtime.now();
  const { email, password, origin, previous } = request;
  const browser = await knownBrowser(store, email, previous);
  const credentials = { email, password, address: origin.address, browser };
  const tried = await tryPassword(runtime, store, credentials);
  if (tried instanceof Problem) return tried;
  const opened = await open(runtime, store, request, tried, startedAt);
  if ('stopped' in opened) return opened.stopped;
  if (opened.answer instanceof Problem) return opened.answer;
  const { person, sessionToken, sid, expiresAt } = opened.answer;
  const claims = { ...request.claimsOf(person), sid };
  const customToken = await runtime.accounts.customToken(person.id, claims);
  return { person, sessionToken, expiresAt, customToken };
};
