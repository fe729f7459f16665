import { z } from 'zod';
import type { Config } from '../config.ts';
import { refuse, refuseFor } from '../problem.ts';

/** Why a password was not set by the code of a mail. */
export type ResetRefusal = 'expired' | 'invalid' | 'weak';

/**
 * What only the REST interface of Firebase Authentication can do. Each call is refused with 503
 * when the service does not answer.
 */
export interface IdentityToolkit {
  /**
   * The uid for a right e-mail and password, undefined for wrong ones and for a disabled account.
   *
   * @throws Problem 403 when the account also asks for a second factor; 429 when the service itself
   * refuses further attempts.
   */
  checkPassword(email: string, password: string): Promise<string | undefined>;
  /**
   * Has the service send its mail with a link to set a password: a forgotten one, or the first one.
   * Tells nobody whether the e-mail has an account.
   */
  sendPasswordReset(email: string): Promise<void>;
  /** The e-mail of the account that such a mail's code is for; the code stays good. */
  findByResetCode(code: string): Promise<{ email: string } | ResetRefusal>;
  /** Sets a password by the code in such a mail, which is then used up; the account's e-mail. */
  confirmPasswordReset(
    code: string,
    newPassword: string,
  ): Promise<{ email: string } | ResetRefusal>;
}

const TIMEOUT_MS = 10_000;

const failedCall = z.object({ error: z.object({ message: z.string() }) });

/** What a call returned, or the code that it failed with: the first word of the message. */
type Answer<T> = { readonly data: T } | { readonly failed: string };

const unavailable = () => refuseFor('auth/unavailable', 5);

const callsOf = ({ authEmulator, webApiKey }: Config) => {
  const host = authEmulator === undefined ? 'https:/' : `http://${authEmulator}`;
  return async <T>(method: string, body: object, schema: z.ZodType<T>): Promise<Answer<T>> => {
    const url = `${host}/identitytoolkit.googleapis.com/v1/accounts:${method}?key=${webApiKey}`;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer: unknown = await response.json();
      const failed = failedCall.safeParse(answer).data?.error.message.split(' ')[0];
      return failed === undefined ? { data: schema.parse(answer) } : { failed };
    } catch {
      throw unavailable();
    }
  };
};

const WRONG_PASSWORD = new Set([
  'EMAIL_NOT_FOUND',
  'INVALID_PASSWORD',
  'INVALID_LOGIN_CREDENTIALS',
  'INVALID_EMAIL',
  'MISSING_PASSWORD',
  'USER_DISABLED',
]);

const signedIn = z.object({
  localId: z.string(),
  /** Stands in place of tokens when a second factor is missing. */
  mfaPendingCredential: z.string().optional(),
});

/** Failures that depend on the account: who asks must see no difference. */
const NO_MAIL = new Set([
  'EMAIL_NOT_FOUND',
  'INVALID_EMAIL',
  'USER_DISABLED',
  'USER_NOT_FOUND',
  'RESET_PASSWORD_EXCEED_LIMIT',
]);

const RESET_REFUSALS = new Map<string, ResetRefusal>([
  ['EXPIRED_OOB_CODE', 'expired'],
  ['INVALID_OOB_CODE', 'invalid'],
  ['MISSING_OOB_CODE', 'invalid'],
  ['EMAIL_NOT_FOUND', 'invalid'],
  ['USER_NOT_FOUND', 'invalid'],
  ['USER_DISABLED', 'invalid'],
  ['WEAK_PASSWORD', 'weak'],
  ['PASSWORD_DOES_NOT_MEET_REQUIREMENTS', 'weak'],
]);

const emailOfAccount = z.object({ email: z.string() });

const resetOr = (answer: Answer<{ email: string }>): { email: string } | ResetRefusal => {
  if ('data' in answer) return answer.data;
  const refusal = RESET_REFUSALS.get(answer.failed);
  if (refusal === undefined) throw unavailable();
  return refusal;
};

/** The REST interface, or that of the Authentication emulator if there is one. */
export const identityToolkit = (config: Config): IdentityToolkit => {
  const call = callsOf(config);
  return {
    checkPassword: async (email, password) => {
      const body = { email, password, returnSecureToken: false };
      const answer = await call('signInWithPassword', body, signedIn);
      if ('failed' in answer) {
        if (WRONG_PASSWORD.has(answer.failed)) return undefined;
        throw answer.failed === 'TOO_MANY_ATTEMPTS_TRY_LATER'
          ? refuseFor('auth/too-many-attempts', 60)
          : unavailable();
      }
      if (answer.data.mfaPendingCredential !== undefined) throw refuse('auth/second-factor');
      return answer.data.localId;
    },
    sendPasswordReset: async (email) => {
      const body = { requestType: 'PASSWORD_RESET', email };
      const answer = await call('sendOobCode', body, z.object({}));
      if ('failed' in answer && !NO_MAIL.has(answer.failed)) throw unavailable();
    },
    findByResetCode: async (oobCode) =>
      resetOr(await call('resetPassword', { oobCode }, emailOfAccount)),
    confirmPasswordReset: async (oobCode, newPassword) => {
      // Without one the service only looks at the code, and returns the same as for a success.
      if (newPassword === '') return 'weak';
      return resetOr(await call('resetPassword', { oobCode, newPassword }, emailOfAccount));
    },
  };
};
