import { z } from 'zod';
import { SEARCH } from '../../../kernel/keywords.ts';
import { periodQuery } from '../../../kernel/period.ts';
import { searchFor, searchParam } from '../../../kernel/search.ts';
import type { Reads } from '../../../kernel/store/document.ts';
import { tickets } from '../records.ts';
import { keywordsOfTicket } from '../domain/keywords.ts';
import { isOverdue, overdueSince } from '../domain/overdue.ts';
import { categorySchema, personIdSchema, statusSchema } from '../domain/schemas.ts';
import { CATEGORIES, type Category, type Status } from '../domain/vocabulary.ts';
import { overdueSetting } from '../settings/collection.ts';

const flag = (description: string) => z.enum(['true', 'false']).optional().meta({ description });

/** The filters of every list and of the export, in any combination. */
export const ticketFilters = {
  category: categorySchema.optional().meta({ description: 'only those of this category' }),
  status: statusSchema.optional().meta({ description: 'only the group of this status' }),
  userId: personIdSchema.optional().meta({ description: 'who opened it' }),
  assignedTo: personIdSchema.optional().meta({ description: 'who works on it' }),
  unassigned: flag('true: only tickets that nobody is assigned to'),
  overdue: flag(
    'true: only open tickets that are older than the settings allow for their status and category',
  ),
  q: searchParam(
    SEARCH,
    'words, or their beginnings, of the title and the first words of the description',
  ),
  ...periodQuery,
};

const filterSchema = z.object(ticketFilters);
type Filters = z.output<typeof filterSchema>;

/** The documents that filters depend on. */
export const filterKeys = ({ overdue }: Filters) =>
  overdue === 'true' ? [overdueSetting.key] : [];

const earlier = (one: Date | undefined, other: Date): Date =>
  one !== undefined && one < other ? one : other;

/** Whose tickets a list is of. */
interface Own {
  readonly userId?: string;
  readonly assignedTo?: string;
}

type Row = Parameters<typeof keywordsOfTicket>[0] & Parameters<typeof isOverdue>[0];

/**
 * The query for the tickets of each status. Where the filters contradict each other, the status or whose
 * tickets these are, there is none, and it costs nothing. `fits` compares what a query can't: the other
 * words of a search, and how old a ticket of its category may be. `counted` has a query for each category
 * that may be of another age.
 */
export const searchBy = (
  filters: Filters,
  { reads, now }: { readonly reads: Reads; readonly now: Date },
  own: Own = {},
) => {
  const { status: asked, userId, unassigned, from, to } = filters;
  const rules = filters.overdue === 'true' ? overdueSetting.of(reads) : undefined;
  const { keyword: keywords, finds } = searchFor(SEARCH, filters.q);
  const assignedTo = unassigned === 'true' ? null : filters.assignedTo;
  const compared = { status: asked, userId, assignedTo, keywords };
  const isNobody = assignedTo === null && filters.assignedTo !== undefined;
  const of = (status: Status, category: Category | undefined = filters.category) => {
    const since = rules && overdueSince(status, rules, now, category);
    const isNever = isNobody || (rules !== undefined && since === undefined);
    const asking = { ...compared, category };
    return {
      anyOf: isNever ? [] : tickets.queries.ofStatus.within({ ...own, status }, asking),
      range: { from, to: since === undefined ? to : earlier(to, since) },
    };
  };
  const isByCategory =
    filters.category === undefined && Object.keys(rules?.categories ?? {}).length > 0;
  return {
    of,
    counted: (status: Status) =>
      isByCategory ? CATEGORIES.map((category) => of(status, category)) : [of(status)],
    fits: (ticket: Row) =>
      finds(() => keywordsOfTicket(ticket)) &&
      (rules === undefined || isOverdue(ticket, rules, now)),
  };
};
