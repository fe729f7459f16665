import { randomBytes, randomUUID } from 'node:crypto';
import { type Credentials, isAuthError } from '../auth/accounts.ts';
import type { Runtime } from '../runtime.ts';

/** An account of Firebase Authentication for a new person. */
export interface Reserved {
  readonly uid: string;
  /** It existed before and has an unknown password. */
  readonly isFound: boolean;
}

/** What signs a new person in; without a password, they set their first one by a reset. */
export interface NewCredentials {
  readonly email: string;
  readonly password?: string | undefined;
  readonly name: string;
}

/** The account's fields; a password that nobody knows where none is given. */
export const accountOf = ({ email, password, name }: NewCredentials): Credentials => ({
  email,
  password: password ?? randomBytes(32).toString('base64url'),
  displayName: name,
});

/**
 * Finds or creates the account of a new person. An account without a person, which a crash left
 * behind, is reused; the commit decides later whether there is a person.
 */
export const reserveAccount = async (
  { accounts }: Runtime,
  credentials: NewCredentials,
): Promise<Reserved> => {
  const { email } = credentials;
  const found = await accounts.find(email);
  if (found !== undefined) return { uid: found, isFound: true };
  const uid = randomUUID();
  try {
    await accounts.create(uid, accountOf(credentials));
    return { uid, isFound: false };
  } catch (error) {
    const other = isAuthError(error, 'auth/email-already-exists')
      ? await accounts.find(email)
      : undefined;
    if (other === undefined) throw error;
    return { uid: other, isFound: true };
  }
};

/** A change of what a person signs in with. */
export interface CredentialChange {
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly name?: string | undefined;
  readonly active?: boolean | undefined;
}

/**
 * Updates a person's account; a repeat has no further effect. An account is disabled only after the
 * commit, which may still be refused.
 *
 * @returns false when somebody else has the e-mail
 */
export const updateAccount = async (
  { accounts }: Runtime,
  uid: string,
  { email, password, name, active }: CredentialChange,
): Promise<boolean> => {
  const credentials = {
    ...(email !== undefined && { email }),
    ...(password !== undefined && { password }),
    ...(name !== undefined && { displayName: name }),
    ...(active === true && { disabled: false }),
  };
  if (Object.keys(credentials).length === 0) return true;
  try {
    await accounts.update(uid, credentials);
    return true;
  } catch (error) {
    if (isAuthError(error, 'auth/email-already-exists')) return false;
    throw error;
  }
};
