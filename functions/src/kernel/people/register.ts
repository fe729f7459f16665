import { createPerson, type Grant, grants, updatePerson } from '../auth/grant.ts';
import type { Context } from '../http/endpoint.ts';
import { describeError } from '../log.ts';
import { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { accountOf, type NewCredentials, reserveAccount } from './account.ts';
import { allOf, type Check } from './check.ts';
import { hold, isOpenTo } from './hold.ts';
import { checkPhoto } from './photo.ts';

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

/** Sends the mail by which the person sets their first password; if it fails, they can ask for it. */
const invite = async ({ accounts, log }: Runtime, email: string): Promise<void> => {
  try {
    await accounts.sendPasswordReset(email);
  } catch (error) {
    log.write('WARNING', 'an invitation was not sent', describeError(error));
  }
};

type Registering<A> = Pick<Context<A, unknown>, 'runtime' | 'store' | 'change' | 'principal'>;

/**
 * Creates the account and the person, and invites who has no password. An account that existed before
 * is held first and gets the new password. A repeat completes a registration that was cut.
 */
export const registerPerson = async <A, P extends Grant, T>(
  { runtime, store, change, principal }: Registering<A>,
  { credentials, active, listing, personOf, check, refusalTo, taken, answer }: Newcomer<A, P, T>,
): Promise<T | Problem> => {
  const { uid, isFound } = await reserveAccount(runtime, credentials);
  const by = principal?.person.id ?? '';
  const checked = () => {
    const photo = checkPhoto(
      { runtime, store, principal },
      undefined,
      personOf(uid, runtime.now()),
    );
    return allOf(check === undefined ? [photo] : [check(uid), photo]);
  };
  if (isFound) {
    const refused = await hold(runtime, store, { uid, by, personOf, check: checked, taken });
    if (refused !== undefined) return refused;
    await runtime.accounts.update(uid, { ...accountOf(credentials), disabled: false });
  }
  const key = grants.doc(uid);
  const created = await change({
    gather: async () => ({ ...(await checked()), seen: await store.get(key) }),
    decide: ({ gathered: { refused, writes = [], seen }, actor, now }) => {
      const refusal = refusalTo?.(actor) ?? (isOpenTo(seen, by, now) ? refused : taken);
      if (refusal !== undefined) return refusal;
      const person = personOf(uid, now);
      const registered = seen
        ? updatePerson(seen, { ...person, held: null }, listing)
        : createPerson(person, listing);
      return { writes: [...registered, ...writes], answer: answer(person) };
    },
  });
  if (created instanceof Problem) return created;
  if (credentials.password === undefined && active) await invite(runtime, credentials.email);
  return created;
};
