import { randomUUID } from 'node:crypto';
import { Problem, refuse, refuseFor } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { change } from '../store/change.ts';
import type { Reads } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import type { CustomToken } from './accounts.ts';
import { type Grant, grants, updatePerson } from './grant.ts';
import {
  newSession,
  type Origin,
  type SessionId,
  withoutSessions,
  withSession,
} from './session.ts';
import { recordFailure, throttleOf, tooMany } from './throttle.ts';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** The client's address, as the proxies in front report it, and its User-Agent header. */
  readonly origin: Origin;
  /** The session that this browser had before, which ends. */
  readonly previous: SessionId | undefined;
  /** Claims of the custom token, for the frontend only: the security rules do not read them. */
  readonly claimsOf: (person: Grant) => object;
}

export interface SignedIn {
  readonly person: Grant;
  /** What the session cookie holds; also a bearer token. */
  readonly sessionToken: string;
  readonly customToken: CustomToken;
}

const throttlesOf = ({ email, origin }: Pick<SignInRequest, 'email' | 'origin'>) => ({
  account: throttleOf('account', email),
  address: throttleOf('address', origin.address),
});

type Throttles = ReturnType<typeof throttlesOf>;

const blocked = (keys: Throttles, reads: Reads, now: Date): Problem | undefined =>
  tooMany('account', reads.get(keys.account), now) ??
  tooMany('address', reads.get(keys.address), now);

/** Records the failure and returns 401, or 429 when the limit is reached by now. */
const failed = async (runtime: Runtime, store: Store, keys: Throttles): Promise<Problem> => {
  try {
    const outcome = await change(store, runtime.groups, {
      changeId: randomUUID(),
      read: (more) => store.load([keys.account, keys.address, ...more]),
      decide: ({ reads }) => {
        const now = runtime.now();
        const stop = blocked(keys, reads, now);
        if (stop !== undefined) return { kind: 'stop', value: stop };
        const writes = [
          recordFailure(keys.account, reads.get(keys.account), now),
          recordFailure(keys.address, reads.get(keys.address), now),
        ];
        return { kind: 'write', plan: { writes, answer: refuse('auth/wrong-credentials') } };
      },
    });
    return 'answer' in outcome ? outcome.answer : outcome.stopped;
  } catch (error) {
    // Too many failures at the same time to record this one: the caller must see no difference.
    if (error instanceof Problem) return refuseFor('auth/too-many-attempts', 1);
    throw error;
  }
};

/** The writes for another person's session in the same browser, which ends. */
const endPrevious = (previous: SessionId | undefined, uid: string, reads: Reads, now: Date) => {
  if (previous === undefined || previous.uid === uid) return [];
  const seen = reads.get(grants.doc(previous.uid));
  if (seen?.data.sessions[previous.sid] === undefined) return [];
  return [grants.update(seen, withoutSessions(seen.data, [previous.sid], now))];
};

/** Opens the session, on the condition that the person has not changed since they were read. */
const open = (
  runtime: Runtime,
  store: Store,
  { origin, previous }: SignInRequest,
  keys: Throttles,
  { uid, startedAt }: { readonly uid: string; readonly startedAt: Date },
) => {
  const { sid, token } = newSession(uid);
  const grant = grants.doc(uid);
  const others = previous === undefined ? [] : [grants.doc(previous.uid)];
  return change(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([grant, ...others, keys.account, ...more]),
    decide: ({ reads }) => {
      const now = runtime.now();
      const stop = tooMany('account', reads.get(keys.account), now);
      if (stop !== undefined) return { kind: 'stop', value: stop };
      const seen = reads.get(grant);
      // The person was changed after the password was checked, which may be the old one.
      if (seen === undefined || !seen.data.active || seen.data.validAfter > startedAt) {
        return { kind: 'stop', value: refuse('auth/wrong-credentials') };
      }
      const patch = {
        ...withSession(runtime.config, seen.data, { sid, previous: previous?.sid, origin }, now),
        lastLoginAt: now,
      };
      const writes = [...updatePerson(seen, patch, []), ...endPrevious(previous, uid, reads, now)];
      return {
        kind: 'write',
        plan: { writes, answer: { person: seen.data, sessionToken: token, sid } },
      };
    },
  });
};

/**
 * Checks an e-mail and password against Firebase Authentication and opens a session.
 *
 * @returns the session and a custom token; 401 whether the e-mail or the password is wrong; 429 with
 * `Retry-After` after too many failures of the account or the address.
 */
export const signIn = async (
  runtime: Runtime,
  store: Store,
  request: SignInRequest,
): Promise<SignedIn | Problem> => {
  const startedAt = runtime.now();
  const keys = throttlesOf(request);
  const stop = blocked(keys, await store.load([keys.account, keys.address]), startedAt);
  if (stop !== undefined) return stop;
  const uid = await runtime.accounts.checkPassword(request.email, request.password);
  if (uid === undefined) return failed(runtime, store, keys);
  const opened = await open(runtime, store, request, keys, { uid, startedAt });
  if ('stopped' in opened) {
    return opened.stopped.status === 401 ? failed(runtime, store, keys) : opened.stopped;
  }
  const { person, sessionToken, sid } = opened.answer;
  const customToken = await runtime.accounts.customToken(uid, {
    ...request.claimsOf(person),
    sid,
  });
  return { person, sessionToken, customToken };
};
