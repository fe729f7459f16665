import { z } from 'zod';
import type { Context } from '../../../kernel/http/endpoint.ts';
import { hasOtherWords, searchParam } from '../../../kernel/search.ts';
import { SEARCH, searchWords } from '../../../kernel/keywords.ts';
import { keywordsOfTicket } from '../domain/keywords.ts';
import { dayOrTimeInput, lastMomentOf, momentOf } from '../domain/moment-input.ts';
import { optional, type Person, type Ticket } from '../domain/schemas.ts';
import { areaIds } from '../master/find-area.ts';
import { type TicketFilters, visibleTickets } from './queries.ts';
import {
  REGIONS,
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
  region: optional(z.enum(REGIONS)),
  area: optional(z.string().max(200)).meta({ description: 'the id or the name of an area' }),
  type: optional(z.enum(TICKET_TYPES)),
  endUser: optional(z.string().max(200)),
  latestStatus: optional(z.enum([...TICKET_STATUSES, ...TASK_STATUSES])),
  cancelCategory: optional(z.string().max(50)),
  agingTime: optional(z.enum(['under', 'over', 'non'])),
  needValidate: optional(z.enum(['true', 'false'])),
  waitingFor: optional(z.enum(REQUESTS)).meta({
    description: 'what the request that waits for NOC asks for',
  }),
  foc: optional(z.string().max(128)).meta({ description: 'the id of a FOC' }),
  q: searchParam(
    SEARCH,
    'words, or their beginnings, of ticketId, endUser and cid; without punctuation',
  ),
  from: optional(dayOrTimeInput).meta({ description: 'created on this day or later' }),
  to: optional(dayOrTimeInput).meta({ description: 'created on this day or earlier' }),
};

const filterSchema = z.object(ticketFilters);
type Filters = z.output<typeof filterSchema>;

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

/** Whether two filters ask for different requests: no ticket has two that wait. */
const isContradiction = ({ latestStatus, waitingFor = 'Finishing' }: Filters): boolean =>
  latestStatus === 'Finishing' && waitingFor !== 'Finishing';

const filtersOf = ({ region, area, type, ...filters }: Filters): TicketFilters => ({
  region,
  area,
  type,
  'client.name': filters.endUser,
  waitingFor: filters.waitingFor,
  ...statusFilter(filters.latestStatus),
  cancelCategory: filters.cancelCategory,
  slaType: filters.agingTime && AGING[filters.agingTime],
  needValidate: filters.needValidate && filters.needValidate === 'true',
  'foc.id': filters.foc,
  keywords: searchWords(filters.q ?? '')[0],
});

/** The query for the tickets that a person may see and that match the filters. Dates without an
 * offset are of the operator's zone; the name of an area is looked up. */
export const ticketQuery = async (
  { actor, runtime, store }: Pick<Context<Person, unknown>, 'actor' | 'runtime' | 'store'>,
  filters: Filters,
) => {
  const { timeZone } = runtime.config;
  const areas =
    filters.area === undefined ? [undefined] : await areaIds(store, filters.area, filters.region);
  return {
    anyOf: isContradiction(filters)
      ? []
      : areas.flatMap((area) => visibleTickets(actor, filtersOf({ ...filters, area }))),
    range: {
      from: filters.from && momentOf(filters.from, timeZone),
      to: filters.to && lastMomentOf(filters.to, timeZone),
    },
  };
};

/** Whether a ticket has the other words of a search too: the query compares only the longest. */
export const isFound = (
  { q = '' }: Filters,
  ticket: Pick<Ticket, 'ticketId' | 'client'>,
): boolean => hasOtherWords(searchWords(q), () => keywordsOfTicket(ticket));
