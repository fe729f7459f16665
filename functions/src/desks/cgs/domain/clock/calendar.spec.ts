import { expect } from 'chai';
import fc from 'fast-check';
import { afterOpenTime, openTime } from './calendar.ts';
import type { SlaCalendar } from '../schemas.ts';
import { WEEKDAYS } from '../vocabulary.ts';

/** Zones of the regions in which a calendar may lie. */
const TIME_ZONES = {
  West: 'Asia/Jakarta',
  Central: 'Asia/Makassar',
  East: 'Asia/Jayapura',
} as const;

const MINUTE = 60_000;
const OFFICE = ['08:00-17:00'];
const NEVER: SlaCalendar['hours'] = {
  monday: [],
  tuesday: [],
  wednesday: [],
  thursday: [],
  friday: [],
  saturday: [],
  sunday: [],
};
const hours: SlaCalendar['hours'] = {
  ...NEVER,
  monday: OFFICE,
  tuesday: OFFICE,
  wednesday: OFFICE,
  thursday: OFFICE,
  friday: OFFICE,
};
const office: SlaCalendar = { timeZone: TIME_ZONES.West, hours, holidays: [] };
const daily = (openings: string[]): SlaCalendar['hours'] => ({
  monday: openings,
  tuesday: openings,
  wednesday: openings,
  thursday: openings,
  friday: openings,
  saturday: openings,
  sunday: openings,
});

/** Wall times of Jakarta, which is seven hours ahead of UTC. */
const wib = (text: string): Date => new Date(`${text}:00+07:00`);
const due = (calendar: SlaCalendar | null, from: Date, minutes: number): string =>
  afterOpenTime(calendar, from, minutes * MINUTE).toISOString();
const open = (calendar: SlaCalendar | null, from: Date, to: Date): number =>
  openTime(calendar, from, to) / MINUTE;

describe('business hours', () => {
  it('count every minute within one opening', () => {
    expect(due(office, wib('2026-11-02T09:00'), 240)).to.equal('2026-11-02T06:00:00.000Z');
  });

  it('end at closing time, not at the next opening, when that is enough', () => {
    expect(due(office, wib('2026-11-02T13:00'), 240)).to.equal('2026-11-02T10:00:00.000Z');
    expect(due(office, wib('2026-11-02T13:00'), 241)).to.equal('2026-11-03T01:01:00.000Z');
  });

  it('begin with the next opening for what is published outside them', () => {
    expect(due(office, wib('2026-11-02T05:30'), 60)).to.equal('2026-11-02T02:00:00.000Z');
    expect(due(office, wib('2026-11-02T17:00'), 60)).to.equal('2026-11-03T02:00:00.000Z');
    expect(due(office, wib('2026-11-07T12:00'), 60)).to.equal('2026-11-09T02:00:00.000Z');
  });

  it('pass over a weekend, a holiday, and both together', () => {
    expect(due(office, wib('2026-11-06T16:00'), 120)).to.equal('2026-11-09T02:00:00.000Z');
    const christmas = { ...office, holidays: ['2026-12-24', '2026-12-25'] };
    expect(due(christmas, wib('2026-12-23T16:00'), 120)).to.equal('2026-12-28T02:00:00.000Z');
  });

  it('count across the end of a month and of a year', () => {
    const monthEnd = wib('2026-11-30T16:30');
    expect(due(office, monthEnd, 60)).to.equal('2026-12-01T01:30:00.000Z');
    const newYear = { ...office, holidays: ['2027-01-01'] };
    expect(due(newYear, wib('2026-12-31T16:30'), 60)).to.equal('2027-01-04T01:30:00.000Z');
    expect(due(office, wib('2028-02-28T16:30'), 600)).to.equal('2028-03-01T01:30:00.000Z');
  });

  it('are those of each region, an hour apart', () => {
    const from = new Date('2026-11-02T00:00:00.000Z');
    const first = (timeZone: string) => due({ ...office, timeZone }, from, 1);
    expect(first(TIME_ZONES.West)).to.equal('2026-11-02T01:01:00.000Z');
    expect(first(TIME_ZONES.Central)).to.equal('2026-11-02T00:01:00.000Z');
    // 09:00 in Jayapura already.
    expect(first(TIME_ZONES.East)).to.equal('2026-11-02T00:01:00.000Z');
    const evening = new Date('2026-11-02T08:30:00.000Z');
    const second = (timeZone: string) => due({ ...office, timeZone }, evening, 45);
    expect(second(TIME_ZONES.West)).to.equal('2026-11-02T09:15:00.000Z');
    expect(second(TIME_ZONES.Central)).to.equal('2026-11-03T00:15:00.000Z');
    expect(second(TIME_ZONES.East)).to.equal('2026-11-02T23:45:00.000Z');
  });

  it('take the date of a holiday in the zone of the region, not in UTC', () => {
    const off = { ...office, hours: daily(['00:00-24:00']), holidays: ['2026-11-03'] };
    expect(due(off, wib('2026-11-02T23:00'), 60)).to.equal('2026-11-02T17:00:00.000Z');
    expect(due(off, wib('2026-11-02T23:00'), 61)).to.equal('2026-11-03T17:01:00.000Z');
  });

  it('may close for lunch and go on past midnight', () => {
    const split = { ...office, hours: daily(['08:00-12:00', '13:00-17:00']) };
    expect(due(split, wib('2026-11-02T11:30'), 60)).to.equal('2026-11-02T06:30:00.000Z');
    const night = { ...office, hours: daily(['00:00-02:00', '22:00-24:00']) };
    expect(due(night, wib('2026-11-02T23:00'), 120)).to.equal('2026-11-02T18:00:00.000Z');
  });

  it('count the hour that a change of the clocks repeats twice, and a skipped one never', () => {
    const berlin = { timeZone: 'Europe/Berlin', hours: daily(['01:00-04:00']), holidays: [] };
    const nightTo = (noon: string): number => {
      const end = Date.parse(`${noon}T12:00:00.000Z`);
      return open(berlin, new Date(end - 1440 * MINUTE), new Date(end));
    };
    expect(nightTo('2026-03-28')).to.equal(180);
    // 02:00 becomes 03:00.
    expect(nightTo('2026-03-29')).to.equal(120);
    // 03:00 becomes 02:00.
    expect(nightTo('2026-10-25')).to.equal(240);
    expect(due(berlin, new Date('2026-10-25T00:00:00.000Z'), 121)).to.equal(
      '2026-10-25T02:01:00.000Z',
    );
  });

  it('find a due time years ahead in a short time', () => {
    const rare = { ...office, hours: { ...NEVER, monday: ['08:00-09:00'] } };
    const started = performance.now();
    expect(due(rare, wib('2026-11-02T08:00'), 129_600)).to.equal('2068-03-19T02:00:00.000Z');
    expect(performance.now() - started).to.be.below(5_000);
  });
});

/** The same, minute by minute, as slow and as plain as can be. */
const slowOpen = ({ timeZone, hours: week, holidays }: SlaCalendar) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (at: number): boolean => {
    const [date = '', time = ''] = format.format(at).split(' ');
    const name = WEEKDAYS[new Date(date).getUTCDay()] ?? 'sunday';
    const isWithin = (opening: string) => time >= opening.slice(0, 5) && time < opening.slice(6);
    return !holidays.includes(date) && week[name].some(isWithin);
  };
};

const clockText = (minutes: number): string =>
  `${`${Math.floor(minutes / 60)}`.padStart(2, '0')}:${`${minutes % 60}`.padStart(2, '0')}`;
const openings = fc
  .uniqueArray(fc.nat(1440), { maxLength: 6 })
  .map((edges) => edges.toSorted((one, other) => one - other))
  .map((edges) =>
    edges.flatMap((edge, index) => {
      const end = edges[index + 1];
      return index % 2 === 0 && end !== undefined ? [`${clockText(edge)}-${clockText(end)}`] : [];
    }),
  );
const week = fc.record({
  monday: openings,
  tuesday: openings,
  wednesday: openings,
  thursday: openings,
  friday: openings,
  saturday: openings,
  sunday: openings,
});
/** Around the changes of the clocks of zones that have some, of an hour and of half an hour. */
const places = fc.constantFrom(
  { timeZone: 'Asia/Jakarta', around: '2026-12-31' },
  { timeZone: 'Asia/Makassar', around: '2028-02-29' },
  { timeZone: 'Asia/Jayapura', around: '2026-11-30' },
  { timeZone: 'America/New_York', around: '2026-11-01' },
  { timeZone: 'Europe/Berlin', around: '2026-03-29' },
  { timeZone: 'Australia/Lord_Howe', around: '2026-04-05' },
  { timeZone: 'America/St_Johns', around: '2010-11-07' },
);
const DAYS_AROUND = 3;

describe('business hours, checked against a count of single minutes', () => {
  const cases = fc.record({
    place: places,
    week,
    start: fc.nat(DAYS_AROUND * 1440),
    length: fc.nat(DAYS_AROUND * 1440),
    off: fc.subarray([-1, 0, 1, 2]),
  });

  it('give the same open time and the same due time', function () {
    this.timeout(20_000);
    const run = fc.property(cases, ({ place, week: drawn, start, length, off }) => {
      const middle = Date.parse(place.around);
      const holidays = off.map((days) =>
        new Date(middle + days * 1440 * MINUTE).toISOString().slice(0, 10),
      );
      const calendar = { timeZone: place.timeZone, hours: drawn, holidays };
      const isOpen = slowOpen(calendar);
      const from = middle - 1440 * MINUTE + start * MINUTE;
      const to = from + length * MINUTE;
      let counted = 0;
      let last = from;
      for (let at = from; at < to; at += MINUTE) {
        if (!isOpen(at)) continue;
        counted += 1;
        last = at + MINUTE;
      }
      expect(open(calendar, new Date(from), new Date(to))).to.equal(counted);
      if (counted > 0) {
        expect(due(calendar, new Date(from), counted)).to.equal(new Date(last).toISOString());
      }
    });
    fc.assert(run, { numRuns: 60 });
  });

  it('give no open time for a calendar that never opens', () => {
    const never = { timeZone: TIME_ZONES.West, hours: daily([]), holidays: [] };
    const from = new Date('2026-11-02T03:00:00Z');
    expect(openTime(never, from, new Date('2027-11-02T03:00:00Z'))).to.equal(0);
    expect(() => afterOpenTime(never, from, MINUTE)).to.throw('opens too seldom');
  });

  it('are plain arithmetic for a region that is always open', () => {
    const zones = fc.constantFrom(...Object.values(TIME_ZONES), 'Europe/Berlin');
    const moments = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2029, 0) });
    const spans = fc.integer({ min: 1, max: 40 * 1440 * MINUTE });
    const run = fc.property(zones, moments, spans, (timeZone, at, span) => {
      const always = { timeZone, hours: daily(['00:00-24:00']), holidays: [] };
      const [from, to] = [new Date(at), new Date(at + span)];
      expect(openTime(always, from, to))
        .to.equal(openTime(null, from, to))
        .and.to.equal(span);
      expect(afterOpenTime(always, from, span)).to.deep.equal(to);
      expect(afterOpenTime(null, from, span)).to.deep.equal(to);
    });
    fc.assert(run, { numRuns: 200 });
  });
});
