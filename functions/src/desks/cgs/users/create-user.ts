import { newPerson } from '../../../kernel/auth/grant.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { ATTACH_REFUSALS } from '../../../kernel/media/attach.ts';
import { registerPerson } from '../../../kernel/people/register.ts';
import { Problem } from '../../../kernel/problem.ts';
import { cgs, resultOf } from '../desk.ts';
import { findArea } from '../master/find-area.ts';
import { LISTING, placedIn, type UserGrant, userToWire, userWireSchema } from './people.ts';
import type { AreaRef } from '../domain/schemas.ts';
import { type CreateUser, createUserBody } from './schemas.ts';

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
      ...placedIn(area),
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

/** Registers a person of this desk, or invites them (contract, "User 1"). */
export const createUser = cgs.endpoint({
  method: 'post',
  path: '/users',
  summary: 'Registers a person',
  contract: 'User 1',
  roles: ['SuperAdmin'],
  refusals: ['user/email-taken', ...ATTACH_REFUSALS, 'auth/unavailable'],
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
  handle: async ({ input: { body }, ...context }) => {
    const { region } = body;
    const area = body.area == null ? undefined : await findArea(context.store, region, body.area);
    if (area instanceof Problem) return area;
    return registerPerson(context, {
      credentials: body,
      active: body.active ?? true,
      listing: LISTING,
      personOf: (uid, now) => newUser(uid, body, area, now),
      taken: cgs.refuse('user/email-taken'),
      answer: (user) => ({ result: userToWire(user) }),
    });
  },
});
