import { z } from 'zod';
import { collection } from '../../../kernel/store/collection.ts';
import { BY_ID } from '../../../kernel/store/query.ts';
import { personSchema as accountSchema } from '../../../kernel/auth/person.ts';
import { areaRefSchema } from '../domain/schemas.ts';
import { REGIONS, ROLES } from '../domain/vocabulary.ts';

/** `users/{uid}.access.cgs`: what a person is at this desk. */
export const accessSchema = z.object({
  role: z.enum(ROLES),
  region: z.enum(REGIONS),
  active: z.boolean(),
  /** The name of the area, as the contract's `area`. */
  area: z.string().nullable(),
  /** Its id, by which the people of an area are found. */
  areaId: z.string().nullable().optional(),
  areas: z.array(areaRefSchema),
});

/** A person with access to this desk. */
export const userSchema = accountSchema.extend({
  access: z.looseObject({ cgs: accessSchema }),
});

export type User = z.output<typeof userSchema>;

const ROLE = 'access.cgs.role';
const REGION = 'access.cgs.region';

export const USER_SORTS = ['name', 'email', 'createdAt', 'updatedAt'] as const;
const USER_ORDERS = [...USER_SORTS, ...USER_SORTS.map((field) => `-${field}` as const)] as const;
export type UserOrder = (typeof USER_ORDERS)[number];

/** For lists, which ask for people of this desk only. */
export const users = collection('users', userSchema, {
  unindexed: ['access.cgs.areas'],
  queries: {
    ofRole: { equal: [ROLE], sorts: USER_ORDERS },
    ofRegion: { equal: [REGION], sorts: USER_ORDERS },
    ofRegionAndRole: { equal: [REGION, ROLE], sorts: USER_ORDERS },
    ofArea: { equal: ['access.cgs.areaId'] },
    withArea: { arrayContains: 'access.cgs.areas', orderBy: BY_ID },
  },
});

/** The user's answer (contract, "User"). Passwords are write-only. */
export const userWireSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    nik: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    region: z.enum(REGIONS),
    area: z.string().nullable(),
    areas: z.array(areaRefSchema),
    profilePhoto: z.string().nullable(),
    phoneNumber: z.string(),
    active: z.boolean(),
    lastLoginAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });

export type UserWire = z.output<typeof userWireSchema>;

export const userToWire = (user: User): UserWire => {
  const { id, email, nik, name, profilePhoto, phoneNumber, lastLoginAt, createdAt, updatedAt } =
    user;
  const { role, region, area, areas, active } = user.access.cgs;
  return {
    id,
    email,
    nik,
    name,
    role,
    region,
    area,
    areas,
    profilePhoto,
    phoneNumber,
    active: user.active && active,
    lastLoginAt: lastLoginAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
};
