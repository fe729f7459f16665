import { type SlaCalendar, windowOf } from './sla-schemas.ts';
import { WEEKDAYS } from './vocabulary.ts';

/** Open from the first moment until before the second, both in milliseconds of the epoch. */
type Span = readonly [from: number, to: number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** How far ahead a due time is looked for: no promise in an open hour a week takes this long. */
const LONGEST = 100 * 366 * DAY;

// What Intl tells of a zone never changes, and asking it is slow: kept while the process lives.
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const MOST_OFFSETS = 50_000;

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    ...numeric,
    ...clock,
  });
  formats.set(timeZone, made);
  return made;
};

/** How far a zone's wall time is ahead of UTC at a moment, in milliseconds. */
const offsetAt = (timeZone: string, at: number): number => {
  const parts = new Map<string, number>();
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) {
    parts.set(type, Number(value));
  }
  const part = (type: string): number => parts.get(type) ?? 0;
  const date = [part('year'), part('month') - 1, part('day')] as const;
  const wall = Date.UTC(...date, part('hour'), part('minute'), part('second'));
  return wall - Math.floor(at / SECOND) * SECOND;
};

/** The offset where a day of UTC begins. */
const offsetOfDay = (timeZone: string, day: number): number => {
  const key = `${timeZone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  const found = offsetAt(timeZone, day * DAY);
  offsets.set(key, found);
  return found;
};

/** The second at which the clocks change within a day of UTC. */
const changeWithin = (timeZone: string, day: number, before: number): number => {
  let [low, high] = [day * DAY, (day + 1) * DAY];
  while (high - low > SECOND) {
    const middle = Math.floor((low + high) / 2 / SECOND) * SECOND;
    if (offsetAt(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
};

type Piece = { readonly from: number; readonly to: number; readonly offset: number };

/** A day of UTC in pieces between which the clocks change: nearly always one. */
const piecesOf = (timeZone: string, day: number): Piece[] => {
  const [from, to] = [day * DAY, (day + 1) * DAY];
  const [offset, next] = [offsetOfDay(timeZone, day), offsetOfDay(timeZone, day + 1)];
  if (offset === next) return [{ from, to, offset }];
  const change = changeWithin(timeZone, day, offset);
  return [
    { from, to: change, offset },
    { from: change, to, offset: next },
  ];
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
  for (let utcDay = Math.floor(since / DAY); utcDay * DAY < until; utcDay += 1) {
    for (const { from, to, offset } of piecesOf(calendar.timeZone, utcDay)) {
      const last = Math.floor((to - 1 + offset) / DAY);
      for (let day = Math.floor((from + offset) / DAY); day <= last; day += 1) {
        const midnight = day * DAY - offset;
        const openings = daysOff.has(day) ? [] : (week[weekday(day)] ?? []);
        for (const [opens, closes] of openings) {
          const start = Math.max(from, midnight + opens, since);
          const end = Math.min(to, midnight + closes);
          if (start < end) yield [start, end];
        }
      }
    }
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
