import { z } from 'zod';
import type { Profile } from '../../kernel/auth/person.ts';
import { idSchema } from './domain/schemas.ts';
import type { Staff } from './domain/ticket.ts';

/** `users/{uid}.access.isp`: the ISP and branches that a person works for. */
export const accessSchema = z
  .strictObject({
    userId: idSchema,
    ispId: idSchema,
    branchIds: z.array(idSchema),
    active: z.boolean(),
  })
  .meta({ examples: [{ userId: 1, ispId: 1, branchIds: [1, 2], active: true }] });

/** A person as this desk sees them; undefined without active access to it. */
export const staffOf = ({ active, name, access }: Profile): Staff | undefined => {
  const granted = accessSchema.safeParse(access['isp']).data;
  if (!active || granted?.active !== true) return undefined;
  const { userId, ispId, branchIds } = granted;
  return { userId, ispId, branchIds, name };
};
