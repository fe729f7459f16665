import type { Auth } from 'firebase-admin/auth';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { refuseFor } from '../problem.ts';
import { type IdentityToolkit, identityToolkit } from './identity-toolkit.ts';
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
export interface Accounts extends IdentityToolkit {
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
  remove(uid: string): Promise<void>;
}

const tokenTimes = z.object({ iat: z.number(), exp: z.number() });
const authError = z.object({ code: z.string() });

/** Whether an Authentication call failed with this code, such as `auth/user-not-found`. */
export const isAuthError = (error: unknown, code: string): boolean =>
  authError.safeParse(error).data?.code === code;

/** The Admin SDK gives a failed download of Google's keys the code of a wrong token. */
const isKeyFetchError = (error: unknown): boolean =>
  error instanceof Error && /fetching public keys|while making request/i.test(error.message);

const sessionClaims = z.object({ uid: z.string(), sid: z.string() });

export const createAccounts = (auth: Auth, config: Config): Accounts => ({
  ...identityToolkit(config),
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
  remove: async (uid) => {
    try {
      await auth.deleteUser(uid);
    } catch (error) {
      if (!isAuthError(error, 'auth/user-not-found')) throw error;
    }
  },
});
