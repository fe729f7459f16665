import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { barePageQuery, pageHeaders, readBarePage } from '../../../kernel/store/page.ts';
import { dataOf, isp } from '../desk.ts';
import { subscribers, tickets } from '../records.ts';
import { isWithin } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { ticketFilters } from './filters.ts';
import { ticketRowSchema, toRow } from '../wire.ts';

/**
 * Lists the tickets of one subscriber in all branches of the caller; 404 for a subscriber outside
 * their reach.
 */
export const listSubscriberTickets = isp.endpoint({
  method: 'get',
  path: '/subscribers/:id/tickets',
  summary: 'Lists the tickets of a subscriber in the caller’s branches, newest first',
  returns: 'a page of the subscriber’s tickets',
  contract: 'subscriber_id of a ticket',
  roles: ROLES,
  refusals: ['subscriber/not-found'],
  input: {
    ...noInput,
    params: byNumber,
    query: z.strictObject({ ...ticketFilters, ...barePageQuery }),
  },
  status: 200,
  output: dataOf(z.array(ticketRowSchema)),
  headers: pageHeaders,
  // The caller, the subscriber and each row.
  cost: { reads: (rows) => rows + 2, writes: 0 },
  sample: { as: 'staff', given: 'subscriber with a ticket', query: { limit: '5' } },
  loads: ({ params }) => [subscribers.doc(params.id)],
  handle: async ({ input: { params, query }, actor, reads, ...tools }) => {
    const subscriber = reads.get(subscribers.doc(params.id))?.data;
    if (subscriber === undefined || !isWithin(actor, subscriber)) {
      return isp.refuse('subscriber/not-found');
    }
    const { id: subscriberId, ispId, name: subscriberName } = subscriber;
    const { status, priority, from, to } = query;
    const compared = { ispId, subscriberId, status, priority };
    const range = { from, to };
    const { forSubscriber, ofBranch } = tickets.queries;
    // Other branches are left out here, and each is counted: a query has room for 30 of them only.
    const isShown = ({ branchId }: { readonly branchId: number }) =>
      isWithin(actor, { ispId, branchId });
    const asked = { anyOf: [forSubscriber.where(compared)], range };
    const counted = actor.branchIds.map((branchId) => ({
      anyOf: [ofBranch.where({ ...compared, branchId })],
      range,
    }));
    const found = await readBarePage(tools, asked, query, isShown, counted);
    return { data: found.map((ticket) => toRow({ ...ticket, subscriberName })) };
  },
});
