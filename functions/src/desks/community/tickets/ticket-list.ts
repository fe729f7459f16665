import { z } from 'zod';
import type { Context } from '../../../kernel/http/endpoint.ts';
import { SEARCH } from '../../../kernel/keywords.ts';
import { periodQuery } from '../../../kernel/period.ts';
import { searchFor, searchParam } from '../../../kernel/search.ts';
import { barePageQuery, readBarePage } from '../../../kernel/store/page.ts';
import { keywordsOfTicket } from '../domain/keywords.ts';
import type { Ticket } from '../domain/schemas.ts';
import type { Member } from '../domain/ticket.ts';
import { tickets } from '../records.ts';
import { ticketWithNamesSchema } from '../wire.ts';
import { withNames } from './shown-names.ts';

/** The filter of a list by the number of a record. */
export const only = (what: string) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: `only those of this ${what}, by its number` });

/** The filters of every list of tickets and of the export, in any combination. */
export const ticketFilters = {
  statusId: only('status'),
  categoriaTicketId: only('category'),
  companyId: only('company'),
  communityId: only('community'),
  residentId: only('resident'),
  q: searchParam(
    SEARCH,
    'words, or their beginnings, of the number and the first words of contenido',
  ),
  ...periodQuery,
};

const filterSchema = z.object(ticketFilters);

/** The query parameters of each list of tickets. */
export const ticketQuery = z.strictObject({ ...ticketFilters, ...barePageQuery });

export const ticketListSchema = z.array(ticketWithNamesSchema);

/** The caller and, at most, each row with the five names beside it; a name is read once. */
export const listReads = (rows: number): number => 1 + 6 * rows;

type Own = Parameters<typeof tickets.queries.list.where>[0];

/** The query for the caller's own tickets that match; `finds` compares the other words of a search. */
export const searchBy = (
  { from, to, q, ...filters }: z.output<typeof filterSchema>,
  own: Own | undefined,
) => {
  const { keyword: keywords, finds } = searchFor(SEARCH, q);
  const { statusId, categoriaTicketId, companyId, communityId, residentId } = filters;
  const asked = { statusId, categoriaTicketId, companyId, communityId, residentId, keywords };
  return {
    anyOf: own === undefined ? [] : tickets.queries.list.within(own, asked),
    range: { from, to },
    finds: (ticket: Ticket) => finds(() => keywordsOfTicket(ticket)),
  };
};

/** Reads a page of tickets, newest first; `own` undefined means that the caller has none. */
export const listTicketsOf = async (
  tools: Pick<Context<Member, unknown>, 'store' | 'setHeader' | 'actor'>,
  query: z.output<typeof ticketQuery>,
  own: Own | undefined,
) => {
  const { finds, ...criteria } = searchBy(query, own);
  const found = await readBarePage(tools, criteria, query, finds);
  return withNames(tools.store, tools.actor, found);
};

/** What an administrator reaches: their company's tickets, or all. */
export const ownOfAdmin = ({ role, companyId }: Member): Own =>
  role === 'SYSTEM_ADMIN' ? {} : { companyId };
