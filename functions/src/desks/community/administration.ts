import { z } from 'zod';
import { BARE } from '../../kernel/http/answer-style.ts';
import { peopleEndpoints } from '../../kernel/people/kit.ts';
import { community } from './desk.ts';
import { ADMINS, ROLES } from './domain/vocabulary.ts';
import { accessSchema, grants, members } from './people.ts';
import { ownCompany } from './resources/small-record.ts';
import { only } from './tickets/ticket-list.ts';

/** Those whom an `ADMIN_COMPANY` runs. */
const OF_COMPANY = ['RESIDENT', 'ADMIN_COMPANY'] as const;

/** A `SYSTEM_ADMIN` runs everybody, an `ADMIN_COMPANY` the residents and administrators of theirs. */
export const MEMBER_ENDPOINTS = peopleEndpoints(community, BARE, {
  desk: 'community',
  access: accessSchema,
  rules: grants,
  roles: ADMINS,
  collection: members,
  reach: {
    'access.community.role': ({ role }) => (role === 'SYSTEM_ADMIN' ? ROLES : OF_COMPANY),
    'access.community.companyId': ownCompany,
  },
  errorsOf: (actor, { role, companyId }) => [
    ...(actor.role === 'SYSTEM_ADMIN' || role !== 'SYSTEM_ADMIN'
      ? []
      : [{ path: 'role', message: 'Only a SYSTEM_ADMIN may give this role.' }]),
    ...(actor.role === 'SYSTEM_ADMIN' || companyId === actor.companyId
      ? []
      : [{ path: 'companyId', message: 'Name your own company.' }]),
  ],
  filters: {
    role: z.enum(ROLES).optional().meta({ description: 'only those with this role' }),
    companyId: only('company'),
    communityId: only('community'),
  },
  samples: {
    as: 'ADMIN_COMPANY',
    given: 'neighbour',
    free: 'no such person',
    register: {
      email: 'rina.community@example.com',
      access: { role: 'RESIDENT', companyId: 1, communityId: 1, residentId: 1, active: true },
    },
  },
});
