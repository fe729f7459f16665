import * as Instant from 'temporal-polyfill/fns/Instant';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { type SlaCalendar, windowOf } from './sla-schemas.ts';
import { WEEKDAYS } from './vocabulary.ts';

/** Open from the first moment until before the second, both in milliseconds of the epoch. */
type Span = readonly [from: number, to: number];

/** In a millisecond. */
const NANOSECONDS = 1_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far ahead a due time is looked for: no promise in an open hour a week takes this long. */
const LONGEST = 100 * 366 * DAY;

/** A time in which the clocks of a zone stay as they are: `offset` ahead of UTC. */
type Piece = { readonly from: number; readonly to: number; readonly offset: number };

// One for each zone: its database is slow to ask, and the next question is nearly always the same.
const lastPieces = new Map<string, Piece>();

/** The piece of a zone's time from `at` until the next change of its clocks, or from earlier. */
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

/** The openings of each weekday in milliseconds of wall time, Sunday first. */
const weekOf = ({ hours }: SlaCalendar): readonly (readonly Span[])[] =>
  WEEKDAYS.map((name) =>
    hours[name].map(windowOf).map(({ from, to }) => [from * MINUTE, to * MINUTE] as const),
  );

const THURSDAY = 4; // the first of January 1970
const weekday = (day: number): number => (((day + THURSDAY) % 7) + 7) % 7;

/** When the calendar is open between two moments, in order; the last may end beyond. A minute is
 * open when the wall clock of that minute is: the hour that a change of the clocks repeats counts
 * twice, the one that it skips not at all. */
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

/** Milliseconds between two moments that a calendar is open; null is open around the clock. */
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

/** The first moment by which a calendar has been open for so many milliseconds since `from`: at
 * closing time where that is enough, not at the next opening. */
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
