import { incidents } from '../../../functions/src/desks/cgs/incidents/collection.ts';
import { partKeys } from '../../../functions/src/desks/cgs/incidents/network-part.ts';
import { keywordsOfIncident } from '../../../functions/src/desks/cgs/domain/incidents/incident.ts';
import type { Incident } from '../../../functions/src/desks/cgs/domain/incidents/schemas.ts';
import { isOpening } from '../../../functions/src/desks/cgs/domain/incidents/work.ts';
import { tickets } from '../../../functions/src/desks/cgs/tickets/collection.ts';
import {
  type Across,
  type Breach,
  type CollectionCheck,
  checkOf,
  expectCopy,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  readDoc,
  withArchived,
} from '../check.ts';
import { shownFaults, shownKeys } from '../media.ts';

const isSame = (one: Incident['tickets'], other: Incident['tickets']): boolean =>
  one.total === other.total && one.open === other.open && one.closed === other.closed;

/** What follows from an incident's status. */
const derivedFaults = (incident: Incident): Fault[] => {
  const { status, closing, closedAt } = incident;
  return [
    ...expectSame('isActive', incident.isActive, status !== 'Closed'),
    ...expectSame('hasWork', incident.hasWork, status === 'Closing' || isOpening(incident)),
    ...expectThat((closing === null) === (status === 'Open'), 'closing', 'is there once it ends'),
    ...expectThat((closedAt === null) === (status !== 'Closed'), 'closedAt', 'is there at its end'),
    ...expectSame('keywords', incident.keywords, keywordsOfIncident(incident)),
  ];
};

/** The copy of the part's name follows until the incident is closed. */
const partFaults = ({ part, isActive }: Incident, found: Found): Fault[] =>
  isActive
    ? partKeys(part).flatMap((key) =>
        expectCopy('part.name', part?.name, key, ({ name }) => name, found),
      )
    : [];

/** The photos in the notes of an incident. */
const photosOf = ({ notes }: Incident): string[] => notes.flatMap(({ mediaUrl }) => mediaUrl ?? []);

/** `incidents/{id}`. */
export const incidentCheck = checkOf<Incident>(incidents, {
  refers: (incident) => [
    ...partKeys(incident.part).flatMap(withArchived),
    ...shownKeys(photosOf(incident)),
  ],
  faults: (incident, { id, path }, found) => [
    ...expectSame('id', incident.id, id),
    ...expectThat(
      /^INC-\d{6}-\d{4,}$/.test(incident.incidentId),
      'incidentId',
      'has not the form of a number',
    ),
    ...derivedFaults(incident),
    ...partFaults(incident, found),
    ...shownFaults('notes', photosOf(incident), path, found),
  ],
});

/** Reads the incidents, for their counts: before the tickets and after them. */
export const countedIncidents: CollectionCheck = {
  collection: incidents.name,
  refers: () => [],
  faults: () => [],
};

/** A ticket as its incident counts it. */
interface Counted {
  readonly path: string;
  readonly incident: string;
  readonly isActive: boolean;
  readonly client: string | null;
}

/** The open tickets of an incident whose clients have another one of it. */
const secondsIn = (its: readonly Counted[]): Breach[] => {
  const open = its.filter(({ isActive, client }) => isActive && client !== null);
  return [...Map.groupBy(open, ({ client }) => client).values()].flatMap((same) =>
    same.length < 2
      ? []
      : same.map(({ path }) => ({
          document: path,
          field: 'incident',
          problem: 'has another open ticket of the same client',
        })),
  );
};

/**
 * Each incident counts its tickets, and has one open ticket of a client. It is read before and after them: counts that changed in between
 * can't be compared.
 */
export const incidentCountsAcross = (): Across => {
  const seen = new Map<string, Incident['tickets'][]>();
  const counted = new Map<string, Counted>();
  const breachOf = ([id, counts]: [string, Incident['tickets'][]]): Breach[] => {
    const its = [...counted.values()].filter(({ incident }) => incident === id);
    const open = its.filter(({ isActive }) => isActive).length;
    const should = { total: its.length, open, closed: its.length - open };
    const [first, last] = [counts[0] ?? should, counts.at(-1) ?? should];
    if (!isSame(first, last)) return [];
    const document = incidents.doc(id).path;
    const faults = expectSame('tickets', last, should);
    return [...faults.map((fault) => ({ document, ...fault })), ...secondsIn(its)];
  };
  return {
    see: ({ path, id, data }) => {
      if (path === incidents.doc(id).path) {
        const read = readDoc(incidents.doc(id), data);
        if ('data' in read) seen.set(id, [...(seen.get(id) ?? []), read.data.tickets]);
      }
      if (path === tickets.doc(id).path) {
        const read = readDoc(tickets.doc(id), data);
        if (!('data' in read) || read.data.incident === null) return;
        const { incident, isActive, client } = read.data;
        counted.set(id, { path, incident: incident.id, isActive, client: client.id });
      }
    },
    end: () => [...seen].flatMap(breachOf),
  };
};
