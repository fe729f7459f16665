import { z } from 'zod';
import { auditWrite } from '../audit/audit-write.ts';
import { type Grant, grants } from '../auth/grant.ts';
import { newPassword } from '../auth/password.ts';
import type { ResetRefusal } from '../auth/identity-toolkit.ts';
import { endAllSessions, type Origin } from '../auth/session.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { invalid, type Problem, refuse } from '../problem.ts';
import type { Write } from '../store/document.ts';
import { noteMail } from './asked-mails.ts';
import { ADDITION, type Served } from './served.ts';

/** Sends the mail with a code for a new password, to an e-mail that has an account. */
export const requestPasswordReset = <A>({ style, publicEndpoint }: Served<A>): Endpoint =>
  publicEndpoint({
    method: 'post',
    path: '/password-reset',
    summary: 'Sends a mail with a link to a new password, if the e-mail has an account',
    contract: ADDITION,
    refusals: ['auth/unavailable'],
    input: { ...noInput, body: z.strictObject({ email: z.email().max(320) }) },
    status: 202,
    output: style.done.schema,
    returns:
      'the same for every e-mail, also for the fourth request in 15 minutes, which is ignored',
    cost: { reads: 1, writes: 1 },
    sample: { as: 'nobody', given: 'person', body: { email: '{email}' } },
    handle: async ({ input: { body }, runtime, store, origin }) => {
      const isAllowed = await noteMail(runtime, store, body.email, origin.address);
      if (isAllowed) await runtime.accounts.sendPasswordReset(body.email);
      return style.done.of('Password reset requested');
    },
  });

const REFUSALS: Readonly<Record<ResetRefusal, () => Problem>> = {
  expired: () => refuse('auth/reset-code-expired'),
  invalid: () => refuse('auth/reset-code-invalid'),
  weak: () => invalid([{ path: 'newPassword', message: 'Choose a stronger password.' }]),
};

/** The entry of the audit log for a password that its owner has set by a mail. */
const logged =
  (desk: string, { address }: Origin, id: string) =>
  ({ id: uid, name, email }: Grant, at: Date): readonly Write[] => [
    auditWrite({
      id,
      at,
      by: { id: uid, name, email },
      address,
      desk,
      kind: 'person',
      action: 'password reset',
      subject: grants.doc(uid).path,
      writes: [],
    }),
  ];

const CONFIRMATION = {
  method: 'post',
  path: '/password-reset/confirm',
  summary: 'Sets a new password by the code of the mail; all sessions end',
  contract: ADDITION,
  refusals: ['auth/reset-code-expired', 'auth/reset-code-invalid', 'auth/unavailable'],
  input: { ...noInput, body: z.strictObject({ code: z.string().min(1).max(1024), newPassword }) },
  status: 200,
  returns: 'no data; the next step is a login',
  // The sessions end twice; the entry in the audit log.
  cost: { reads: 2, writes: 3 },
  sample: {
    as: 'nobody',
    given: 'mailed code',
    body: { code: '{code}', newPassword: 'other-horse-8' },
  },
} as const;

/**
 * Sets the password by the code of a mail. All sessions end before, so that a crash leaves none that
 * the code can't end any more; and after, for those that the old password opened in between.
 */
export const confirmPasswordReset = <A>({ settings, style, publicEndpoint }: Served<A>): Endpoint =>
  publicEndpoint({
    ...CONFIRMATION,
    output: style.done.schema,
    handle: async ({ input: { body }, runtime, store, origin }) => {
      const { accounts } = runtime;
      const found = await accounts.findByResetCode(body.code);
      if (typeof found === 'string') return REFUSALS[found]();
      const uid = await accounts.find(found.email);
      if (uid === undefined) return REFUSALS.invalid();
      await endAllSessions(runtime, store, uid);
      const set = await accounts.confirmPasswordReset(body.code, body.newPassword);
      if (typeof set === 'string') return REFUSALS[set]();
      await endAllSessions(runtime, store, uid, logged(settings.name, origin, runtime.newId()));
      return style.done.of('Password changed');
    },
  });
