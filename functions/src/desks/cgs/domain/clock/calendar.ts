import * as Instant from 'temporal-polyfill/fns/Instant';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { type SlaCalendar, windowOf } from './sla-schemas.ts';
import { WEEKDAYS } from '../vocabulary.ts';

/** Open from the first moment until before the second, both in milliseconds of the epoch. */
type Span = readonly [from: number, to: number];

/** Nanoseconds in a millisecond. */
const NANOSECONDS = 1_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far ahead a due time is searched: with one open hour a week no promise takes this long. */
const LONGEST = 100 * 366 * DAY;

/** A period in which a zone's clocks do not change: they are `offset` ahead of UTC. */
type Piece = { readonly from: number; readonly to: number; readonly offset: number };

// The last one of each zone: a lookup is slow, and the next one nearly always needs the same.
const lastPieces = new Map<string, Piece>();

/** The period that contains `at` and ends with the next change of the zone's clocks. */
const pieceAt = (timeZone: string, at: number): Piece => {
  const known = lastPieces.get(timeZone);
  if (known && known.from <= at && at < known.to) return known;
  const zoned = Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(at), timeZone);
  const change = ZonedDateTime.getTimeZoneTransition(zoned, 'next');
  const piece = {
    from: at,
    to: change?.epochMilliseconds ?? Infinity,
    offset: ZonedDateTime.offsetNanoseconds(zoned) / NANOSECONDS,
  };
  lastPieces.set(timeZone, piece);
  return piece;
};

/** The openings of each weekday as milliseconds since midnight, Sunday first. */
const weekOf = ({ hours }: SlaCalendar): readonly (readonly Span[])[] =>
  WEEKDAYS.map((name) =>
    hours[name].map(windowOf).map(({ from, to }) => [from * MINUTE, to * MINUTE] as const),
  );

const THURSDAY = 4; // the first of January 1970
const weekday = (day: number): number => (((day + THURSDAY) % 7) + 7) % 7;

/** The open times between two moments, in order; the last may end later. The zone's wall time
 * decides what is open: an hour that a clock change repeats counts twice, a skipped one never. */
function* openSpans(calendar: SlaCalendar, since: number, until: number): Generator<Span> {
  const week = weekOf(calendar);
  const daysOff = new Set(calendar.holidays.map((date) => Date.parse(date) / DAY));
  for (let from = since; from < until; ) {
    const { to, offset } = pieceAt(calendar.timeZone, from);
    const last = Math.floor((Math.min(to, until) - 1 + offset) / DAY);
    for (let day = Math.floor((from + offset) / DAY); day <= last; day += 1) {
      const midnight = day * DAY - offset;
      const openings = daysOff.has(day) ? [] : (week[weekday(day)] ?? []);
      for (const [opens, closes] of openings) {
        const start = Math.max(from, midnight + opens);
        const end = Math.min(to, midnight + closes);
        if (start < end) yield [start, end];
      }
    }
    from = to;
  }
}

/** How many milliseconds between two moments a calendar is open; null is always open. */
export const openTime = (calendar: SlaCalendar | null, from: Date, to: Date): number => {
  const [start, end] = [from.getTime(), to.getTime()];
  if (!calendar || end <= start) return end - start;
  let open = 0;
  for (const [opens, closes] of openSpans(calendar, start, end)) {
    if (opens >= end) break;
    open += Math.min(closes, end) - opens;
  }
  return open;
};

/** The first moment at which the calendar has been open for `open` milliseconds since `from`. If
 * that is reached at closing time, it is closing time and not the next opening. */
export const afterOpenTime = (calendar: SlaCalendar | null, from: Date, open: number): Date => {
  if (!calendar || open <= 0) return new Date(from.getTime() + open);
  let left = open;
  const start = from.getTime();
  for (const [opens, closes] of openSpans(calendar, start, start + LONGEST)) {
    if (closes - opens >= left) return new Date(opens + left);
    left -= closes - opens;
  }
  throw new Error('the calendar opens too seldom for this');
};
