import { z } from 'zod';
import { SEARCH } from '../../../kernel/keywords.ts';
import { periodQuery } from '../../../kernel/period.ts';
import { searchFor, searchParam } from '../../../kernel/search.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { tickets } from '../records.ts';
import { keywordsOfTicket } from '../domain/keywords.ts';
import { overdueSince } from '../domain/overdue.ts';
import { categorySchema, personIdSchema, statusSchema } from '../domain/schemas.ts';
import type { Status } from '../domain/vocabulary.ts';
import { overdueSetting, overdueSettingIn } from '../settings/collection.ts';

const flag = (description: string) => z.enum(['true', 'false']).optional().meta({ description });

/** The filters of every list and of the export, in any combination. */
export const ticketFilters = {
  category: categorySchema.optional(),
  status: statusSchema.optional(),
  userId: personIdSchema.optional().meta({ description: 'who opened it' }),
  assignedTo: personIdSchema.optional(),
  unassigned: flag('true: only tickets that nobody is assigned to'),
  overdue: flag('true: only open tickets that are older than the settings allow'),
  q: searchParam(
    SEARCH,
    'words, or their beginnings, of the title and the first words of the description',
  ),
  ...periodQuery,
};

const filterSchema = z.object(ticketFilters);
type Filters = z.output<typeof filterSchema>;

/** The documents that filters depend on. */
export const filterKeys = ({ overdue }: Filters) => (overdue === 'true' ? [overdueSetting] : []);

const earlier = (one: Date | undefined, other: Date): Date =>
  one !== undefined && one < other ? one : other;

/** Whose tickets a list is of. */
interface Own {
  readonly userId?: string;
  readonly assignedTo?: string;
}

/**
 * The query for the tickets of each status. Where the filters contradict each other, the status or whose
 * tickets these are, there is none, and it costs nothing. `finds` compares the other words of a search.
 */
export const searchBy = (
  filters: Filters,
  { reads, now }: { readonly reads: Reads; readonly now: Date },
  own: Own = {},
) => {
  const { status: asked, category, userId, unassigned, overdue, from, to } = filters;
  const { keyword: keywords, finds } = searchFor(SEARCH, filters.q);
  const assignedTo = unassigned === 'true' ? null : filters.assignedTo;
  const compared = { status: asked, category, userId, assignedTo, keywords };
  const isNobody = assignedTo === null && filters.assignedTo !== undefined;
  const of = (status: Status) => {
    const since =
      overdue === 'true' ? overdueSince(status, overdueSettingIn(reads), now) : undefined;
    const isNever = isNobody || (overdue === 'true' && since === undefined);
    return {
      anyOf: isNever ? [] : tickets.queries.ofStatus.within({ ...own, status }, compared),
      range: { from, to: since === undefined ? to : earlier(to, since) },
    };
  };
  return {
    of,
    finds: (ticket: Parameters<typeof keywordsOfTicket>[0]) =>
      finds(() => keywordsOfTicket(ticket)),
  };
};
