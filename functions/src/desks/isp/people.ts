import { z } from 'zod';
import { grantRules } from '../../kernel/auth/grants.ts';
import type { Profile } from '../../kernel/auth/person.ts';
import { idSchema } from './domain/schemas.ts';
import type { Staff } from './domain/ticket.ts';
import { collection } from '../../kernel/store/collection.ts';

/** `grants/{uid}.access.isp`: the ISP and branches that a person works for. */
export const accessSchema = z
  .strictObject({
    userId: idSchema,
    ispId: idSchema,
    branchIds: z.array(idSchema),
    active: z.boolean(),
  })
  .meta({ examples: [{ userId: 9001, ispId: 1, branchIds: [1, 2], active: true }] });

/** `grants/{uid}`, as far as it is this desk's. */
export const staff = collection(
  'grants',
  z.object({ access: z.looseObject({ isp: accessSchema }) }),
  { queries: { ofNumber: { equal: ['access.isp.ispId', 'access.isp.userId'] } } },
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
  const { userId, ispId, branchIds } = granted;
  return { userId, ispId, branchIds, name };
};
