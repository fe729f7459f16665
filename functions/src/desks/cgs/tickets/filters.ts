import { z } from 'zod';
import { keywordsOf, searchWords } from '../domain/keywords.ts';
import { dateInput, type Person, type Ticket } from '../domain/schemas.ts';
import { type TicketFilters, visibleTickets } from './queries.ts';
import {
  REGIONS,
  type SlaType,
  TASK_STATUSES,
  TICKET_STATUSES,
  TICKET_TYPES,
} from '../domain/vocabulary.ts';

const AGING = { under: 'UnderSla', over: 'OverSla', non: 'NonSla' } as const satisfies Record<
  string,
  SlaType
>;

const moment = dateInput.optional();

/** The filters of a list of tickets, in any combination (contract, "Ticket 2"). */
export const ticketFilters = {
  region: z.enum(REGIONS).optional(),
  area: z.string().min(1).max(128).optional(),
  type: z.enum(TICKET_TYPES).optional(),
  endUser: z.string().min(1).max(200).optional(),
  latestStatus: z.enum([...TICKET_STATUSES, ...TASK_STATUSES]).optional(),
  agingTime: z.enum(['under', 'over', 'non']).optional(),
  needValidate: z.enum(['true', 'false']).optional(),
  foc: z.string().min(1).max(128).optional().meta({ description: 'the id of a FOC' }),
  q: z
    .string()
    .min(2)
    .max(100)
    .optional()
    .meta({ description: 'words, or their beginnings, of ticketId, endUser and cid' }),
  from: moment.meta({ description: 'created at this moment or later' }),
  to: moment.meta({ description: 'created at this moment or earlier' }),
};

const filterSchema = z.object(ticketFilters);
type Filters = z.output<typeof filterSchema>;

const taskStatus = z.enum(TASK_STATUSES);
const ticketStatus = z.enum(TICKET_STATUSES);

/** A task status finds OnGoing tickets with that latest task; Canceled is a resolution. */
const statusFilter = (status: Filters['latestStatus']): TicketFilters => {
  if (status === undefined) return {};
  if (status === 'Canceled') return { resolution: 'Canceled' };
  const task = taskStatus.safeParse(status);
  return task.success
    ? { latestStatus: 'OnGoing', latestTaskStatus: task.data }
    : { latestStatus: ticketStatus.parse(status) };
};

const filtersOf = ({ region, area, type, ...filters }: Filters): TicketFilters => ({
  region,
  area,
  type,
  'client.name': filters.endUser,
  ...statusFilter(filters.latestStatus),
  slaType: filters.agingTime && AGING[filters.agingTime],
  needValidate: filters.needValidate && filters.needValidate === 'true',
  'foc.id': filters.foc,
  keywords: searchWords(filters.q ?? '')[0],
});

/** The query for the tickets that a person may see and that match the filters. */
export const ticketQuery = (person: Person, filters: Filters) => ({
  anyOf: visibleTickets(person, filtersOf(filters)),
  range: { from: filters.from, to: filters.to },
});

/** Whether a ticket has the other words of a search too: the query compares only the longest. */
export const isFound = (
  { q = '' }: Filters,
  ticket: Pick<Ticket, 'ticketId' | 'client'>,
): boolean => {
  const [, ...others] = searchWords(q);
  if (others.length === 0) return true;
  const keywords = new Set(keywordsOf(ticket.ticketId, ticket.client.cid, ticket.client.name));
  return others.every((word) => keywords.has(word));
};
