import { z } from 'zod';
import { type Columns, csvExport, exportLines } from '../../../kernel/csv-export.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import { cgs } from '../desk.ts';
import type { TicketRow } from './collection.ts';
import { findsBy, ticketFilters, ticketQuery } from './filters.ts';
import { rows } from './queries.ts';
import { ROLES } from '../domain/vocabulary.ts';

const exportQuery = z.strictObject(ticketFilters);

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
  incident: (ticket) => ticket.incident?.title ?? null,
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
} as const satisfies Columns<TicketRow>;

/** Streams all tickets of a list with the same filters, as CSV. */
export const exportTickets = cgs.endpoint({
  ...csvExport,
  path: '/tickets/export',
  summary: 'Exports the tickets that the caller may see as CSV, newest first',
  contract: 'Ticket 2, export',
  roles: ROLES,
  input: { ...noInput, query: exportQuery },
  returns: 'one line for each ticket, under a line with the names of the columns',
  sample: { as: 'NOC', query: { q: 'no such ticket' } },
  handle: async ({ input: { query }, ...context }) => {
    const pages = pagesOf(context.store, await ticketQuery(context, query, rows));
    const finds = findsBy(query);
    return exportLines(COLUMNS, pages, (page) => page.filter(finds));
  },
});
