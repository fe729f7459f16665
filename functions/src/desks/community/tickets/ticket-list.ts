import { z } from 'zod';
import type { Context } from '../../../kernel/http/endpoint.ts';
import { barePageQuery, readBarePage } from '../../../kernel/store/page.ts';
import type { Equal } from '../../../kernel/store/store.ts';
import { TICKETS, tickets } from '../records.ts';
import type { Member } from '../domain/ticket.ts';
import { ticketToWire, ticketWireSchema } from '../wire.ts';

export const idParameter = z.coerce.number().int().min(1);

/** Query parameters of every list of tickets. */
export const ticketQuery = z.strictObject({
  ...barePageQuery,
  statusId: idParameter.optional(),
  categoriaTicketId: idParameter.optional(),
});

export const ticketListSchema = z.array(ticketWireSchema);

/** A page of tickets, newest first; undefined for whoever has none. */
export const listTicketsOf = async (
  tools: Pick<Context<Member, unknown>, 'store' | 'setHeader'>,
  query: z.output<typeof ticketQuery>,
  equal: Equal | undefined,
) => {
  const { statusId, categoriaTicketId } = query;
  const filters = {
    ...(statusId !== undefined && { statusId }),
    ...(categoriaTicketId !== undefined && { categoriaTicketId }),
  };
  const anyOf = equal === undefined ? [] : [{ shape: TICKETS, equal: { ...equal, ...filters } }];
  return (await readBarePage(tools, tickets.doc, { anyOf }, query)).map(ticketToWire);
};
