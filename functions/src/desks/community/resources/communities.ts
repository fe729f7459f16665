import { z } from 'zod';
import { numbered } from '../../../kernel/resource/ids.ts';
import { communityBody, communityPatch, idSchema } from '../domain/schemas.ts';
import { ADMINS } from '../domain/vocabulary.ts';
import { members } from '../people.ts';
import { communities, companies, counterOf, residents, tickets } from '../records.ts';
import { only } from '../tickets/ticket-list.ts';
import { ofResident, ownCompany, recordWire, smallRecord } from './small-record.ts';

/** Communities. Each stays with its company, whose number its tickets and residents copy. */
export const communityRecords = smallRecord({
  path: '/communities',
  one: 'community',
  many: 'communities',
  contract: 'CommunityId',
  ids: numbered(counterOf('community')),
  collection: communities,
  filters: { companyId: only('company') },
  body: communityBody,
  patch: communityPatch,
  wire: recordWire('Community', { companyId: idSchema, name: z.string() }),
  make: (given, stored) => ({ ...given, ...stored }),
  words: ({ name }) => [name],
  readers: ADMINS,
  readersOfOne: ['RESIDENT'],
  writers: ADMINS,
  reach: { companyId: ownCompany, id: ofResident('communityId') },
  references: { companyId: { to: companies, one: 'record within your reach' } },
  usedBy: [
    { where: ({ id }) => residents.queries.list.where({ communityId: id }) },
    { where: ({ id }) => tickets.queries.list.where({ communityId: id }) },
    {
      where: ({ id }) => members.queries.ofCommunity.where({ 'access.community.communityId': id }),
    },
  ],
  samples: {
    given: 'community',
    body: { companyId: 1, name: 'Torre Jacaranda' },
    patch: { name: 'Torre Jacarandá' },
  },
});
