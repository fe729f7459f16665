import { z } from 'zod';
import type { Context } from '../../../kernel/http/endpoint.ts';
import { barePageQuery, readBarePage } from '../../../kernel/store/page.ts';
import { tickets } from '../records.ts';
import type { Member } from '../domain/ticket.ts';
import { ticketToWire, ticketWireSchema } from '../wire.ts';

export const idParameter = z.coerce.number().int().min(1);

/** The query parameters of each list of tickets. */
export const ticketQuery = z.strictObject({
  ...barePageQuery,
  statusId: idParameter.optional(),
  categoriaTicketId: idParameter.optional(),
});

export const ticketListSchema = z.array(ticketWireSchema);

type Own = Parameters<typeof tickets.queries.list.where>[0];

/** Reads a page of tickets, newest first; `own` undefined means that the caller has none. */
export const listTicketsOf = async (
  tools: Pick<Context<Member, unknown>, 'store' | 'setHeader'>,
  query: z.output<typeof ticketQuery>,
  own: Own | undefined,
) => {
  const { statusId, categoriaTicketId } = query;
  const { list } = tickets.queries;
  const anyOf = own === undefined ? [] : [list.where({ ...own, statusId, categoriaTicketId })];
  return (await readBarePage(tools, { anyOf }, query)).map(ticketToWire);
};
