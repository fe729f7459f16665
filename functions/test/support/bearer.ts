import { personWith } from '../desks/person.ts';
import { idTokenFor } from './accounts.ts';
import type { TestApi } from './harness.ts';

/** A person who signs in by a custom token and sends the ID token that they get for it. */
export interface Bearer {
  readonly id: string;
  readonly token: string;
}

/** An ID token of the Auth emulator for somebody who signs in now. */
const idTokenOf = async ({ runtime }: TestApi, uid: string): Promise<string> => {
  const { token } = await runtime.accounts.customToken(uid, {}, runtime.now());
  return idTokenFor(token);
};

/** A person with this access, as `users/{uid}` has it, and their ID token. */
export const bearer = async (
  api: TestApi,
  access: Readonly<Record<string, unknown>>,
  name = 'Admin',
): Promise<Bearer> => {
  const { id } = await personWith(api, { ...access }, { name });
  return { id, token: await idTokenOf(api, id) };
};
