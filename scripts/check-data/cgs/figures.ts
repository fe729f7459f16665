import {
  type Counted,
  shares,
  occurrences,
} from '../../../functions/src/desks/cgs/figures/collections.ts';
import { addTo, type Share, shift } from '../../../functions/src/desks/cgs/figures/figures.ts';
import { countedOf, isRepeat, placesOf } from '../../../functions/src/desks/cgs/figures/places.ts';
import { repeatsAmong } from '../../../functions/src/desks/cgs/figures/repeats.ts';
import { tickets } from '../../../functions/src/desks/cgs/tickets/collection.ts';
import { anyDocument } from '../../../functions/src/kernel/store/document.ts';
import {
  type Across,
  type Breach,
  type CollectionCheck,
  checkOf,
  type DeskChecks,
  expectFields,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  readDoc,
} from '../check.ts';
import { countedIncidents, incidentCountsAcross } from './incidents.ts';
import { SUMS } from './sums.ts';

/** A share follows its ticket within this time. */
const LAG_MS = 60_000;

/** `statsShares/{ticket}`: a ticket that exists. */
const shareCheck: CollectionCheck = {
  ...checkOf(shares, {
    faults: (_, { id }, found) => {
      const ticket = anyDocument(`${tickets.name}/${id}`);
      return expectThat(found(ticket) !== undefined, '*', `${ticket.path} is not there`);
    },
  }),
  refers: ({ id }) => [anyDocument(`${tickets.name}/${id}`)],
};

/** `statsClients/{client}`: occurrences that the shares of their tickets name too. */
const occurrenceCheck = checkOf(occurrences, {
  refers: (seen) => Object.keys(seen.tickets).map(shares.doc),
  faults: (seen, { id: client }, found) =>
    Object.entries(seen.tickets).flatMap(([id, at]) =>
      expectSame(`tickets.${id}`, { client, at }, found(shares.doc(id))?.occurrence),
    ),
});

/** A counted ticket is among the occurrences of its client, and a repeat if they say so. */
const occurrenceFaults = (id: string, counted: Counted, found: Found): Fault[] => {
  const { occurrence } = counted;
  if (occurrence === null) return [];
  const all = found(occurrences.doc(occurrence.client))?.tickets ?? {};
  return [
    ...expectSame('share.occurrence.at', occurrence.at, all[id]),
    ...expectSame('share.isRepeat', isRepeat(counted), repeatsAmong(all).has(id)),
  ];
};

/** Each ticket has a share, which is computed from its present state. */
const ticketCheck = (timeZone: string): CollectionCheck => {
  const lagging = checkOf(tickets, {
    refers: ({ client, documentId }) => [
      shares.doc(documentId),
      ...(client.id === null ? [] : [occurrences.doc(client.id)]),
    ],
    faults: (ticket, { id }, found) => {
      const counted = found(shares.doc(id));
      if (counted === undefined)
        return expectThat(false, 'share', `statsShares/${id} is not there, or is invalid`);
      const { share, ...due } = countedOf(ticket, isRepeat(counted), timeZone);
      return [
        ...expectFields(counted, due, 'share.'),
        ...Object.keys(shift(counted.share, share)).flatMap((name) =>
          expectSame(`share.${name}`, counted.share[name] ?? 0, share[name] ?? 0),
        ),
        ...occurrenceFaults(id, counted, found),
      ];
    },
  });
  return {
    ...lagging,
    faults: (doc, found, now) =>
      doc.updatedAt.getTime() > now.getTime() - LAG_MS ? [] : lagging.faults(doc, found, now),
  };
};

interface Sum {
  /** Its counters, before and after the shares were read. */
  readonly seen: Share[];
  readonly total: Record<string, number>;
}

const breachesOf = ([path, { seen, total }]: [string, Sum]): Breach[] => {
  const [first = {}] = seen;
  const last = seen.at(-1) ?? {};
  return Object.keys(shift(last, total))
    .filter((name) => first[name] === last[name])
    .map((name) => ({
      document: path,
      field: `counters.${name}`,
      problem: `is ${last[name] ?? 0}, but its shares add up to ${total[name] ?? 0}`,
    }));
};

/**
 * Each sum is the total of its shares. The sums are read before and after the shares: a counter that
 * changed in between can't be compared, as its shares may have been read before or after the change.
 */
const sumsAcross = (): Across => {
  const sums = new Map<string, Sum>();
  const sumOf = (path: string): Sum => {
    const known = sums.get(path) ?? { seen: [], total: {} };
    sums.set(path, known);
    return known;
  };
  return {
    see: (doc) => {
      const { path, id, data } = doc;
      const collection = SUMS.find((each) => path === each.doc(id).path);
      const counters = collection?.countersOf(doc);
      if (counters !== undefined) sumOf(path).seen.push(counters);
      if (path !== shares.doc(id).path) return;
      const read = readDoc(shares.doc(id), data);
      if (!('data' in read)) return;
      for (const place of placesOf(read.data)) addTo(sumOf(place.path).total, place.share);
    },
    end: () => [...sums].flatMap(breachesOf),
  };
};

/** What must hold of the figures and of the counts of incidents, which triggers follow with, in the
 * operator's time zone. Sums and counts are read before and after. */
export const figureChecks = (timeZone: string): DeskChecks => {
  const followed = [...SUMS.map(({ check }) => check), countedIncidents];
  return {
    collections: [...followed, shareCheck, ...followed, occurrenceCheck, ticketCheck(timeZone)],
    across: [sumsAcross, incidentCountsAcross],
  };
};
