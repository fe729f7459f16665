import { actorOf } from '../../functions/src/desks/cgs/desk.ts';
import { areaData } from '../../functions/src/desks/cgs/master/areas.ts';
import { clientData } from '../../functions/src/desks/cgs/master/clients.ts';
import { indicationData } from '../../functions/src/desks/cgs/master/indications.ts';
import { ispData } from '../../functions/src/desks/cgs/master/isps.ts';
import {
  mainSplitterData,
  popData,
  splitterData,
} from '../../functions/src/desks/cgs/master/points.ts';
import { tickets } from '../../functions/src/desks/cgs/tickets/collection.ts';
import type { Person, Ticket } from '../../functions/src/desks/cgs/domain/schemas.ts';
import { formatTicketId } from '../../functions/src/desks/cgs/domain/ticket.ts';
import type { TicketType } from '../../functions/src/desks/cgs/domain/vocabulary.ts';
import { anyDocument, type Reads, type Write } from '../../functions/src/kernel/store/document.ts';
import { INDICATIONS, ISPS } from './cgs/catalogue.ts';
import { clientsAt } from './cgs/clients.ts';
import { countIn, counterPath, counterWrite, type Month, monthOf } from './cgs/months.ts';
import { PEOPLE } from './cgs/people.ts';
import { areaOf, CITIES } from './cgs/places.ts';
import { type Cast, openedAt, play, ticketId } from './cgs/play.ts';
import { STORIES } from './cgs/stories.ts';
import { commitDecided, createMissing } from './create-missing.ts';
import type { DeskSeed } from './desk-seed.ts';
import { personOf } from './people.ts';

const TICKET_PATHS = STORIES.map(({ name }) => `tickets/${ticketId(name)}`);

/** Master data and clients, with what they are found by and the claims to their names. */
export const recordsAt = (now: Date): Write[] => {
  const written = { createdAt: now, updatedAt: now };
  return [
    ...CITIES.flatMap((city) => areaData.creation({ ...areaOf(city), ...written })),
    ...CITIES.flatMap(({ mainSplitter }) =>
      mainSplitterData.creation({ ...mainSplitter, ...written }),
    ),
    ...CITIES.flatMap(({ splitters }) => splitters).flatMap((splitter) =>
      splitterData.creation({ ...splitter, ...written }),
    ),
    ...CITIES.flatMap(({ pop }) => popData.creation({ ...pop, ...written })),
    ...ISPS.flatMap((isp) => ispData.creation({ ...isp, ...written })),
    ...INDICATIONS.flatMap((each) => indicationData.creation({ ...each, ...written })),
    ...clientsAt(now).flatMap((client) => clientData.creation(client)),
  ];
};

const castAt = (now: Date): Cast => {
  const crew = new Map<string, Person | undefined>(
    PEOPLE.map((each) => [each.email, actorOf(personOf(each, now))]),
  );
  const known = new Map(clientsAt(now).map((client) => [client.cid, client]));
  const find = <T>(map: ReadonlyMap<string, T | undefined>, name: string): T => {
    const found = map.get(name);
    if (found === undefined) throw new Error(`the demo data has no ${name}`);
    return found;
  };
  return { person: (email) => find(crew, email), client: (cid) => find(known, cid) };
};

/** Counts the tickets of each month from where it stands, and gives the next its number. */
const numbersFrom = (counts: Map<string, number>) => (type: TicketType, openedAt: Date) => {
  const month = monthOf(openedAt);
  const count = (counts.get(month.id) ?? 0) + 1;
  counts.set(month.id, count);
  return formatTicketId(type, month, count);
};

/**
 * All tickets, numbered in the order in which they were opened.
 *
 * @param counts how many tickets each month has already; counted up
 */
export const ticketsAt = (now: Date, counts: Map<string, number>): Ticket[] => {
  const cast = castAt(now);
  const nextNumber = numbersFrom(counts);
  return STORIES.toSorted((one, other) => other.opened[0] - one.opened[0]).map((story) =>
    play(story, cast, now)(nextNumber(story.request.type, openedAt(story, now))),
  );
};

const monthsAt = (now: Date): Month[] => [
  ...new Map(
    STORIES.map((story) => monthOf(openedAt(story, now))).map((each) => [each.id, each]),
  ).values(),
];

/** Tickets and counters go in together, or not at all where one of the tickets is there. */
const ticketWrites = (reads: Reads, now: Date): Write[] => {
  const seen = (path: string) => reads.get(anyDocument(path));
  if (TICKET_PATHS.some((path) => seen(path) !== undefined)) return [];
  const months = monthsAt(now);
  const counts = new Map(months.map((month) => [month.id, countIn(seen(counterPath(month)))]));
  const made = ticketsAt(now, counts);
  return [
    ...months.map((month) =>
      counterWrite(month, seen(counterPath(month)), counts.get(month.id) ?? 0),
    ),
    ...made.map((ticket) => tickets.create(ticket.documentId, ticket)),
  ];
};

export const cgsSeed: DeskSeed = {
  people: PEOPLE,
  fill: async (store, now) => {
    const paths = [...TICKET_PATHS, ...monthsAt(now).map(counterPath)];
    await createMissing(store, recordsAt(now));
    await commitDecided(store, paths, (reads) => ticketWrites(reads, now));
  },
};
