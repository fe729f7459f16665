import { z } from 'zod';
import { type Columns, csvExport, exportLines } from '../../../kernel/csv-export.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { urban } from '../desk.ts';
import { STATUSES } from '../domain/vocabulary.ts';
import { toWireWithPeople } from '../wire.ts';
import { filterKeys, searchBy, ticketFilters } from './filters.ts';

type Row = ReturnType<typeof toWireWithPeople>;

/** The columns of an export, in order, and where each comes from. */
const COLUMNS = {
  id: (ticket) => ticket.id,
  status: (ticket) => ticket.status,
  category: (ticket) => ticket.category,
  title: (ticket) => ticket.title,
  description: (ticket) => ticket.description,
  attachments: (ticket) => ticket.attachments.join(' '),
  notes: (ticket) => ticket.notes,
  userId: (ticket) => ticket.userId,
  user: (ticket) => ticket.user.fullname,
  phoneNumber: (ticket) => ticket.user.phoneNumber,
  assignedTo: (ticket) => ticket.assignedTo,
  technician: (ticket) => ticket.technician?.fullname ?? null,
  createdAt: (ticket) => ticket.createdAt,
  updatedAt: (ticket) => ticket.updatedAt,
} as const satisfies Columns<Row>;

/** The tickets of one status after the other, page by page. */
const pagesIn = async function* (store: Store, { of }: Pick<ReturnType<typeof searchBy>, 'of'>) {
  for (const status of STATUSES) yield* pagesOf(store, of(status));
};

/** Streams all tickets of a list with the same filters, as CSV, for callers with `ticket:read`. */
export const exportTickets = urban.endpoint({
  ...csvExport,
  path: '/tickets/export',
  summary: 'Exports all tickets as CSV, by status, newest first',
  contract: 'Grouped Response, export',
  roles: ['Reader'],
  input: { ...noInput, query: z.strictObject(ticketFilters) },
  returns: 'one line for each ticket, under a line with the names of the columns',
  sample: { as: 'Reader', query: { status: 'PENDING', q: 'no such ticket' } },
  loads: ({ query }) => filterKeys(query),
  handle: async ({ input: { query }, store, ...tools }) => {
    const search = searchBy(query, tools);
    return exportLines(COLUMNS, pagesIn(store, search), (page) =>
      page.filter(search.fits).map(toWireWithPeople),
    );
  },
});
