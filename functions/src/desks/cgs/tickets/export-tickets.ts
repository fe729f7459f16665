import { z } from 'zod';
import { noInput, textStream } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs } from '../desk.ts';
import { writeLines } from '../../../kernel/csv.ts';
import type { TicketRow } from './collection.ts';
import { isFound, ticketFilters, ticketQuery } from './filters.ts';
import { ROLES } from '../domain/vocabulary.ts';

const exportQuery = z.strictObject(ticketFilters);

const text = (value: Date | string | number | boolean | null): string =>
  value instanceof Date ? value.toISOString() : String(value ?? '');

/** The columns of an export, in order, and where each comes from. */
const COLUMNS = {
  ticketId: (ticket) => ticket.ticketId,
  type: (ticket) => ticket.type,
  source: (ticket) => ticket.source,
  latestStatus: (ticket) => ticket.latestStatus,
  latestTaskStatus: (ticket) => ticket.latestTaskStatus,
  waitingFor: (ticket) => ticket.waitingFor,
  resolution: (ticket) => ticket.resolution,
  cancelCategory: (ticket) => ticket.cancelCategory,
  pendingCategory: (ticket) => ticket.pendingCategory,
  region: (ticket) => ticket.region,
  area: (ticket) => ticket.client.city?.name ?? null,
  cid: (ticket) => ticket.client.cid,
  endUser: (ticket) => ticket.client.name,
  address: (ticket) => ticket.client.address,
  coordinate: (ticket) => ticket.client.coordinate,
  contactPerson: (ticket) =>
    ticket.contactPerson.map(({ name, phone }) => `${name} ${phone}`).join(', '),
  indicationCategory: (ticket) => ticket.indicationCategory,
  indication: (ticket) => ticket.indication,
  networkSegment: (ticket) => ticket.networkSegment,
  remark: (ticket) => ticket.remark,
  locationRemark: (ticket) => ticket.locationRemark,
  action: (ticket) => ticket.action,
  foc: (ticket) => ticket.foc?.name ?? null,
  noc: (ticket) => ticket.noc.name,
  createdAt: (ticket) => ticket.createdAt,
  publishedAt: (ticket) => ticket.publishedAt,
  firstAcceptedTime: (ticket) => ticket.firstAcceptedTime,
  acceptedTime: (ticket) => ticket.acceptedTime,
  departureTime: (ticket) => ticket.departureTime,
  checkInTime: (ticket) => ticket.checkInTime,
  onGoingTime: (ticket) => ticket.onGoingTime,
  closedAt: (ticket) => ticket.closedAt,
  sla: (ticket) => ticket.sla,
  slaType: (ticket) => ticket.slaType,
  slaDueAt: (ticket) => ticket.slaDueAt,
  firstAcceptedDuration: (ticket) => ticket.firstAcceptedDuration,
  acceptedDuration: (ticket) => ticket.acceptedDuration,
  onTheWayDuration: (ticket) => ticket.onTheWayDuration,
  workDuration: (ticket) => ticket.workDuration,
  totalPendingDuration: (ticket) => ticket.totalPendingDuration,
  totalTime: (ticket) => ticket.totalTime,
  requestsAsked: (ticket) => ticket.requestCounts.asked,
  requestsApproved: (ticket) => ticket.requestCounts.approved,
  requestsRefused: (ticket) => ticket.requestCounts.refused,
} as const satisfies Record<string, (ticket: TicketRow) => Parameters<typeof text>[0]>;

const linesOf = async function* (
  store: Store,
  query: z.output<typeof exportQuery>,
  criteria: Awaited<ReturnType<typeof ticketQuery>>,
): AsyncGenerator<string> {
  const columns = Object.values(COLUMNS);
  yield writeLines([Object.keys(COLUMNS)]);
  for await (const page of pagesOf(store, criteria)) {
    const found = page.filter(({ data }) => isFound(query, data));
    const rows = found.map(({ data }) => columns.map((valueOf) => text(valueOf(data))));
    if (rows.length > 0) yield writeLines(rows);
  }
};

/** Streams all tickets of a list with the same filters, as CSV. */
export const exportTickets = cgs.endpoint({
  method: 'get',
  path: '/tickets/export',
  summary: 'Exports the tickets that the caller may see as CSV, newest first',
  contract: 'Ticket 2, export',
  roles: ROLES,
  input: { ...noInput, query: exportQuery },
  status: 200,
  returns: 'one line for each ticket, under a line with the names of the columns',
  output: textStream,
  produces: 'text/csv',
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'NOC', query: { q: 'no such ticket' } },
  handle: async ({ input: { query }, ...context }) =>
    linesOf(context.store, query, await ticketQuery(context, query)),
});
