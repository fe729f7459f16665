import { areaOf } from '../../../functions/src/desks/cgs/copies/area.ts';
import { followingClient } from '../../../functions/src/desks/cgs/copies/client.ts';
import { personOf } from '../../../functions/src/desks/cgs/copies/person.ts';
import { keywordsOfTicket } from '../../../functions/src/desks/cgs/domain/keywords.ts';
import { incidentOf } from '../../../functions/src/desks/cgs/copies/incident.ts';
import { incidents } from '../../../functions/src/desks/cgs/incidents/collection.ts';
import { areas, clients } from '../../../functions/src/desks/cgs/master/collections.ts';
import { tickets } from '../../../functions/src/desks/cgs/tickets/collection.ts';
import type { Person, Ticket } from '../../../functions/src/desks/cgs/domain/schemas.ts';
import { fromClient } from '../../../functions/src/desks/cgs/domain/ticket-details.ts';
import { termsOf } from '../../../functions/src/desks/cgs/domain/clock/sla-promise.ts';
import { derivedFields } from '../../../functions/src/desks/cgs/domain/log/timeline.ts';
import { people } from '../../../functions/src/kernel/auth/person.ts';
import { checkOf, expectFields, expectSame, expectThat, type Fault, type Found } from '../check.ts';
import { shownFaults, shownKeys } from '../media.ts';

/** Fields that change with time: correct as of the last card, of the last change, or of now. */
const BY_CLOCK = ['slaType', 'isDueSoon', 'escalatedTo', 'nextTimerAt'] as const;

/** Everything that follows from the log: status, times, durations, open requests, the SLA. */
const derivedFaults = (ticket: Ticket, now: Date): Fault[] => {
  const terms = termsOf(ticket, ticket.publishedAt);
  const derive = (at: Date) => {
    const { ticketLogs: _, ...derived } = derivedFields(ticket.ticketLogs, terms, at);
    return derived;
  };
  const last = ticket.ticketLogs.at(-1)?.timestamp ?? ticket.createdAt;
  const atLeast = now > ticket.updatedAt ? now : ticket.updatedAt;
  const faults = expectFields(ticket, derive(last));
  const isClockOnly = faults.every(({ field }) => BY_CLOCK.some((each) => each === field));
  const isRight = [ticket.updatedAt, atLeast].some(
    (at) => expectFields(ticket, derive(at)).length === 0,
  );
  return isClockOnly && isRight ? [] : faults;
};

/** A log begins with the ticket's opening, and its times never decrease. */
const logFaults = ({ ticketLogs }: Ticket): Fault[] => {
  const [first] = ticketLogs;
  const waiting = ticketLogs.filter((card) => 'isApproved' in card && card.isApproved === null);
  return [
    ...expectThat(
      first?.statusName === 'Draft' || first?.statusName === 'Open',
      'ticketLogs',
      'does not begin with Draft or Open',
    ),
    ...expectThat(waiting.length <= 1, 'ticketLogs', 'has more than one request that waits'),
    ...ticketLogs.flatMap(({ timestamp }, index) =>
      expectThat(
        timestamp >= (ticketLogs[index - 1]?.timestamp ?? timestamp),
        `ticketLogs.${index}.timestamp`,
        'is before the card in front of it',
      ),
    ),
  ];
};

const PREFIXES = { Trouble: 'TRB', Maintenance: 'MNT' } as const;

/** The type that a ticket was opened with, after which it is numbered. */
const openedAs = ({ type, edits }: Ticket): string =>
  edits.flatMap(({ changes }) => changes).find(({ field }) => field === 'type')?.from ?? type;

const prefixOf = (ticket: Ticket): string | undefined =>
  Object.entries(PREFIXES).find(([type]) => type === openedAs(ticket))?.[1];

const ownFaults = (ticket: Ticket, id: string): Fault[] => [
  ...expectSame('documentId', ticket.documentId, id),
  ...expectThat(
    new RegExp(`^${prefixOf(ticket)}-\\d{6}-\\d{4,}$`).test(ticket.ticketId),
    'ticketId',
    'has not the form of its type',
  ),
  ...expectSame('area', ticket.area, ticket.client.city?.id ?? null),
  ...expectSame('keywords', ticket.keywords, keywordsOfTicket(ticket)),
  ...expectThat(
    !ticket.isActive || ticket.inProgressByFoc === (ticket.foc !== null),
    'foc',
    'is there exactly while a FOC works on an active ticket',
  ),
  ...expectThat(ticket.changeIds.length <= 8, 'changeIds', 'has more than the last 8'),
];

const personFaults = (field: 'foc' | 'noc', held: Person | null, found: Found): Fault[] => {
  const account = held === null ? undefined : found(people.doc(held.id));
  // The copy stays when the person is deleted or leaves the desk.
  const source = account === undefined ? undefined : personOf(account);
  return source === undefined || held === null ? [] : expectFields(held, source, `${field}.`);
};

/** What a ticket copies of its client, but for what was given for this ticket. */
const clientFaults = (ticket: Ticket, found: Found): Fault[] => {
  const { client } = ticket;
  const source = client.id === null ? undefined : found(clients.doc(client.id));
  const area = client.city === null ? undefined : found(areas.doc(client.city.id));
  const copied = source && followingClient(ticket, fromClient(source));
  return [
    ...(copied ? expectFields(client, copied, 'client.') : []),
    ...(area ? expectSame('client.city', client.city, areaOf(area)) : []),
  ];
};

/** A ticket's incident is there, and of its region; its title follows while the ticket is active. */
const incidentFaults = ({ incident, region, isActive }: Ticket, found: Found): Fault[] => {
  if (incident === null) return [];
  const source = found(incidents.doc(incident.id));
  if (source === undefined) {
    return expectThat(false, 'incident', `names incidents/${incident.id}, which is not there`);
  }
  return [
    ...expectSame('region', region, source.region),
    ...(isActive ? expectSame('incident', incident, incidentOf(source)) : []),
  ];
};

/** The photos in the log of a ticket. */
const evidenceOf = ({ ticketLogs }: Ticket): string[] =>
  ticketLogs.flatMap(({ data }) => data.mediaUrl ?? []);

const copiesIn = ({ foc, noc, client }: Ticket) => [
  ...[foc, noc].flatMap((held) => (held === null ? [] : [people.doc(held.id)])),
  ...(client.id === null ? [] : [clients.doc(client.id)]),
  ...(client.city === null ? [] : [areas.doc(client.city.id)]),
];

/** `tickets/{id}`. Copies are compared with their sources only in active tickets. */
export const ticketCheck = checkOf<Ticket>(tickets, {
  refers: (ticket) => [
    ...shownKeys(evidenceOf(ticket)),
    ...(ticket.incident === null ? [] : [incidents.doc(ticket.incident.id)]),
    ...(ticket.isActive ? copiesIn(ticket) : []),
  ],
  faults: (ticket, { id, path }, found, now) => [
    ...ownFaults(ticket, id),
    ...logFaults(ticket),
    ...derivedFaults(ticket, now),
    ...incidentFaults(ticket, found),
    ...shownFaults('ticketLogs', evidenceOf(ticket), path, found),
    ...(ticket.isActive
      ? [
          ...personFaults('foc', ticket.foc, found),
          ...personFaults('noc', ticket.noc, found),
          ...clientFaults(ticket, found),
        ]
      : []),
  ],
});
