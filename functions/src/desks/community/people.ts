import { z } from 'zod';
import { grantSchema, unreadOfGrant } from '../../kernel/auth/grant.ts';
import { grantRules } from '../../kernel/auth/grants.ts';
import type { Profile } from '../../kernel/auth/person.ts';
import { collection } from '../../kernel/store/collection.ts';
import { BY_ID } from '../../kernel/store/query.ts';
import { idSchema } from './domain/schemas.ts';
import type { Member } from './domain/ticket.ts';
import { type Role, ROLES } from './domain/vocabulary.ts';
import { communities, companies, named, residents } from './records.ts';

const noSuch = (path: string, what: string) => ({ path, message: `There is no such ${what}.` });

/** The numbers that a role needs in order to reach anything. */
const NEEDED = {
  RESIDENT: ['companyId', 'communityId', 'residentId'],
  ADMIN_COMPANY: ['companyId'],
  SYSTEM_ADMIN: [],
} as const satisfies Record<Role, readonly string[]>;

/** `grants/{uid}.access.community`: a person's role at this desk, and where they have it. */
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
    examples: [{ role: 'SYSTEM_ADMIN', active: true }],
  });

/** The people of this desk. */
export const members = collection(
  'grants',
  grantSchema.extend({ access: z.looseObject({ community: accessSchema }) }),
  {
    unread: unreadOfGrant,
    queries: {
      list: {
        equal: ['access.community.role'],
        optional: [
          'access.community.companyId',
          'access.community.communityId',
          'access.community.active',
        ],
        arrayContains: 'keywords',
        orderBy: 'name',
      },
      // Those who are told of tickets.
      administrating: {
        equal: [
          'access.community.role',
          'access.community.companyId',
          'active',
          'access.community.active',
        ],
        orderBy: BY_ID,
        select: ['active', 'access'],
      },
      // Those whose access names a record.
      ofCompany: { equal: ['access.community.companyId'] },
      ofCommunity: { equal: ['access.community.communityId'] },
      ofResident: { equal: ['access.community.residentId'] },
    },
  },
);

/** An access names records that exist and belong together. */
export const grants = grantRules(accessSchema, {
  records: ({ companyId, communityId, residentId }) => [
    ...named(companies, companyId),
    ...named(communities, communityId),
    ...named(residents, residentId),
  ],
  errorsOf: ({ companyId, communityId, residentId }, reads) => {
    const [company] = named(companies, companyId).map(reads.get);
    const [community] = named(communities, communityId).map(reads.get);
    const [resident] = named(residents, residentId).map(reads.get);
    const isOfCompany = community?.data.companyId === companyId;
    const livesThere =
      resident?.data.communityId === communityId && resident?.data.companyId === companyId;
    return [
      ...(companyId === null || company ? [] : [noSuch('companyId', 'company')]),
      ...(communityId === null || isOfCompany ? [] : [noSuch('communityId', 'community of it')]),
      ...(residentId === null || livesThere ? [] : [noSuch('residentId', 'resident of it')]),
    ];
  },
});

/** A person as this desk sees them; undefined without active access to it. */
export const memberOf = ({ id, active, name, access }: Profile): Member | undefined => {
  const granted = accessSchema.safeParse(access['community']).data;
  if (!active || granted?.active !== true) return undefined;
  const { role, companyId, communityId, residentId } = granted;
  return { uid: id, name, role, companyId, communityId, residentId };
};
