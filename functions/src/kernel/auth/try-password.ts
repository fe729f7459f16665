import { describeError } from '../log.ts';
import { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import type { Reads } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { update } from '../store/update.ts';
import { type Attempt, giveBack, type Subjects } from './throttle.ts';

/** A password that was checked. */
export interface TriedPassword {
  /** The account that it is right for; undefined when it is wrong. */
  readonly uid: string | undefined;
  /** Counts as a failure until the commit that depends on the password gives it back. */
  readonly attempt: Attempt;
}

/** Gives an attempt back that could not be checked. Why it could not matters more than a failure here. */
const release = async (runtime: Runtime, store: Store, attempt: Attempt): Promise<void> => {
  const decide = ({ reads }: { readonly reads: Reads }) => giveBack(attempt, reads);
  try {
    await update(store, runtime, { keys: attempt.keys, decide });
  } catch (error) {
    runtime.log.write('WARNING', 'an attempt was not given back', describeError(error));
  }
};

/**
 * Checks a password, if there were not too many attempts.
 *
 * @returns 429 with `Retry-After` otherwise
 * @throws Problem as `IdentityToolkit.checkPassword` does; an outage of it counts as no attempt
 */
export const tryPassword = async (
  runtime: Runtime,
  store: Store,
  { password, ...subjects }: Subjects & { readonly password: string },
): Promise<TriedPassword | Problem> => {
  const attempt = await runtime.attempts.reserve(runtime, store, subjects);
  if (attempt instanceof Problem) return attempt;
  try {
    return { attempt, uid: await runtime.accounts.checkPassword(subjects.email, password) };
  } catch (error) {
    if (error instanceof Problem && error.status === 503) await release(runtime, store, attempt);
    throw error;
  }
};
