import { z } from 'zod';
import { grants } from '../auth/grant.ts';
import { newPassword } from '../auth/password.ts';
import { otherSessionsEnded } from '../auth/session.ts';
import { giveBack } from '../auth/throttle.ts';
import { tryPassword } from '../auth/try-password.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { invalid, Problem, refuse } from '../problem.ts';
import type { Served } from './served.ts';

/** Not a 401: the caller is signed in, and stays so. */
const wrongPassword = (): Problem =>
  invalid([{ path: 'currentPassword', message: 'This is not your password.' }]);

const DECLARATION = {
  method: 'post',
  path: '/me/password',
  summary: 'Sets a new password, and signs all other devices out',
  refusals: ['auth/second-factor', 'auth/too-many-attempts', 'auth/unavailable'],
  input: {
    ...noInput,
    body: z.strictObject({ currentPassword: z.string().min(1).max(1024), newPassword }),
  },
  status: 200,
  returns: 'no data',
  // Reads: the caller, and twice the attempts from this session. Writes: the attempt, reserved and
  // given back; the sessions.
  cost: { reads: 3, writes: 3 },
  audit: 'person',
  sample: {
    given: 'own account',
    body: { currentPassword: '{password}', newPassword: 'other-horse-8' },
  },
} as const;

/**
 * Changes the caller's own password. The account is changed first: a crash before the commit leaves
 * the new password and the other sessions, which a repeat with the new password ends.
 */
export const changePassword = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    ...DECLARATION,
    output: style.done.schema,
    handle: async ({ input: { body }, principal, runtime, store, origin, change }) => {
      const { person, sid } = principal;
      const tried = await tryPassword(runtime, store, {
        email: person.email,
        password: body.currentPassword,
        address: origin.address,
        browser: sid,
      });
      if (tried instanceof Problem) return tried;
      // Not stored under a key, as what is returned would be: a repeat that comes too early finds the
      // password changed, and must not answer for the request that has changed it.
      if (tried.uid !== person.id) throw wrongPassword();
      await runtime.accounts.update(person.id, { password: body.newPassword });
      return change({
        gather: () => store.load(tried.attempt.keys),
        decide: ({ reads, gathered: attempts, now }) => {
          const seen = reads.get(grants.doc(person.id));
          if (seen === undefined) return refuse('auth/required');
          const ended = otherSessionsEnded(seen.data, sid, now);
          return {
            writes: [grants.update(seen, ended), ...giveBack(tried.attempt, attempts)],
            answer: style.done.of('Password changed'),
          };
        },
      });
    },
  });
