import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, problemOf, resultOf } from '../desk.ts';
import { counterOf, monthOf } from '../figures/month.ts';
import { slaSetting } from '../settings/collection.ts';
import { tickets } from './collection.ts';
import { clientKeys, namedBy } from './named.ts';
import { createTicketBody, dated } from '../domain/schemas.ts';
import { formatTicketId, openTicket } from '../domain/ticket.ts';
import { OFFICERS } from '../domain/vocabulary.ts';
import { ticketRowSchema, toRow } from './wire.ts';

/** Opens a ticket, or saves it as a draft (contract, "Ticket 1"). */
export const createTicket = cgs.endpoint({
  method: 'post',
  path: '/tickets',
  summary: 'Opens a ticket, or saves it as a draft',
  contract: 'Ticket 1',
  roles: OFFICERS,
  refusals: [
    'ticket/region-required',
    'ticket/forbidden-region',
    'client/not-found',
    'area/not-found',
  ],
  input: { ...noInput, body: createTicketBody },
  status: 201,
  returns: 'the row of the new ticket',
  output: resultOf(ticketRowSchema),
  // The session, the client and the policy; the ticket and the month's counter. One or two more
  // reads for an area.
  cost: { reads: 4, writes: 2 },
  sample: {
    as: 'NOC',
    given: 'client',
    body: {
      client: '{client}',
      type: 'Trouble',
      source: 'Whatsapp',
      isDraft: false,
      publishedAt: null,
      address: 'Jl. Asia Afrika 8, Bandung',
      contactPerson: [{ name: 'Dewi', phone: '0812345678' }],
      customerType: 'Dedicated',
      indicationCategory: 'FiberCut',
      networkSegment: 'Access',
      remark: 'No light since 08:10.',
      msName: 'MAKMUR',
      msLocation: '-6.9147,107.6098',
      splitterName: 'PALLADIUM',
      splitterLocation: '-6.9152,107.6101',
    },
  },
  loads: ({ body }) => [slaSetting.key, ...clientKeys(body)],
  handle: ({ input: { body }, actor: { role, region: own }, runtime, store, changeNumbered }) => {
    const newId = runtime.newId();
    const { timeZone } = runtime.config;
    return changeNumbered({
      counter: (now) => counterOf(monthOf(now, timeZone)),
      gather: (reads) =>
        namedBy(
          body,
          { store, reads },
          (client) => body.region ?? (role === 'NOC' ? own : client?.region),
        ),
      decide: ({ reads, gathered, actor, now }) => {
        const named = {
          ...gathered,
          policy: slaSetting.of(reads),
          noc: actor,
        };
        const opening = openTicket(dated(body, timeZone), named, { now, newId });
        if (!opening.ok) return problemOf(opening);
        return (n) => {
          const ticket = opening.ticket(formatTicketId(body.type, monthOf(now, timeZone), n));
          return { writes: [tickets.create(newId, ticket)], answer: { result: toRow(ticket) } };
        };
      },
    });
  },
});
