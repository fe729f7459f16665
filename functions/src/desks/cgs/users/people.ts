import { z } from 'zod';
import { collection } from '../../../kernel/store/collection.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { BY_ID } from '../../../kernel/store/query.ts';
import { grants, grantSchema, unreadOfGrant } from '../../../kernel/auth/grant.ts';
import { profileSchema } from '../../../kernel/auth/person.ts';
import { profileToWire, profileWire } from '../../../kernel/auth/profile-wire.ts';
import { type AreaRef, areaRefSchema } from '../domain/schemas.ts';
import { REGIONS, ROLES } from '../domain/vocabulary.ts';

/** `grants/{uid}.access.cgs`, which `users/{uid}` shows as well: a person's role, region and areas at this desk. */
export const accessSchema = z.object({
  role: z.enum(ROLES),
  region: z.enum(REGIONS),
  active: z.boolean(),
  /** The name of the area, as the contract's `area`. */
  area: z.string().nullable(),
  /** Its id, for queries by area. */
  areaId: z.string().nullable().optional(),
  areas: z.array(areaRefSchema),
});

/** The desk whose access `users/{uid}` shows: the desk lists its people by it. */
export const LISTING = ['cgs'] as const;

const access = z.looseObject({ cgs: accessSchema });

/** A person with access to this desk, as lists and listeners see them. */
export const userSchema = profileSchema.extend({ access });

export type User = z.output<typeof userSchema>;

export const userGrantSchema = grantSchema.extend({ access });

export type UserGrant = z.output<typeof userGrantSchema>;

const ROLE = 'access.cgs.role';
const REGION = 'access.cgs.region';

const BY_NAME = ['name', '-name'] as const;
const OTHERS = ['email', 'createdAt', 'updatedAt'] as const;
export const USER_SORTS = ['name', ...OTHERS] as const;
export type UserOrder = (typeof USER_SORTS)[number] | `-${(typeof USER_SORTS)[number]}`;

/** The people of this desk, as listeners see them; the kernel's `people` has those of all desks. */
export const users = collection('users', userSchema, {
  unindexed: ['access.cgs.areas'],
  queries: {
    // Those who can sign in to the desk.
    activeOfRole: { equal: [ROLE, 'active', 'access.cgs.active'], select: ['id'] },
    ofArea: { equal: ['access.cgs.areaId'] },
  },
});

/** The same people with all that is granted to them. */
export const userGrants = collection('grants', userGrantSchema, {
  unread: unreadOfGrant,
  unindexed: ['access.cgs.areas'],
  queries: {
    // Those who are told of tickets.
    inRegion: {
      equal: [ROLE, REGION, 'active', 'access.cgs.active'],
      orderBy: BY_ID,
      select: ['active', 'access'],
    },
    withArea: { arrayContains: 'access.cgs.areas', orderBy: BY_ID },
    // By role, since people without access to this desk have none.
    named: {
      equal: [ROLE],
      optional: [REGION, 'access.cgs.areaId', 'active', 'access.cgs.active'],
      arrayContains: 'keywords',
      sorts: BY_NAME,
    },
    // Each filter in each order would be an index more, which every write of a person pays for.
    sorted: {
      equal: [ROLE],
      optional: [REGION],
      sorts: [...OTHERS, ...OTHERS.map((field) => `-${field}` as const)],
    },
  },
});

/** A grant as that of a person with access to this desk, active or not; undefined for any other. */
export const userOf = (grant: unknown): UserGrant | undefined =>
  userGrantSchema.safeParse(grant).data;

/** Such a person among the loaded documents. */
export const userIn = (reads: Reads, id: string): UserGrant | undefined =>
  userOf(reads.get(grants.doc(id))?.data);

/** A person in the wire's form (contract, "User"). */
export const userWireSchema = profileWire
  .extend({
    role: z.enum(ROLES),
    region: z.enum(REGIONS),
    area: z.string().nullable(),
    areas: z.array(areaRefSchema),
  })
  .meta({ id: 'User' });

/** The fields of an access that say where a person works; null for no area. */
export const placedIn = (area: AreaRef | null | undefined) => ({
  area: area?.name ?? null,
  areaId: area?.id ?? null,
  areas: area == null ? [] : [area],
});

export type UserWire = z.output<typeof userWireSchema>;

export const userToWire = (user: User): UserWire => {
  const { role, region, area, areas, active } = user.access.cgs;
  return { ...profileToWire(user), role, region, area, areas, active: user.active && active };
};
