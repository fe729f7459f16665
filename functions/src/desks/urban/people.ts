import { z } from 'zod';
import { grantSchema, unreadOfGrant } from '../../kernel/auth/grant.ts';
import type { Profile } from '../../kernel/auth/person.ts';
import { collection } from '../../kernel/store/collection.ts';
import { BY_ID } from '../../kernel/store/query.ts';
import type { Contact } from './domain/schemas.ts';
import type { Caller } from './domain/ticket.ts';
import { PERMISSIONS, type Role } from './domain/vocabulary.ts';

/** `grants/{uid}.access.urban`: what a person may do here; a citizen has no permission. */
export const accessSchema = z
  .strictObject({
    /** Whether they are offered to those who assign tickets. */
    technician: z.boolean().default(false),
    permissions: z.array(z.enum(PERMISSIONS)).max(PERMISSIONS.length),
    active: z.boolean(),
  })
  .meta({ examples: [{ permissions: ['ticket:read', 'ticket:write'], active: true }] });

const grantedTo = ({ access }: Profile) => accessSchema.safeParse(access['urban']).data;

/** The people of this desk. */
export const inhabitants = collection(
  'grants',
  grantSchema.extend({ access: z.looseObject({ urban: accessSchema }) }),
  {
    unread: unreadOfGrant,
    queries: {
      // Those who are told of tickets.
      permitted: {
        equal: ['active', 'access.urban.active'],
        arrayContains: 'access.urban.permissions',
        orderBy: BY_ID,
        select: ['active', 'access'],
      },
      list: {
        equal: ['access.urban.active'],
        optional: ['active', 'access.urban.technician'],
        arrayContains: 'keywords',
        orderBy: 'name',
      },
    },
  },
);

/** A person as tickets embed them. */
export const contactOf = ({ id, name, phoneNumber, profilePhoto }: Profile): Contact => ({
  id,
  fullname: name,
  phoneNumber,
  profilePhoto,
});

/** A person as this desk sees them; undefined without active access to it. */
export const callerOf = (person: Profile): Caller | undefined => {
  const granted = grantedTo(person);
  if (!person.active || granted?.active !== true) return undefined;
  return { self: contactOf(person), permissions: granted.permissions };
};

export const roleOf = ({ permissions }: Caller): Role =>
  permissions.includes('ticket:read') ? 'Reader' : 'Citizen';
