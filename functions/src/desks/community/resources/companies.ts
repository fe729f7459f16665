import { z } from 'zod';
import { numbered } from '../../../kernel/resource/ids.ts';
import { companyBody } from '../domain/schemas.ts';
import { members } from '../people.ts';
import {
  comments,
  communities,
  companies,
  counterOf,
  firstKeys,
  firstWrites,
  residents,
  tickets,
} from '../records.ts';
import { recordWire, smallRecord } from './small-record.ts';

/**
 * Companies that administer communities. The first one is created with the six statuses and the
 * contract's categories.
 */
export const companyRecords = smallRecord({
  path: '/companies',
  one: 'company',
  many: 'companies',
  contract: 'CommunityId, ResidentId',
  ids: numbered(counterOf('company')),
  collection: companies,
  body: companyBody,
  patch: companyBody,
  wire: recordWire('Company', { name: z.string() }),
  make: (given, stored) => ({ ...given, ...stored }),
  words: ({ name }) => [name],
  readers: ['SYSTEM_ADMIN'],
  writers: ['SYSTEM_ADMIN'],
  beside: { keys: firstKeys, writes: firstWrites },
  usedBy: [
    { where: ({ id }) => communities.queries.list.where({ companyId: id }) },
    // These may be of a community that was archived while they were created.
    { where: ({ id }) => residents.queries.list.where({ companyId: id }) },
    { where: ({ id }) => tickets.queries.list.where({ companyId: id }) },
    { where: ({ id }) => comments.queries.ofCompany.where({ companyId: id }) },
    { where: ({ id }) => members.queries.ofCompany.where({ 'access.community.companyId': id }) },
  ],
  samples: {
    given: 'company',
    body: { name: 'Administradora Norte' },
    patch: { name: 'Administradora del Norte' },
  },
});
