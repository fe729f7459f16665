import type { Ticket } from '../domain/schemas.ts';
import type { Region } from '../domain/vocabulary.ts';

/**
 * What one ticket adds to the figures of its month and region, by the counter's name. Figures are
 * sums of shares, so reading them costs the same for any number of tickets.
 */
export type Share = Readonly<Record<string, number>>;

/** The durations of which figures give means and percentiles, and the ticket's field of each. */
export const TIMES = {
  accept: 'firstAcceptedDuration',
  travel: 'onTheWayDuration',
  work: 'workDuration',
} as const satisfies Record<string, keyof Ticket>;

export type TimeName = keyof typeof TIMES;

/** The shortest time but none, in minutes: durations have two decimals. */
const SHORTEST = 0.01;

/** Times are counted in bins, each up to 5 % longer than the one before, so a percentile is right
 * to 5 % of its value. Bin 0 is no time at all. */
const WIDTH = Math.log(1.05);

const binOf = (minutes: number): number =>
  minutes < SHORTEST ? 0 : Math.floor(Math.log(minutes / SHORTEST) / WIDTH) + 1;

/** The middle of a bin, in minutes: at most half a bin from each time in it. */
const middleOf = (bin: number): number =>
  bin === 0 ? 0 : SHORTEST * Math.exp((bin - 0.5) * WIDTH);

const timeShare = (name: TimeName, minutes: number | null): Share =>
  minutes === null
    ? {}
    : { [`${name}_count`]: 1, [`${name}_sum`]: minutes, [`${name}_bin_${binOf(minutes)}`]: 1 };

/** A category as part of a counter's name, which is the path of a field in Firestore. */
const encode = (category: string): string =>
  encodeURIComponent(category).replace(
    /[.*~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );

/** A ticket's share: one ticket, its type, status, SLA and resolution, why it was canceled, and its
 * known durations. */
export const shareOf = (ticket: Ticket): Share => ({
  tickets: 1,
  [`type_${ticket.type}`]: 1,
  [`status_${ticket.latestStatus}`]: 1,
  [`sla_${ticket.slaType}`]: 1,
  ...(ticket.resolution === null ? {} : { [`resolution_${ticket.resolution}`]: 1 }),
  ...(ticket.cancelCategory === null ? {} : { [`cancel_${encode(ticket.cancelCategory)}`]: 1 }),
  ...timeShare('accept', ticket[TIMES.accept]),
  ...timeShare('travel', ticket[TIMES.travel]),
  ...timeShare('work', ticket[TIMES.work]),
});

/** The difference between two shares; counters that do not change are left out. */
export const shift = (from: Share, to: Share): Share =>
  Object.fromEntries(
    [...new Set([...Object.keys(from), ...Object.keys(to)])]
      .map((name) => [name, (to[name] ?? 0) - (from[name] ?? 0)] as const)
      .filter(([, by]) => by !== 0),
  );

export const sum = (shares: readonly Share[]): Share =>
  shares.reduce<Record<string, number>>((total, share) => {
    for (const [name, by] of Object.entries(share)) total[name] = (total[name] ?? 0) + by;
    return total;
  }, {});

/** The counters that begin with `<kind>_`, by the rest of their names; zeros are left out. */
const countersOf = (total: Share, kind: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(total).flatMap(([name, count]) =>
      name.startsWith(`${kind}_`) && count > 0 ? [[name.slice(kind.length + 1), count]] : [],
    ),
  );

/** The 90th percentile in minutes, right to 5 % of its value; null without any duration. */
const p90Of = (total: Share, name: TimeName): number | null => {
  const bins = Object.entries(countersOf(total, `${name}_bin`))
    .map(([bin, count]) => ({ bin: Number(bin), count }))
    .sort((one, other) => one.bin - other.bin);
  const all = bins.reduce((counted, { count }) => counted + count, 0);
  let counted = 0;
  for (const { bin, count } of bins) {
    counted += count;
    if (counted >= 0.9 * all) return rounded(middleOf(bin));
  }
  return null;
};

const rounded = (minutes: number): number => Math.round(minutes * 100) / 100;

const timeOf = (total: Share, name: TimeName) => {
  const count = total[`${name}_count`] ?? 0;
  const mean = count === 0 ? null : rounded((total[`${name}_sum`] ?? 0) / count);
  return { count, mean, p90: p90Of(total, name) };
};

/** The figures of a sum: counts by type, status, SLA, resolution and category of cancel, and
 * times in minutes. */
export const figuresOf = (total: Share) => ({
  tickets: total['tickets'] ?? 0,
  byType: countersOf(total, 'type'),
  byStatus: countersOf(total, 'status'),
  bySla: countersOf(total, 'sla'),
  byResolution: countersOf(total, 'resolution'),
  byCancelCategory: Object.fromEntries(
    Object.entries(countersOf(total, 'cancel')).map(([name, count]) => [
      decodeURIComponent(name),
      count,
    ]),
  ),
  accept: timeOf(total, 'accept'),
  travel: timeOf(total, 'travel'),
  work: timeOf(total, 'work'),
});

/** The id of the figures of a month (`2026-11`) and a region. */
export const figuresId = (month: string, region: Region): string => `${month}-${region}`;
