import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { numberText } from '../../../kernel/store/numbered.ts';
import { pageHeaders } from '../../../kernel/store/page.ts';
import { community } from '../desk.ts';
import { communities } from '../records.ts';
import { isWithin } from '../domain/ticket.ts';
import { listReads, listTicketsOf, ticketListSchema, ticketQuery } from './ticket-list.ts';
import { ADMINS } from '../domain/vocabulary.ts';

/** Lists the tickets of one community; 404 outside the caller's reach. */
export const listCommunityTickets = community.endpoint({
  method: 'get',
  path: '/tickets/community/:communityId',
  summary: 'Lists the tickets of a community, newest first',
  returns: 'a page of the community’s tickets',
  contract: 'GET /api/tickets/community/{communityId}',
  roles: ADMINS,
  refusals: ['record/not-found'],
  input: {
    ...noInput,
    params: z.strictObject({ communityId: numberText }),
    query: ticketQuery,
  },
  status: 200,
  output: ticketListSchema,
  headers: pageHeaders,
  // The community besides.
  cost: { reads: (rows) => listReads(rows) + 1, writes: 0 },
  sample: {
    as: 'ADMIN_COMPANY',
    given: 'ticket',
    params: { communityId: '1' },
    query: { limit: '1' },
  },
  loads: ({ params }) => [communities.doc(params.communityId)],
  handle: async (context) => {
    const { input, reads, actor } = context;
    const seen = reads.get(communities.doc(input.params.communityId))?.data;
    if (seen === undefined || !isWithin(actor, { ...seen, communityId: seen.id })) {
      return community.refuse('record/not-found');
    }
    return listTicketsOf(context, input.query, { communityId: seen.id });
  },
});
