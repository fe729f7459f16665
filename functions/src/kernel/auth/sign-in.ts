import { randomUUID } from 'node:crypto';
import { Problem, refuse, refuseFor } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { change } from '../store/change.ts';
import type { Reads } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import type { CustomToken } from './accounts.ts';
import { type Profile, people } from './person.ts';
import { newSessionToken, openSession } from './session.ts';
import { recordFailure, throttleOf, tooMany } from './throttle.ts';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** The client's address, as the proxies in front report it. */
  readonly address: string;
  /** Claims of the custom token, for the frontend only: the security rules do not read them. */
  readonly claimsOf: (person: Profile) => object;
}

export interface SignedIn {
  readonly person: Profile;
  /** What the session cookie holds. */
  readonly sessionToken: string;
  readonly customToken: CustomToken;
}

const throttlesOf = ({ email, address }: Pick<SignInRequest, 'email' | 'address'>) => ({
  account: throttleOf('account', email),
  address: throttleOf('address', address),
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

/** Opens the session, on the condition that the person has not changed since they were read. */
const open = (runtime: Runtime, store: Store, keys: Throttles, uid: string, startedAt: Date) => {
  const token = newSessionToken(uid);
  const person = people.doc(uid);
  return change(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([person, keys.account, ...more]),
    decide: ({ reads }) => {
      const now = runtime.now();
      const stop = tooMany('account', reads.get(keys.account), now);
      if (stop !== undefined) return { kind: 'stop', value: stop };
      const seen = reads.get(person);
      // The person was changed after the password was checked, which may be the old one.
      if (seen === undefined || !seen.data.active || seen.data.validAfter > startedAt) {
        return { kind: 'stop', value: refuse('auth/wrong-credentials') };
      }
      const writes = [
        openSession(runtime.config, token, seen.data, now),
        people.update(seen, { lastLoginAt: now }),
      ];
      return {
        kind: 'write',
        plan: { writes, answer: { person: seen.data, sessionToken: token, signedInAt: now } },
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
  const opened = await open(runtime, store, keys, uid, startedAt);
  if ('stopped' in opened) {
    return opened.stopped.status === 401 ? failed(runtime, store, keys) : opened.stopped;
  }
  const { person, sessionToken, signedInAt } = opened.answer;
  const customToken = await runtime.accounts.customToken(uid, request.claimsOf(person), signedInAt);
  return { person, sessionToken, customToken };
};
