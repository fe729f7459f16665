import { randomUUID } from 'node:crypto';
import { noInput } from '../../kernel/http/endpoint.ts';
import type { Counter } from '../../kernel/store/group-commit.ts';
import { cgs, problemOf, resultOf } from './desk.ts';
import { areas, clients, policyIn, slaSetting, tickets } from './records.ts';
import { createTicketBody } from './schemas.ts';
import { formatTicketId, openTicket } from './ticket.ts';
import { ticketRowSchema, toRow } from './ticket-wire.ts';

const part = (now: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en', { timeZone, ...options }).format(now);

/** The month of the operator's time zone, in which a ticket gets its running number. */
const monthOf = (now: Date, timeZone: string) => ({
  year: Number(part(now, timeZone, { year: 'numeric' })),
  month: Number(part(now, timeZone, { month: 'numeric' })),
  name: part(now, timeZone, { month: 'long' }),
});

/** `ticketcount/{YYYY-MM}` (contract, "ticketcount"). */
const counterOf = (now: Date, timeZone: string): Counter => {
  const { year, month, name } = monthOf(now, timeZone);
  const id = `${year}-${String(month).padStart(2, '0')}`;
  return { collection: 'ticketcount', id, initial: { month: name, year } };
};

/** Opens a ticket, or keeps it as a draft (contract, "Ticket 1"). */
export const createTicket = cgs.endpoint({
  method: 'post',
  path: '/tickets',
  summary: 'Opens a ticket, or keeps it as a draft',
  contract: 'Ticket 1',
  roles: ['SuperAdmin', 'NOC'],
  input: { ...noInput, body: createTicketBody },
  status: 201,
  output: resultOf(ticketRowSchema),
  // The session, the client and the policy; the ticket and the month's counter.
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
  loads: ({ body }) => [
    slaSetting,
    ...(body.client === null ? [] : [clients.doc(body.client)]),
    ...(body.area == null ? [] : [areas.doc(body.area)]),
  ],
  handle: ({ input: { body }, runtime, changeNumbered }) => {
    const newId = randomUUID();
    const { timeZone } = runtime.config;
    return changeNumbered(
      (now) => counterOf(now, timeZone),
      ({ reads, actor, now }, n) => {
        const named = {
          client: body.client === null ? null : (reads.get(clients.doc(body.client))?.data ?? null),
          area: body.area == null ? null : (reads.get(areas.doc(body.area))?.data ?? null),
          policy: policyIn(reads),
          noc: actor,
        };
        const opening = openTicket(body, named, { now, newId });
        if (!opening.ok) return problemOf(opening);
        const ticket = opening.ticket(formatTicketId(body.type, monthOf(now, timeZone), n));
        return {
          writes: [tickets.create(newId, ticket)],
          answer: { result: toRow(ticket) },
        };
      },
    );
  },
});
