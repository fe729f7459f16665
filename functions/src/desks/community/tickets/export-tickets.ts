import { z } from 'zod';
import { type Columns, csvExport, exportLines } from '../../../kernel/csv-export.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import { community } from '../desk.ts';
import { ADMINS } from '../domain/vocabulary.ts';
import type { ticketWithNamesSchema } from '../wire.ts';
import { withNames } from './shown-names.ts';
import { ownOfAdmin, searchBy, ticketFilters } from './ticket-list.ts';

/** The columns of an export, in order, and where each comes from. */
const COLUMNS = {
  id: (ticket) => ticket.id,
  fechaReporte: (ticket) => ticket.fechaReporte,
  statusId: (ticket) => ticket.statusId,
  statusDescripcion: (ticket) => ticket.statusDescripcion,
  categoriaTicketId: (ticket) => ticket.categoriaTicketId,
  categoriaTicketDescripcion: (ticket) => ticket.categoriaTicketDescripcion,
  companyId: (ticket) => ticket.companyId,
  companyName: (ticket) => ticket.companyName,
  communityId: (ticket) => ticket.communityId,
  communityName: (ticket) => ticket.communityName,
  residentId: (ticket) => ticket.residentId,
  residentName: (ticket) => ticket.residentName,
  contenido: (ticket) => ticket.contenido,
  imageUrls: (ticket) => ticket.imageUrls.join(' '),
  commentCount: (ticket) => ticket.commentCount,
  updatedAt: (ticket) => ticket.updatedAt,
} as const satisfies Columns<z.input<typeof ticketWithNamesSchema>>;

/** Streams all tickets of an administrator's list with the same filters, as CSV. */
export const exportTickets = community.endpoint({
  ...csvExport,
  path: '/tickets/export',
  summary: 'Exports the tickets within an administrator’s reach as CSV, newest first',
  contract: 'GET /api/tickets, export',
  roles: ADMINS,
  input: { ...noInput, query: z.strictObject(ticketFilters) },
  returns: 'one line for each ticket, under a line with the names of the columns',
  sample: { as: 'ADMIN_COMPANY', query: { q: 'ningún ticket' } },
  handle: async ({ input: { query }, actor, store }) => {
    const { finds, ...criteria } = searchBy(query, ownOfAdmin(actor));
    return exportLines(COLUMNS, pagesOf(store, criteria), (page) =>
      withNames(store, actor, page.filter(finds)),
    );
  },
});
