import { z } from 'zod';
import { numbered } from '../../../kernel/resource/ids.ts';
import { idSchema, residentBody, residentPatch } from '../domain/schemas.ts';
import { ADMINS } from '../domain/vocabulary.ts';
import { members } from '../people.ts';
import { communities, counterOf, residents, tickets } from '../records.ts';
import { only } from '../tickets/ticket-list.ts';
import { ofResident, ownCompany, recordWire, smallRecord } from './small-record.ts';

const NO_COMPANY = 0;

/** Residents. Each stays with their community, whose number their tickets copy. */
export const residentRecords = smallRecord({
  path: '/residents',
  one: 'resident',
  many: 'residents',
  contract: 'ResidentId',
  ids: numbered(counterOf('resident')),
  collection: residents,
  filters: { companyId: only('company'), communityId: only('community') },
  body: residentBody,
  patch: residentPatch,
  wire: recordWire('Resident', {
    communityId: idSchema,
    companyId: idSchema,
    name: z.string(),
    uid: z.string().nullable(),
  }),
  make: (given, stored, { before, linked }) => ({
    ...given,
    ...stored,
    companyId: linked('communityId', ({ companyId }) => companyId, before?.companyId) ?? NO_COMPANY,
  }),
  words: ({ name }) => [name],
  readers: ADMINS,
  readersOfOne: ['RESIDENT'],
  writers: ADMINS,
  reach: { companyId: ownCompany, id: ofResident('residentId') },
  references: { communityId: { to: communities, one: 'record within your reach' } },
  usedBy: [
    { where: ({ id }) => tickets.queries.list.where({ residentId: id }) },
    { where: ({ id }) => members.queries.ofResident.where({ 'access.community.residentId': id }) },
  ],
  samples: {
    given: 'resident',
    body: { communityId: 1, name: 'Lucía Herrera' },
    patch: { name: 'Lucía Herrera Soto' },
  },
});
