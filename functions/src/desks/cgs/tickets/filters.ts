import { z } from 'zod';
import type { Context } from '../../../kernel/http/endpoint.ts';
import { hasOtherWords, searchParam } from '../../../kernel/search.ts';
import { SEARCH, searchWords } from '../../../kernel/keywords.ts';
import { keywordsOfTicket } from '../domain/keywords.ts';
import { dayOrTimeInput, lastMomentOf, momentOf } from '../domain/moment-input.ts';
import { optional, type Person, type Ticket, regionFilter } from '../domain/schemas.ts';
import { areaIds } from '../master/find-area.ts';
import { type Reading, type TicketFilters, visibleTickets } from './queries.ts';
import {
  REQUESTS,
  type SlaType,
  TASK_STATUSES,
  TICKET_STATUSES,
  TICKET_TYPES,
} from '../domain/vocabulary.ts';

const AGING = { under: 'UnderSla', over: 'OverSla', non: 'NonSla' } as const satisfies Record<
  string,
  SlaType
>;

/** The filters of a list of tickets, in any combination (contract, "Ticket 2"). */
export const ticketFilters = {
  region: regionFilter,
  area: optional(z.string().max(200)).meta({ description: 'the id or the name of an area' }),
  type: optional(z.enum(TICKET_TYPES)).meta({ description: 'only those of this type' }),
  client: optional(z.string().max(128)).meta({ description: 'the id of a client' }),
  endUser: optional(z.string().max(200)).meta({ description: 'the whole name of the end user' }),
  isp: optional(z.string().max(200)).meta({ description: 'the name of an ISP' }),
  splitter: optional(z.string().max(200)).meta({ description: 'the name of a splitter' }),
  isActive: optional(z.enum(['true', 'false'])).meta({ description: 'whether it is not closed' }),
  latestStatus: optional(z.enum([...TICKET_STATUSES, ...TASK_STATUSES])).meta({
    description: 'the status; of a task, the tickets whose latest task it is',
  }),
  cancelCategory: optional(z.string().max(50)).meta({ description: 'why they were canceled' }),
  agingTime: optional(z.enum(['under', 'over', 'non'])).meta({
    description: 'within their SLA, over it, or without one',
  }),
  needValidate: optional(z.enum(['true', 'false'])).meta({
    description: 'whether a request waits for NOC',
  }),
  waitingFor: optional(z.enum(REQUESTS)).meta({
    description: 'what the request that waits for NOC asks for',
  }),
  foc: optional(z.string().max(128)).meta({ description: 'the id of a FOC' }),
  incident: optional(z.string().max(128)).meta({ description: 'the id of an incident' }),
  q: searchParam(
    SEARCH,
    'words, or their beginnings, of ticketId, endUser and cid; without punctuation',
  ),
  from: optional(dayOrTimeInput).meta({ description: 'created on this day or later' }),
  to: optional(dayOrTimeInput).meta({ description: 'created on this day or earlier' }),
};

/** What a board of open tickets asks for besides. Times of creation do not go with it: a query has
 * one range. */
export const boardFilters = {
  sort: optional(z.enum(['slaDueAt'])).meta({
    description:
      'the first due first, instead of the newest; tickets without a due time are left out',
  }),
  dueWithin: optional(
    z.string().regex(/^[1-9]\d{0,3}[mh]$/, 'Send minutes or hours, as 30m or 4h.'),
  ).meta({
    description:
      'open and not paused, and due within this time or over it: minutes or hours, as 30m; the first due first',
  }),
};

const filterSchema = z.object(ticketFilters);
type Filters = z.output<typeof filterSchema>;
const boardSchema = z.object(boardFilters);
type Board = z.output<typeof boardSchema>;

/** Whether a list is sorted by the due time. */
export const isByDueTime = ({ sort, dueWithin }: Board): boolean =>
  sort === 'slaDueAt' || dueWithin !== undefined;

const taskStatus = z.enum(TASK_STATUSES);
const ticketStatus = z.enum(TICKET_STATUSES);

/** A task status finds OnGoing tickets with that latest task, but Finishing those whose finishing
 * waits for validation: an approved one closes the ticket. Canceled is a resolution. */
const statusFilter = (status: Filters['latestStatus']): TicketFilters => {
  if (status === undefined) return {};
  if (status === 'Canceled') return { resolution: 'Canceled' };
  if (status === 'Finishing') return { latestStatus: 'OnGoing', waitingFor: 'Finishing' };
  const task = taskStatus.safeParse(status);
  return task.success
    ? { latestStatus: 'OnGoing', latestTaskStatus: task.data }
    : { latestStatus: ticketStatus.parse(status) };
};

/** Whether filters ask for what no ticket is: with two requests that wait, or closed and due. */
const isContradiction = ({
  latestStatus,
  waitingFor = 'Finishing',
  isActive,
  dueWithin,
}: Filters & Board): boolean =>
  (latestStatus === 'Finishing' && waitingFor !== 'Finishing') ||
  (isActive === 'false' && dueWithin !== undefined);

const filtersOf = ({ region, area, type, ...filters }: Filters): TicketFilters => ({
  region,
  area,
  type,
  'client.id': filters.client,
  'client.name': filters.endUser,
  'client.isp.name': filters.isp,
  'client.splitter.name': filters.splitter,
  isActive: filters.isActive && filters.isActive === 'true',
  waitingFor: filters.waitingFor,
  ...statusFilter(filters.latestStatus),
  cancelCategory: filters.cancelCategory,
  slaType: filters.agingTime && AGING[filters.agingTime],
  needValidate: filters.needValidate && filters.needValidate === 'true',
  'foc.id': filters.foc,
  'incident.id': filters.incident,
  keywords: searchWords(filters.q ?? '')[0],
});

/** Open tickets whose SLA is running. */
const RUNNING = { isActive: true, statusBeforePending: null } as const;

/** The end of a time such as `30m` that begins now. */
const endOf = (text: string, now: Date): Date => {
  const minutes = Number.parseInt(text, 10) * (text.endsWith('h') ? 60 : 1);
  return new Date(now.getTime() + minutes * 60_000);
};

/** From the first date on, since a ticket without a due time is not in a range. */
const dueRange = ({ dueWithin }: Board, now: Date) => ({
  from: new Date(0),
  to: dueWithin && endOf(dueWithin, now),
});

const createdRange = ({ from, to }: Filters, timeZone: string) => ({
  from: from && momentOf(from, timeZone),
  to: to && lastMomentOf(to, timeZone),
});

/** The query for the tickets that a person may see and that match the filters. Dates without an
 * offset are of the operator's zone; the name of an area is looked up. */
export const ticketQuery = async <T>(
  {
    actor,
    runtime,
    store,
    now,
  }: Pick<Context<Person, unknown>, 'actor' | 'runtime' | 'store' | 'now'>,
  filters: Filters & Board,
  show: Reading<T>,
) => {
  const { timeZone } = runtime.config;
  const areas =
    filters.area === undefined ? [undefined] : await areaIds(store, filters.area, filters.region);
  const isByDue = isByDueTime(filters);
  const running = filters.dueWithin === undefined ? {} : RUNNING;
  const read: Reading<T> = (query) => show(isByDue ? query.by('slaDueAt') : query);
  return {
    anyOf: isContradiction(filters)
      ? []
      : areas.flatMap((area) =>
          visibleTickets(actor, { ...filtersOf({ ...filters, area }), ...running }, read),
        ),
    range: isByDue ? dueRange(filters, now) : createdRange(filters, timeZone),
  };
};

/** Whether a ticket has the other words of a search too: the query compares only the longest. */
export const findsBy = ({ q = '' }: Filters) => {
  const words = searchWords(q);
  return (ticket: Pick<Ticket, 'ticketId' | 'client'>): boolean =>
    hasOtherWords(words, () => keywordsOfTicket(ticket));
};
