import { randomUUID } from 'node:crypto';
import { type Profile, people } from '../../src/kernel/auth/person.ts';
import { newSessionToken, openSession } from '../../src/kernel/auth/session.ts';
import type { TestApi } from '../support/harness.ts';

/** Somebody with an open session. */
export interface SignedIn {
  readonly id: string;
  readonly cookie: string;
  readonly person: Profile;
}

/** Writes a person with this access (`users/{uid}.access`) and a session, as a login does. */
export const personWith = async (
  { runtime }: TestApi,
  access: Profile['access'],
  more: Partial<Profile> = {},
): Promise<SignedIn> => {
  const id = more.id ?? randomUUID();
  const now = runtime.now();
  const person: Profile = {
    id,
    email: `${id}@crewline.test`,
    nik: id.slice(0, 8),
    name: 'Somebody',
    profilePhoto: null,
    phoneNumber: '0812345678',
    active: true,
    access,
    validAfter: now,
    lastLoginAt: null,
    createdAt: now,
    updatedAt: now,
    ...more,
  };
  const cookie = newSessionToken(id);
  await runtime.store.commit([
    people.create(id, person),
    openSession(runtime.config, cookie, person, now),
  ]);
  return { id, cookie, person };
};
