import { z } from 'zod';
import { barePageQuery } from '../../../kernel/store/page.ts';
import { builtInKeys, builtInWrites, comments, communities, companies } from '../records.ts';
import { endpointsOf, recordWire } from './resource.ts';
import { companyBody } from '../domain/schemas.ts';

/** Companies that administer communities. The first one brings the six statuses along. */
export const companyEndpoints = endpointsOf({
  path: '/companies',
  one: 'company',
  many: 'companies',
  contract: 'CommunityId, ResidentId',
  kind: 'company',
  collection: companies,
  body: companyBody,
  patch: companyBody,
  wire: recordWire('Company', { name: z.string() }),
  readers: ['SYSTEM_ADMIN'],
  writers: ['SYSTEM_ADMIN'],
  companyOf: ({ id }) => id,
  make: (given, stored) => ({ ...given, ...stored }),
  patched: (patch, updatedAt) => ({ ...patch, updatedAt }),
  beside: { keys: builtInKeys, writes: builtInWrites },
  query: z.strictObject(barePageQuery),
  usedBy: [
    ({ id }) => communities.queries.list.where({ companyId: id }),
    ({ id }) => comments.queries.ofCompany.where({ companyId: id }),
  ],
  samples: {
    given: 'company',
    body: { name: 'Administradora Norte' },
    patch: { name: 'Administradora del Norte' },
    // The caller, the six statuses and the counter; the company and the counter.
    costs: { create: { reads: 8, writes: 2 }, remove: { reads: 4, writes: 1 } },
  },
});
