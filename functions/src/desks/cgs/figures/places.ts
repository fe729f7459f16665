import { isDeepStrictEqual } from 'node:util';
import type { Fields, Write } from '../../../kernel/store/document.ts';
import type { Ticket } from '../domain/schemas.ts';
import { timelineOf } from '../domain/log/timeline.ts';
import type { Region } from '../domain/vocabulary.ts';
import { type Basis, closedFigures, type Counted, figures, type Row, rows } from './collections.ts';
import { type Share, shareOf, shift, withoutStatus } from './figures.ts';
import { monthOf } from './month.ts';
import { DIMENSIONS, subjectsOf } from './subjects.ts';

/** A document of figures that has a ticket's share: its path, its fields, and what is added to it. */
export interface Place {
  readonly path: string;
  readonly data: Fields;
  readonly share: Share;
}

/** The sums of a month (`2026-11`) and a region. */
export const totalOf = (basis: Basis, month: string, region: Region) =>
  (basis === 'created' ? figures : closedFigures).doc(`${month}-${region}`);

/** A ticket as a fault that occurred at its client: none for one that was canceled. */
export const occurrenceOf = ({ client, createdAt, resolution }: Ticket): Counted['occurrence'] =>
  client.id === null || resolution === 'Canceled' ? null : { client: client.id, at: createdAt };

/** How a ticket is counted, with months of a time zone. */
export const countedOf = (ticket: Ticket, asRepeat: boolean, timeZone: string): Counted => {
  const { closedAt } = timelineOf(ticket.ticketLogs);
  return {
    month: monthOf(ticket.createdAt, timeZone).id,
    region: ticket.region,
    closedIn: closedAt && monthOf(closedAt, timeZone).id,
    occurrence: occurrenceOf(ticket),
    subjects: subjectsOf(ticket),
    share: shareOf(ticket, asRepeat),
  };
};

/** The key of a row by its own fields. */
export const rowKey = ({ basis, month, region, by, subject }: Omit<Row, 'name' | 'counters'>) =>
  rows.doc([basis, month, region, by, subject].join('-'));

/** Where a ticket is counted by one of its months. */
const placesIn = (basis: Basis, month: string, counted: Counted): Place[] => {
  const { region, subjects, share } = counted;
  return [
    { path: totalOf(basis, month, region).path, data: { month, region }, share },
    ...DIMENSIONS.flatMap((by) => {
      const subject = subjects[by];
      if (subject === null) return [];
      const data = { basis, by, month, region, subject: subject.id, name: subject.name };
      return [{ path: rowKey(data).path, data, share: withoutStatus(share) }];
    }),
  ];
};

/** Every document that has a ticket's share. */
export const placesOf = (counted: Counted): Place[] => [
  ...placesIn('created', counted.month, counted),
  ...(counted.closedIn === null ? [] : placesIn('closed', counted.closedIn, counted)),
];

export const isRepeat = ({ share }: Counted): boolean => share['repeats'] === 1;

/** The same ticket, counted as a repeat or not. */
export const setRepeat = (counted: Counted, to: boolean): Counted => {
  const { repeats: _, ...share } = counted.share;
  return { ...counted, share: to ? { ...share, repeats: 1 } : share };
};

const byPath = (counted: Counted | undefined): ReadonlyMap<string, Place> =>
  new Map((counted === undefined ? [] : placesOf(counted)).map((place) => [place.path, place]));

/** The writes that move figures from how a ticket was counted to how it is counted now. */
export const moves = (from: Counted | undefined, to: Counted | undefined): Write[] => {
  const had = byPath(from);
  const has = byPath(to);
  return [...new Map([...had, ...has]).values()].flatMap((place): Write[] => {
    const { path, data } = place;
    const by = shift(had.get(path)?.share ?? {}, has.get(path)?.share ?? {});
    const isSame = Object.keys(by).length === 0 && isDeepStrictEqual(data, had.get(path)?.data);
    return isSame ? [] : [{ op: 'count', path, data, into: 'counters', by }];
  });
};
