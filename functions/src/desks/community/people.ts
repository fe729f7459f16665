import { z } from 'zod';
import type { Profile } from '../../kernel/auth/person.ts';
import { idSchema } from './domain/schemas.ts';
import type { Member } from './domain/ticket.ts';
import { type Role, ROLES } from './domain/vocabulary.ts';

/** The numbers that a role needs in order to reach anything. */
const NEEDED = {
  RESIDENT: ['companyId', 'communityId', 'residentId'],
  ADMIN_COMPANY: ['companyId'],
  SYSTEM_ADMIN: [],
} as const satisfies Record<Role, readonly string[]>;

/** `users/{uid}.access.community`: a person's role at this desk, and where they have it. */
export const accessSchema = z
  .strictObject({
    role: z.enum(ROLES),
    companyId: idSchema.nullable().default(null),
    communityId: idSchema.nullable().default(null),
    residentId: idSchema.nullable().default(null),
    active: z.boolean(),
  })
  .superRefine((access, context) => {
    for (const field of NEEDED[access.role].filter((each) => access[each] === null)) {
      const message = `A person with the role ${access.role} needs one.`;
      context.addIssue({ code: 'custom', path: [field], message });
    }
  })
  .meta({
    examples: [{ role: 'RESIDENT', companyId: 1, communityId: 1, residentId: 1, active: true }],
  });

/** A person as this desk sees them; undefined without active access to it. */
export const memberOf = ({ id, active, name, access }: Profile): Member | undefined => {
  const granted = accessSchema.safeParse(access['community']).data;
  if (!active || granted?.active !== true) return undefined;
  const { role, companyId, communityId, residentId } = granted;
  return { uid: id, name, role, companyId, communityId, residentId };
};
