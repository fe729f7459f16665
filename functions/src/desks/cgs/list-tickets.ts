import { z } from 'zod';
import { noInput } from '../../kernel/http/endpoint.ts';
import { pageQuery, readPage } from '../../kernel/store/page.ts';
import type { Equal } from '../../kernel/store/store.ts';
import { cgs, listOf } from './desk.ts';
import { tickets } from './records.ts';
import { visibleTickets } from './ticket-queries.ts';
import { ticketRowSchema, toRow } from './ticket-wire.ts';
import {
  REGIONS,
  ROLES,
  TASK_STATUSES,
  TICKET_STATUSES,
  TICKET_TYPES,
  type SlaType,
} from './vocabulary.ts';

const AGING = { under: 'UnderSla', over: 'OverSla', non: 'NonSla' } as const satisfies Record<
  string,
  SlaType
>;

const listQuery = z.strictObject({
  region: z.enum(REGIONS).optional(),
  area: z.string().min(1).max(128).optional(),
  type: z.enum(TICKET_TYPES).optional(),
  endUser: z.string().min(1).max(200).optional(),
  latestStatus: z.enum([...TICKET_STATUSES, ...TASK_STATUSES]).optional(),
  agingTime: z.enum(['under', 'over', 'non']).optional(),
  needValidate: z.enum(['true', 'false']).optional(),
  ...pageQuery,
});

type ListQuery = z.output<typeof listQuery>;

const taskStatus = z.enum(TASK_STATUSES);

/** A task status means OnGoing tickets whose latest task it is; Canceled is a way of being Closed. */
const statusFilter = (status: ListQuery['latestStatus']): Equal => {
  if (status === undefined) return {};
  if (status === 'Canceled') return { resolution: 'Canceled' };
  const task = taskStatus.safeParse(status);
  return task.success
    ? { latestStatus: 'OnGoing', latestTaskStatus: task.data }
    : { latestStatus: status };
};

const filtersOf = (query: ListQuery): Equal => ({
  ...(query.region && { region: query.region }),
  ...(query.area && { area: query.area }),
  ...(query.type && { type: query.type }),
  ...(query.endUser && { 'client.name': query.endUser }),
  ...statusFilter(query.latestStatus),
  ...(query.agingTime && { slaType: AGING[query.agingTime] }),
  ...(query.needValidate && { needValidate: query.needValidate === 'true' }),
});

/** The tickets that the caller may see, newest first, in pages (contract, "Ticket 2"). */
export const listTickets = cgs.endpoint({
  method: 'get',
  path: '/tickets',
  summary: 'Lists the tickets that the caller may see, newest first',
  contract: 'Ticket 2',
  roles: ROLES,
  input: { ...noInput, query: listQuery },
  status: 200,
  output: listOf(ticketRowSchema),
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'NOC', given: 'Open', query: { type: 'Trouble', agingTime: 'under' } },
  handle: async ({ input: { query }, actor, store }) => {
    const anyOf = visibleTickets(actor, filtersOf(query));
    const { rows, page } = await readPage(store, tickets.doc, { anyOf }, query);
    return { result: rows.map(({ data }) => toRow(data)), page };
  },
});
