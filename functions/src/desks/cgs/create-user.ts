import { randomUUID } from 'node:crypto';
import { isAuthError } from '../../kernel/auth/accounts.ts';
import { people } from '../../kernel/auth/person.ts';
import { noInput } from '../../kernel/http/endpoint.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { cgs, resultOf } from './desk.ts';
import { type User, userToWire, userWireSchema } from './people.ts';
import type { AreaRef } from './schemas.ts';
import { findArea } from './user-change.ts';
import { type CreateUser, createUserBody } from './user-schemas.ts';

const newUser = (id: string, body: CreateUser, area: AreaRef | undefined, now: Date): User => ({
  id,
  email: body.email,
  nik: body.nik,
  name: body.name,
  profilePhoto: body.profilePhoto ?? null,
  phoneNumber: body.phoneNumber,
  active: body.active ?? true,
  access: {
    cgs: {
      role: body.role,
      region: body.region,
      active: true,
      area: area?.name ?? null,
      areas: area === undefined ? [] : [area],
    },
  },
  validAfter: now,
  lastLoginAt: null,
  createdAt: now,
  updatedAt: now,
});

/**
 * The uid under which the account is created. One that a crash left behind without a person is
 * taken over; whether a person exists is decided later, in the commit.
 */
const reserveAccount = async ({ accounts }: Runtime, body: CreateUser): Promise<string> => {
  const credentials = { email: body.email, displayName: body.name };
  const found = await accounts.find(body.email);
  if (found !== undefined) return found;
  const uid = randomUUID();
  try {
    await accounts.create(uid, { ...credentials, password: body.password });
    return uid;
  } catch (error) {
    const other = isAuthError(error, 'auth/email-already-exists')
      ? await accounts.find(body.email)
      : undefined;
    if (other === undefined) throw error;
    return other;
  }
};

/** Registers a person of this desk (contract, "User 1"). */
export const createUser = cgs.endpoint({
  method: 'post',
  path: '/users',
  summary: 'Registers a person',
  contract: 'User 1',
  roles: ['SuperAdmin'],
  input: { ...noInput, body: createUserBody },
  status: 201,
  output: resultOf(userWireSchema),
  // The session, the area, and the session and person again for the commit; the person.
  cost: { reads: 4, writes: 1 },
  sample: {
    as: 'SuperAdmin',
    given: 'area',
    body: {
      email: 'email@web.com',
      password: 'noc123',
      rePassword: 'noc123',
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
    const uid = await reserveAccount(runtime, body);
    const created = await change(
      ({ reads, now }) => {
        if (reads.get(people.doc(uid)) !== undefined) return cgs.refuse('user/email-taken');
        const user = newUser(uid, body, area, now);
        return { writes: [people.create(uid, user)], answer: { result: userToWire(user) } };
      },
      async () => [people.doc(uid)],
    );
    return created;
  },
});
