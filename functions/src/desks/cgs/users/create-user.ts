import { randomBytes, randomUUID } from 'node:crypto';
import { type Credentials, isAuthError } from '../../../kernel/auth/accounts.ts';
import { createPerson, grants, newPerson, updatePerson } from '../../../kernel/auth/grant.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { describeError } from '../../../kernel/log.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { change as changeStore } from '../../../kernel/store/change.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, resultOf } from '../desk.ts';
import { LISTING, type UserGrant, userToWire, userWireSchema } from './people.ts';
import type { AreaRef } from '../domain/schemas.ts';
import { findArea } from './user-change.ts';
import { type CreateUser, createUserBody } from './schemas.ts';

const newSecret = (): string => randomBytes(32).toString('base64url');

const newUser = (
  id: string,
  { email, nik, name, profilePhoto, phoneNumber, active, role, region }: CreateUser,
  area: AreaRef | undefined,
  now: Date,
): UserGrant => {
  const access = {
    cgs: {
      role,
      region,
      active: true,
      area: area?.name ?? null,
      areaId: area?.id ?? null,
      areas: area === undefined ? [] : [area],
    },
  };
  const profile = {
    id,
    email,
    nik,
    name,
    profilePhoto: profilePhoto ?? null,
    phoneNumber,
    active: active ?? true,
  };
  return { ...newPerson({ ...profile, access }, now), access };
};

/** The account's fields; the password is one that nobody knows until the invited person sets theirs. */
const credentialsOf = ({ email, password = newSecret(), name }: CreateUser): Credentials => ({
  email,
  password,
  displayName: name,
});

/** Sends the mail by which the person sets their first password; if it fails, they can ask for it. */
const invite = async ({ accounts, log }: Runtime, email: string): Promise<void> => {
  try {
    await accounts.sendPasswordReset(email);
  } catch (error) {
    log.write('WARNING', 'an invitation was not sent', describeError(error));
  }
};

/** An account of Firebase Authentication for the new person. */
interface Reserved {
  readonly uid: string;
  /** It existed before and has an unknown password. */
  readonly isFound: boolean;
}

/**
 * Finds or creates the account of the new person. An account without a person, which a crash left
 * behind, is reused; the commit decides later whether there is a person.
 */
const reserveAccount = async ({ accounts }: Runtime, body: CreateUser): Promise<Reserved> => {
  const found = await accounts.find(body.email);
  if (found !== undefined) return { uid: found, isFound: true };
  const uid = randomUUID();
  try {
    await accounts.create(uid, credentialsOf(body));
    return { uid, isFound: false };
  } catch (error) {
    const other = isAuthError(error, 'auth/email-already-exists')
      ? await accounts.find(body.email)
      : undefined;
    if (other === undefined) throw error;
    return { uid: other, isFound: true };
  }
};

/**
 * Sets the new password of an account that existed before, and only then activates its person, so
 * that the old password never signs in as that person.
 */
const takeOver = async (runtime: Runtime, store: Store, uid: string, body: CreateUser) => {
  await runtime.accounts.update(uid, { ...credentialsOf(body), disabled: false });
  await runtime.accounts.revoke(uid);
  await changeStore(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([grants.doc(uid), ...more]),
    decide: ({ reads }) => {
      const seen = reads.get(grants.doc(uid));
      if (seen === undefined) return { kind: 'stop', value: undefined };
      const patch = { active: body.active ?? true, validAfter: runtime.now() };
      const writes = updatePerson(seen, patch, LISTING);
      return { kind: 'write', plan: { writes, answer: undefined } };
    },
  });
};

/** Registers a person of this desk, or invites them (contract, "User 1"). */
export const createUser = cgs.endpoint({
  method: 'post',
  path: '/users',
  summary: 'Registers a person',
  contract: 'User 1',
  roles: ['SuperAdmin'],
  refusals: ['user/email-taken', 'auth/unavailable'],
  input: { ...noInput, body: createUserBody },
  status: 201,
  output: resultOf(userWireSchema),
  returns: 'the new person',
  // The caller, the area by name, and whether there is such a person.
  cost: { reads: 3, writes: 2 },
  audit: 'person',
  sample: {
    as: 'SuperAdmin',
    given: 'area',
    body: {
      email: 'email@web.com',
      password: 'bright-noc-123',
      rePassword: 'bright-noc-123',
      nik: '12345678910',
      name: 'NOC User One',
      role: 'NOC',
      region: 'West',
      area: 'BANDUNG',
      profilePhoto: 'https://blabla.com/photo.jpg',
      phoneNumber: '0812345678',
    },
  },
  handle: async ({ input: { body }, runtime, store, change }) => {
    const area = body.area == null ? undefined : await findArea(store, body.region, body.area);
    if (area instanceof Problem) return area;
    const { uid, isFound } = await reserveAccount(runtime, body);
    const created = await change({
      gather: async () => (await store.load([grants.doc(uid)])).get(grants.doc(uid)),
      decide: ({ gathered: known, now }) => {
        if (known !== undefined) return cgs.refuse('user/email-taken');
        const user = newUser(uid, body, area, now);
        const stored = isFound ? { ...user, active: false } : user;
        return { writes: createPerson(stored, LISTING), answer: { result: userToWire(user) } };
      },
    });
    if (created instanceof Problem) return created;
    if (isFound) await takeOver(runtime, store, uid, body);
    if (body.password === undefined && body.active !== false) await invite(runtime, body.email);
    return created;
  },
});
