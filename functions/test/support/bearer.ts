import { personWith } from '../desks/person.ts';
import { sessionOf } from '../../src/kernel/auth/session.ts';
import { idTokenFor } from './accounts.ts';
import type { TestApi } from './harness.ts';

/**
 * A person who signs in by a custom token and sends the ID token that they get for it. It counts
 * before the cookie of the same session.
 */
export interface Bearer {
  readonly id: string;
  readonly cookie: string;
  readonly token: string;
}

/** An ID token of the Auth emulator for a session. */
export const idTokenOf = async ({ runtime }: TestApi, cookie: string): Promise<string> => {
  const { uid, sid } = sessionOf(cookie) ?? { uid: '', sid: '' };
  const { token } = await runtime.accounts.customToken(uid, { sid });
  return idTokenFor(token);
};

/** A person with this access, as `grants/{uid}` has it, and their ID token. */
export const bearer = async (
  api: TestApi,
  access: Readonly<Record<string, unknown>>,
  name = 'Admin',
): Promise<Bearer> => {
  const { id, cookie } = await personWith(api, { ...access }, { name });
  return { id, cookie, token: await idTokenOf(api, cookie) };
};
