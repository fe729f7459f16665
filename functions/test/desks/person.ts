import { randomUUID } from 'node:crypto';
import {
  createPerson,
  type Grant,
  grants,
  newPerson,
  removePerson,
  updatePerson,
} from '../../src/kernel/auth/grant.ts';
import { desks } from '../../src/api.ts';
import { releasing } from '../../src/kernel/people/grant-check.ts';
import { newSession, withSession } from '../../src/kernel/auth/session.ts';
import type { TestApi } from '../support/harness.ts';

/** Somebody with an open session. */
export interface SignedIn {
  readonly id: string;
  /** The session's token, as a cookie or a bearer has it. */
  readonly cookie: string;
  readonly person: Grant;
}

/** The desk whose access `users/{uid}` shows. */
const LISTING = ['cgs'];

/** A person and a new session of theirs, as a login leaves them. */
const signedIn = ({ runtime }: TestApi, person: Grant): SignedIn => {
  const { token, sid } = newSession(person.id);
  const origin = { address: '127.0.0.1', agent: 'a test' };
  const session = { sid, previous: undefined, origin };
  const open = withSession(runtime.config, person, session, runtime.now());
  return { id: person.id, cookie: token, person: { ...person, ...open } };
};

/** Writes a person with this access and a session, as a login does. */
export const personWith = async (
  api: TestApi,
  access: Grant['access'],
  more: Partial<Grant> = {},
): Promise<SignedIn> => {
  const id = more.id ?? randomUUID();
  const profile = {
    id,
    email: `${id}@crewline.test`,
    nik: id.slice(0, 8),
    name: 'Somebody',
    profilePhoto: null,
    phoneNumber: '0812345678',
    active: true,
    access,
  };
  const person = { ...newPerson(profile, api.runtime.now()), ...more };
  const opened = signedIn(api, person);
  await api.runtime.store.commit(createPerson(opened.person, LISTING));
  return opened;
};

/** Opens another session of a person. */
export const signInAgain = async (api: TestApi, uid: string): Promise<SignedIn> => {
  const { store } = api.runtime;
  const key = grants.doc(uid);
  const seen = await store.get(key);
  if (seen === undefined) throw new Error(`nobody is ${uid}`);
  const opened = signedIn(api, seen.data);
  const { sessions, signIns } = opened.person;
  await store.commit([grants.update(seen, { sessions, signIns })]);
  return opened;
};

/** Changes a person without an endpoint. */
export const changePerson = async (
  { runtime: { store } }: TestApi,
  uid: string,
  patch: Partial<Grant>,
): Promise<void> => {
  const key = grants.doc(uid);
  const seen = await store.get(key);
  if (seen === undefined) throw new Error(`nobody is ${uid}`);
  await store.commit(updatePerson(seen, patch, LISTING));
};

/** Deletes a person without an endpoint. */
export const deletePerson = async ({ runtime: { store } }: TestApi, uid: string): Promise<void> => {
  const key = grants.doc(uid);
  const seen = await store.get(key);
  if (seen === undefined) return;
  await store.commit([...removePerson(seen), ...(await releasing(store, seen.data, desks))]);
};

export const PASSWORD = 'right-horse-7';

/** Gives a person an account, by which they sign in with `PASSWORD`. */
export const withAccount = async <P extends Pick<SignedIn, 'id' | 'person'>>(
  { runtime }: TestApi,
  somebody: P,
): Promise<P> => {
  const { email, name } = somebody.person;
  await runtime.accounts.create(somebody.id, { email, password: PASSWORD, displayName: name });
  return somebody;
};

/** Deletes whoever has an e-mail: samples name fixed ones, which an earlier test may have registered. */
export const freeEmail = async (api: TestApi, email: string): Promise<void> => {
  const uid = await api.runtime.accounts.find(email);
  if (uid === undefined) return;
  await deletePerson(api, uid);
  await api.runtime.accounts.remove(uid);
};

/** The situations of the samples by which a desk's administrators run its people. */
export const peopleSituations = (
  api: TestApi,
  given: string,
  access: Grant['access'],
  email: string,
) => ({
  [given]: async () => ({
    params: { id: (await withAccount(api, await personWith(api, access))).id },
  }),
  'no such person': async () => {
    await freeEmail(api, email);
    return {};
  },
});
