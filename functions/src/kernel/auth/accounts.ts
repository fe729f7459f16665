import type { Auth } from 'firebase-admin/auth';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { refuseFor } from '../problem.ts';
import type { SessionId } from './session.ts';

/** The fields of an account of Firebase Authentication; passwords are stored nowhere else. */
export interface Credentials {
  readonly email?: string;
  readonly password?: string;
  readonly displayName?: string;
  readonly disabled?: boolean;
}

export interface CustomToken {
  readonly token: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
}

/** Firebase Authentication as the backend uses it. */
export interface Accounts {
  /** The uid for a right e-mail and password, undefined for wrong ones; 503 when the service is down. */
  checkPassword(email: string, password: string): Promise<string | undefined>;
  /** A custom token for the frontend's listeners; the claim `sid` is in its ID tokens as well. */
  customToken(uid: string, claims: { readonly sid: string }): Promise<CustomToken>;
  /**
   * Verifies an ID token's signature and times; undefined for any that is not good, or that comes
   * from another sign-in than ours and so names no session. 503 when the keys can't be fetched.
   */
  verify(idToken: string): Promise<SessionId | undefined>;
  /** The uid of the account with this e-mail, if there is one. */
  find(email: string): Promise<string | undefined>;
  create(uid: string, credentials: Credentials): Promise<void>;
  update(uid: string, credentials: Credentials): Promise<void>;
  /** Ends the refresh tokens given out so far. */
  revoke(uid: string): Promise<void>;
  remove(uid: string): Promise<void>;
}

const WRONG_PASSWORD = new Set([
  'EMAIL_NOT_FOUND',
  'INVALID_PASSWORD',
  'INVALID_LOGIN_CREDENTIALS',
  'INVALID_EMAIL',
  'MISSING_PASSWORD',
  'USER_DISABLED',
]);

const signInAnswer = z.union([
  z.object({ localId: z.string() }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

const TIMEOUT_MS = 10_000;

const checkPassword =
  ({ authEmulator, webApiKey }: Config) =>
  async (email: string, password: string): Promise<string | undefined> => {
    const host = authEmulator === undefined ? 'https:/' : `http://${authEmulator}`;
    const url = `${host}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=${webApiKey}`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password, returnSecureToken: false }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
      .then(async (response) => signInAnswer.parse(await response.json()))
      .catch(() => {
        throw refuseFor('auth/unavailable', 5);
      });
    if ('localId' in answer) return answer.localId;
    const [reason = ''] = answer.error.message.split(' ');
    if (WRONG_PASSWORD.has(reason)) return undefined;
    if (reason === 'TOO_MANY_ATTEMPTS_TRY_LATER') throw refuseFor('auth/too-many-attempts', 60);
    throw refuseFor('auth/unavailable', 5);
  };

const tokenTimes = z.object({ iat: z.number(), exp: z.number() });
const authError = z.object({ code: z.string() });

/** Whether an Authentication call failed with this code, such as `auth/user-not-found`. */
export const isAuthError = (error: unknown, code: string): boolean =>
  authError.safeParse(error).data?.code === code;

const ignoring = async (code: string, call: Promise<unknown>): Promise<void> => {
  try {
    await call;
  } catch (error) {
    if (!isAuthError(error, code)) throw error;
  }
};

/** The Admin SDK gives a failed download of Google's keys the code of a wrong token. */
const isKeyFetchError = (error: unknown): boolean =>
  error instanceof Error && /fetching public keys|while making request/i.test(error.message);

const sessionClaims = z.object({ uid: z.string(), sid: z.string() });

export const createAccounts = (auth: Auth, config: Config): Accounts => ({
  checkPassword: checkPassword(config),
  customToken: async (uid, claims) => {
    const token = await auth.createCustomToken(uid, claims);
    return { token, ...tokenTimes.parse(jwt.decode(token)) };
  },
  verify: async (idToken) => {
    try {
      return sessionClaims.safeParse(await auth.verifyIdToken(idToken)).data;
    } catch (error) {
      if (isKeyFetchError(error)) throw refuseFor('auth/unavailable', 5);
      return undefined;
    }
  },
  find: async (email) => {
    try {
      return (await auth.getUserByEmail(email)).uid;
    } catch (error) {
      if (isAuthError(error, 'auth/user-not-found')) return undefined;
      throw error;
    }
  },
  create: async (uid, credentials) => {
    await auth.createUser({ uid, ...credentials });
  },
  update: async (uid, credentials) => {
    await auth.updateUser(uid, credentials);
  },
  revoke: (uid) => ignoring('auth/user-not-found', auth.revokeRefreshTokens(uid)),
  remove: (uid) => ignoring('auth/user-not-found', auth.deleteUser(uid)),
});
