import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { barePageQuery, pageHeaders, readBarePage } from '../../../kernel/store/page.ts';
import { ticketKeys } from './commented-ticket.ts';
import { community } from '../desk.ts';
import { comments } from '../records.ts';
import { idOrigenSchema, origenSchema } from '../domain/schemas.ts';
import { isWithin } from '../domain/ticket.ts';
import { ROLES, TICKET_ORIGIN } from '../domain/vocabulary.ts';
import { commentToWire, commentWireSchema } from '../wire.ts';

const byOrigin = z.strictObject({
  origen: origenSchema.meta({ description: 'the kind of thing, such as ticket' }),
  idOrigen: idOrigenSchema.meta({ description: 'its number or id' }),
});

/** Lists the comments on one thing; 404 for a ticket outside the caller's reach. */
export const listComments = community.endpoint({
  method: 'get',
  path: '/comentarios/origen/:origen/:idOrigen',
  summary: 'Lists the comments on a ticket or on anything else, oldest first',
  returns: 'a page of comments',
  contract: 'GET /api/comentarios/origen/{origen}/{idOrigen}',
  roles: ROLES,
  refusals: ['ticket/not-found'],
  input: {
    ...noInput,
    params: byOrigin,
    query: z.strictObject(barePageQuery),
  },
  status: 200,
  output: z.array(commentWireSchema),
  headers: pageHeaders,
  // The caller, the ticket and each row.
  cost: { reads: (rows) => rows + 2, writes: 0 },
  sample: { as: 'RESIDENT', given: 'neighbourhood', params: { origen: 'ticket', idOrigen: '1' } },
  loads: ({ params }) => ticketKeys(params.origen, params.idOrigen),
  handle: async (context) => {
    const { input, reads, actor } = context;
    const { origen, idOrigen } = input.params;
    const [ticket] = ticketKeys(origen, idOrigen).map(reads.get);
    const isTicket = origen === TICKET_ORIGIN;
    if (isTicket && (ticket === undefined || !isWithin(actor, ticket.data))) {
      return community.refuse('ticket/not-found');
    }
    const { role, companyId } = actor;
    const reach = isTicket || role === 'SYSTEM_ADMIN' ? {} : { companyId };
    const anyOf = [comments.queries.onOrigin.where({ origen, idOrigen, ...reach })];
    const found = await readBarePage(context, { anyOf }, input.query);
    return found.map(commentToWire);
  },
});
