import { randomUUID } from 'node:crypto';
import { createPerson, type Grant, grants, updatePerson } from '../auth/grant.ts';
import type { Context } from '../http/endpoint.ts';
import { describeError } from '../log.ts';
import { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { change as changeStore } from '../store/change.ts';
import type { Store } from '../store/store.ts';
import { accountOf, type NewCredentials, reserveAccount } from './account.ts';
import type { Check } from './check.ts';

/** Somebody who is to be registered. */
export interface Newcomer<A, P extends Grant, T> {
  readonly credentials: NewCredentials;
  readonly active: boolean;
  /** The desks whose access lists and listeners show. */
  readonly listing: readonly string[];
  /** The person as they are to be. */
  readonly personOf: (uid: string, now: Date) => P;
  /** What must hold besides; gathered at each attempt. */
  readonly check?: (uid: string) => Promise<Check>;
  /** Why this caller may not register them, if anything has changed since the request came. */
  readonly refusalTo?: (actor: A) => Problem | undefined;
  /** The refusal if somebody has the e-mail already. */
  readonly taken: Problem;
  readonly answer: (person: P) => T;
}

/**
 * Sets the new password of an account that existed before, and only then activates its person, so
 * that the old password never signs in as that person.
 */
const takeOver = async (
  runtime: Runtime,
  store: Store,
  uid: string,
  { credentials, active }: Pick<Newcomer<never, never, never>, 'credentials' | 'active'>,
): Promise<void> => {
  await runtime.accounts.update(uid, { ...accountOf(credentials), disabled: false });
  await runtime.accounts.revoke(uid);
  await changeStore(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([grants.doc(uid), ...more]),
    decide: ({ reads }) => {
      const seen = reads.get(grants.doc(uid));
      if (seen === undefined) return { kind: 'stop', value: undefined };
      const writes = updatePerson(seen, { active, validAfter: runtime.now() }, []);
      return { kind: 'write', plan: { writes, answer: undefined } };
    },
  });
};

/** Sends the mail by which the person sets their first password; if it fails, they can ask for it. */
const invite = async ({ accounts, log }: Runtime, email: string): Promise<void> => {
  try {
    await accounts.sendPasswordReset(email);
  } catch (error) {
    log.write('WARNING', 'an invitation was not sent', describeError(error));
  }
};

/** Creates the account and the person, and invites who has no password; repeating a request that failed midway completes it. */
export const registerPerson = async <A, P extends Grant, T>(
  { runtime, store, change }: Pick<Context<A, unknown>, 'runtime' | 'store' | 'change'>,
  { credentials, active, listing, personOf, check, refusalTo, taken, answer }: Newcomer<A, P, T>,
): Promise<T | Problem> => {
  const { uid, isFound } = await reserveAccount(runtime, credentials);
  const gather = async () => {
    const known = (await store.load([grants.doc(uid)])).get(grants.doc(uid));
    return known === undefined ? ((await check?.(uid)) ?? {}) : { refused: taken };
  };
  const created = await change({
    gather,
    decide: ({ gathered: { refused, writes = [] }, actor, now }) => {
      const refusal = refusalTo?.(actor) ?? refused;
      if (refusal !== undefined) return refusal;
      const person = personOf(uid, now);
      const stored = isFound ? { ...person, active: false } : person;
      return { writes: [...createPerson(stored, listing), ...writes], answer: answer(person) };
    },
  });
  if (created instanceof Problem) return created;
  if (isFound) await takeOver(runtime, store, uid, { credentials, active });
  if (credentials.password === undefined && active) await invite(runtime, credentials.email);
  return created;
};
