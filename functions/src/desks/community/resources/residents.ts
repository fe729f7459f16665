import { z } from 'zod';
import { barePageQuery } from '../../../kernel/store/page.ts';
import { communities, residents, tickets } from '../records.ts';
import { endpointsOf, recordWire } from './resource.ts';
import { idSchema, residentBody, residentPatch } from '../domain/schemas.ts';
import { idParameter } from '../tickets/ticket-list.ts';
import { ADMINS } from '../domain/vocabulary.ts';

const communityKey = ({ communityId }: { communityId: number }) =>
  communities.doc(String(communityId));

/** Residents; each stays with their community, which their tickets name as well. */
export const residentEndpoints = endpointsOf({
  path: '/residents',
  one: 'resident',
  many: 'residents',
  contract: 'ResidentId',
  kind: 'resident',
  collection: residents,
  body: residentBody,
  patch: residentPatch,
  wire: recordWire('Resident', {
    communityId: idSchema,
    companyId: idSchema,
    name: z.string(),
    uid: z.string().nullable(),
  }),
  readers: ADMINS,
  writers: ADMINS,
  companyOf: ({ companyId }) => companyId,
  make: (given, stored, companyId) => ({ ...given, companyId, ...stored }),
  patched: (patch, updatedAt) => ({ ...patch, updatedAt }),
  parent: {
    field: 'communityId',
    key: communityKey,
    companyOf: (reads, given) => reads.get(communityKey(given))?.data.companyId,
  },
  query: z.strictObject({
    ...barePageQuery,
    companyId: idParameter.optional(),
    communityId: idParameter.optional(),
  }),
  usedBy: [({ id }) => tickets.queries.list.where({ residentId: id })],
  samples: {
    given: 'resident',
    body: { communityId: 1, name: 'Lucía Herrera' },
    patch: { name: 'Lucía Herrera Soto' },
    costs: { create: { reads: 3, writes: 3 }, remove: { reads: 3, writes: 1 } },
  },
});
