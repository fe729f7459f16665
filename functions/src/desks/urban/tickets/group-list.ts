import { z } from 'zod';
import { type Context, noInput } from '../../../kernel/http/endpoint.ts';
import {
  barePageQuery,
  NEXT_CURSOR,
  readPage,
  sendTotal,
  totalHeader,
} from '../../../kernel/store/page.ts';
import { periodQuery } from '../../../kernel/period.ts';
import { tickets } from '../records.ts';
import { categorySchema, personIdSchema, statusSchema } from '../domain/schemas.ts';
import type { Caller } from '../domain/ticket.ts';
import { STATUSES, type Status } from '../domain/vocabulary.ts';
import { groupedSchema, toWireWithPeople } from '../wire.ts';

/**
 * The filters of every list. `limit` applies to each group. The contract has no pages, so without
 * `limit` a group holds the most tickets that it may.
 */
export const groupQuery = z
  .strictObject({
    category: categorySchema.optional(),
    status: statusSchema.optional(),
    assignedTo: personIdSchema.optional(),
    ...periodQuery,
    ...barePageQuery,
  })
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
  // A group that turns out empty costs one read as well.
  cost: { reads: (rows: number) => rows + 1, writes: 0 },
} as const;

/**
 * Reads the groups, each with a query of its own. With a `status` filter, or an `assignedTo` that
 * contradicts `of`, the groups that can't match are empty and cost no query.
 */
export const readGroups = async (
  tools: Pick<Context<Caller, unknown>, 'store' | 'setHeader'>,
  query: GroupQuery,
  of: { readonly userId?: string; readonly assignedTo?: string },
): Promise<z.input<typeof groupedSchema>> => {
  const { from, to, status: asked, category, assignedTo } = query;
  const filters = { status: asked, category, assignedTo };
  const criteriaOf = (status: Status) => ({
    anyOf: tickets.queries.ofStatus.within({ ...of, status }, filters),
    range: { from, to },
  });
  const read = async (status: Status) => {
    const { rows, page } = await readPage(tools.store, criteriaOf(status), query);
    return { status, rows: rows.map(({ data }) => toWireWithPeople(data)), ...page };
  };
  const [groups] = await Promise.all([
    Promise.all(STATUSES.map(read)),
    sendTotal(tools, STATUSES.map(criteriaOf), query),
  ]);
  const next = groups.flatMap(({ status, nextCursor }) =>
    nextCursor === null ? [] : [`${status}=${nextCursor}`],
  );
  if (next.length > 0) tools.setHeader(NEXT_CURSOR, next.join(', '));
  const none = { PENDING: [], IN_PROGRESS: [], COMPLETED: [], CANCELLED: [] };
  return { ...none, ...Object.fromEntries(groups.map(({ status, rows }) => [status, rows])) };
};
