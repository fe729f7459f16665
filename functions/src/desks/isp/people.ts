import { z } from 'zod';
import { grantSchema, unreadOfGrant } from '../../kernel/auth/grant.ts';
import { grantRules } from '../../kernel/auth/grants.ts';
import type { Profile } from '../../kernel/auth/person.ts';
import { idSchema } from './domain/schemas.ts';
import type { Staff } from './domain/ticket.ts';
import { ROLES } from './domain/vocabulary.ts';
import { collection } from '../../kernel/store/collection.ts';
import { BY_ID } from '../../kernel/store/query.ts';

/** `grants/{uid}.access.isp`: the ISP and branches that a person works for, and as what. */
export const accessSchema = z
  .strictObject({
    // Accesses from before there were roles have none.
    role: z.enum(ROLES).default('staff'),
    userId: idSchema,
    ispId: idSchema,
    branchIds: z.array(idSchema),
    active: z.boolean(),
  })
  .meta({ examples: [{ role: 'staff', userId: 9001, ispId: 1, branchIds: [1, 2], active: true }] });

/** The people of this desk. */
export const staff = collection(
  'grants',
  grantSchema.extend({ access: z.looseObject({ isp: accessSchema }) }),
  {
    unread: unreadOfGrant,
    queries: {
      // Those who are told of tickets.
      ofBranch: {
        equal: ['access.isp.ispId', 'active', 'access.isp.active'],
        arrayContains: 'access.isp.branchIds',
        orderBy: BY_ID,
        select: ['active', 'access'],
      },
      ofNumber: { equal: ['access.isp.ispId', 'access.isp.userId'] },
      list: {
        equal: ['access.isp.ispId'],
        optional: ['access.isp.role', 'access.isp.active'],
        arrayContains: 'keywords',
        orderBy: 'name',
      },
    },
  },
);

/** A `userId` is one person's within an ISP: tickets and replies name people by it. */
export const grants = grantRules(accessSchema, {
  unique: {
    value: ({ ispId, userId }) => ['isp', 'userId', String(ispId), String(userId)],
    holders: ({ ispId, userId }) =>
      staff.queries.ofNumber.where({ 'access.isp.ispId': ispId, 'access.isp.userId': userId }),
  },
});

/** A person as this desk sees them; undefined without active access to it. */
export const staffOf = ({ active, name, access }: Profile): Staff | undefined => {
  const granted = accessSchema.safeParse(access['isp']).data;
  if (!active || granted?.active !== true) return undefined;
  const { role, userId, ispId, branchIds } = granted;
  return { role, userId, ispId, branchIds, name };
};
