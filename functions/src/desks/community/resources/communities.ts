import { z } from 'zod';
import { barePageQuery } from '../../../kernel/store/page.ts';
import { communities, companies, residents, tickets } from '../records.ts';
import { endpointsOf, recordWire } from './resource.ts';
import { communityBody, communityPatch, idSchema } from '../domain/schemas.ts';
import { idParameter } from '../tickets/ticket-list.ts';
import { ADMINS } from '../domain/vocabulary.ts';

const companyKey = ({ companyId }: { companyId: number }) => companies.doc(String(companyId));

/** Communities; each stays with its company, which its tickets and residents name as well. */
export const communityEndpoints = endpointsOf({
  path: '/communities',
  one: 'community',
  many: 'communities',
  contract: 'CommunityId',
  kind: 'community',
  collection: communities,
  body: communityBody,
  patch: communityPatch,
  wire: recordWire('Community', { companyId: idSchema, name: z.string() }),
  readers: ADMINS,
  writers: ADMINS,
  companyOf: ({ companyId }) => companyId,
  make: (given, stored) => ({ ...given, ...stored }),
  patched: (patch, updatedAt) => ({ ...patch, updatedAt }),
  parent: {
    field: 'companyId',
    key: companyKey,
    companyOf: (reads, given) => reads.get(companyKey(given))?.data.id,
  },
  query: z.strictObject({ ...barePageQuery, companyId: idParameter.optional() }),
  usedBy: [
    ({ id }) => residents.queries.list.where({ communityId: id }),
    ({ id }) => tickets.queries.list.where({ communityId: id }),
  ],
  samples: {
    given: 'community',
    body: { companyId: 1, name: 'Torre Jacaranda' },
    patch: { name: 'Torre Jacarandá' },
    costs: { create: { reads: 3, writes: 3 }, remove: { reads: 4, writes: 1 } },
  },
});
