import { z } from 'zod';
import { type Context, noInput } from '../../../kernel/http/endpoint.ts';
import {
  barePageQuery,
  NEXT_CURSOR,
  readPage,
  sendTotal,
  totalHeader,
} from '../../../kernel/store/page.ts';
import { filterKeys, searchBy, ticketFilters } from './filters.ts';
import type { Caller } from '../domain/ticket.ts';
import { STATUSES, type Status } from '../domain/vocabulary.ts';
import { groupedSchema, toWireWithPeople } from '../wire.ts';

/**
 * The query of every list. `limit` applies to each group. The contract has no pages, so without
 * `limit` a group holds the most tickets that it may.
 */
export const groupQuery = z
  .strictObject({ ...ticketFilters, ...barePageQuery })
  .refine(({ cursor, status }) => cursor === undefined || status !== undefined, {
    path: ['cursor'],
    message: 'A cursor belongs to one group: send its status as well.',
  });

type GroupQuery = z.output<typeof groupQuery>;

/** The cursor of each group's next page: the contract's body has no room for it. */
const groupHeaders = z.object({
  [NEXT_CURSOR]: z.string().optional().meta({
    description:
      '`STATUS=cursor` for each group with a next page, separated by commas: send both back as `status` and `cursor`',
    example: 'PENDING=WyJhIl0, COMPLETED=WyJiIl0',
  }),
  ...totalHeader,
});

/** What the lists declare alike (contract, "Grouped Response"). */
export const groupList = {
  method: 'get',
  contract: 'Grouped Response',
  input: { ...noInput, query: groupQuery },
  status: 200,
  output: groupedSchema,
  headers: groupHeaders,
  loads: ({ query }: { readonly query: GroupQuery }) => filterKeys(query),
  // A group that turns out empty costs one read as well, and so do the settings of `overdue`.
  cost: { reads: (rows: number) => rows + 1, writes: 0 },
} as const;

/**
 * Reads the groups, each with a query of its own; those that can't match the filters are empty and
 * cost no query.
 */
export const readGroups = async (
  tools: Pick<Context<Caller, unknown>, 'store' | 'setHeader' | 'reads' | 'now'>,
  query: GroupQuery,
  own: { readonly userId?: string; readonly assignedTo?: string },
): Promise<z.input<typeof groupedSchema>> => {
  const search = searchBy(query, tools, own);
  const read = async (status: Status) => {
    const { rows, page } = await readPage(tools.store, search.of(status), query, search.fits);
    return { status, rows: rows.map(({ data }) => toWireWithPeople(data)), ...page };
  };
  const [groups] = await Promise.all([
    Promise.all(STATUSES.map(read)),
    sendTotal(tools, STATUSES.flatMap(search.counted), query),
  ]);
  const next = groups.flatMap(({ status, nextCursor }) =>
    nextCursor === null ? [] : [`${status}=${nextCursor}`],
  );
  if (next.length > 0) tools.setHeader(NEXT_CURSOR, next.join(', '));
  const none = { PENDING: [], IN_PROGRESS: [], COMPLETED: [], CANCELLED: [] };
  return { ...none, ...Object.fromEntries(groups.map(({ status, rows }) => [status, rows])) };
};
