import { z } from 'zod';
import { type Columns, csvExport, exportLines } from '../../../kernel/csv-export.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import { isp, problemOf } from '../desk.ts';
import { tickets } from '../records.ts';
import type { Ticket } from '../domain/schemas.ts';
import { refusalOfPlace } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { branchCriteria, branchQuery } from './filters.ts';
import { withSubscribers } from './shown-subscribers.ts';
import { namedKeys } from './ticket-command.ts';
import { dateText } from '../wire.ts';

/** The columns of an export, in order, and where each comes from. */
const COLUMNS = {
  id: (ticket) => ticket.id,
  title: (ticket) => ticket.title,
  description: (ticket) => ticket.description,
  subscriber_id: (ticket) => ticket.subscriberId,
  subscriber_name: (ticket) => ticket.subscriberName,
  priority: (ticket) => ticket.priority,
  status: (ticket) => ticket.status,
  replies: (ticket) => ticket.replyCount,
  created_by: (ticket) => ticket.createdBy,
  created_at: (ticket) => dateText(ticket.createdAt),
  updated_at: (ticket) => dateText(ticket.updatedAt),
} as const satisfies Columns<Ticket>;

/** Streams all tickets of a branch's list with the same filters, as CSV. */
export const exportTickets = isp.endpoint({
  ...csvExport,
  path: '/tickets/export',
  summary: 'Exports the tickets of a branch as CSV, newest first',
  contract: 'Fetch All Tickets, export',
  roles: ROLES,
  refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access'],
  input: { ...noInput, query: z.strictObject(branchQuery) },
  returns: 'one line for each ticket, under a line with the names of the columns',
  sample: {
    as: 'staff',
    query: { isp_id: '1', branch_id: '1', user_id: '1', q: 'no such ticket' },
  },
  loads: ({ query }) => namedKeys(query.subscriber_id),
  handle: async ({ input: { query }, actor, reads, store }) => {
    const misplaced = refusalOfPlace(actor, query);
    if (misplaced !== undefined) return problemOf(misplaced);
    const { alternatives, range, finds } = branchCriteria(query, { reads, actor });
    const anyOf = alternatives.map(tickets.queries.wholeOfBranch.where);
    return exportLines(COLUMNS, pagesOf(store, { anyOf, range }), (page) =>
      withSubscribers(store, actor, page.filter(finds)),
    );
  },
});
