import { randomUUID } from 'node:crypto';
import type { Grant } from '../../src/kernel/auth/grant.ts';
import { sessionOf } from '../../src/kernel/auth/session.ts';
import { mailedCodes, PASSWORD } from '../support/accounts.ts';
import type { TestApi } from '../support/harness.ts';
import { mediaSituations } from './media-situations.ts';
import { notifySituations } from './notify-situations.ts';
import { personWith, signInAgain } from './person.ts';
import type { Brought } from './stage.ts';

/** A person with this access, a session, and an account whose password is `PASSWORD`. */
const personWithAccount = async (api: TestApi, access: Grant['access']) => {
  const id = randomUUID();
  const email = `${id}@crewline.test`;
  await api.runtime.accounts.create(id, { email, password: PASSWORD });
  return { ...(await personWith(api, access, { id, email })), email };
};

/**
 * The situations that the samples about oneself are given, the same at each desk.
 *
 * @param access that of a person of the desk, whatever their role
 */
export const identitySituations = (api: TestApi, access: Grant['access']) => {
  const account = async (): Promise<Brought> => {
    const { email, cookie } = await personWithAccount(api, access);
    return { sender: { cookie }, words: { email, password: PASSWORD } };
  };
  return {
    ...mediaSituations(api, access),
    ...notifySituations(api, access),
    person: account,
    'own account': account,
    'mailed code': async (): Promise<Brought> => {
      const { email } = await personWithAccount(api, access);
      await api.runtime.accounts.sendPasswordReset(email);
      return { words: { code: (await mailedCodes(email)).at(-1) ?? '' } };
    },
    'two sessions': async (): Promise<Brought> => {
      const { id, cookie } = await personWithAccount(api, access);
      const other = await signInAgain(api, id);
      return { sender: { cookie }, params: { sid: sessionOf(other.cookie)?.sid ?? '' } };
    },
  };
};
