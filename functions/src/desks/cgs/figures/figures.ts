import type { Ticket } from '../domain/schemas.ts';
import { type PendingInterval, timelineOf } from '../domain/log/timeline.ts';

/**
 * What one ticket adds to figures, by the counter's name. Figures are sums of shares, so reading them
 * costs the same for any number of tickets. All counters are whole numbers, so sums are exact.
 */
export type Share = Readonly<Record<string, number>>;

const repairOf = ({ resolution, totalTime }: Ticket): number | null =>
  resolution === 'Finished' ? totalTime : null;

const netRepairOf = (ticket: Ticket): number | null => {
  const total = repairOf(ticket);
  return total === null ? null : Math.max(0, total - ticket.totalPendingDuration);
};

/** The durations of which figures give means and percentiles, in minutes; null: not known. */
const TIMES = {
  /** From published to the first acceptance. */
  accept: (ticket) => ticket.firstAcceptedDuration,
  travel: (ticket) => ticket.onTheWayDuration,
  work: (ticket) => ticket.workDuration,
  /** From published to finished, with the pauses in between. */
  repair: repairOf,
  /** The same without them. */
  netRepair: netRepairOf,
} as const satisfies Record<string, (ticket: Ticket) => number | null>;

export type TimeName = keyof typeof TIMES;

const MINUTE = 60_000;
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

const timeShare = (name: string, minutes: number | null): Share =>
  minutes === null
    ? {}
    : {
        [`${name}_count`]: 1,
        [`${name}_ms`]: Math.round(minutes * MINUTE),
        [`${name}_bin_${binOf(minutes)}`]: 1,
      };

/** A category as part of a counter's name, which is the path of a field in Firestore. */
const encode = (category: string): string =>
  encodeURIComponent(category).replace(
    /[.*~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );

/** A pending counts from its start, its time when it has ended. */
const pendingShare = ({ category, from, to }: PendingInterval): Share => ({
  [`pending_${encode(category)}`]: 1,
  ...(to === null ? {} : { [`pendingMs_${encode(category)}`]: to.getTime() - from.getTime() }),
});

/**
 * A ticket's share: one ticket, its type, status, SLA and resolution, why it was canceled and why it
 * was pending, its known durations, and whether its client had another one shortly before.
 */
export const shareOf = (ticket: Ticket, isRepeat: boolean): Share =>
  sum([
    {
      tickets: 1,
      [`type_${ticket.type}`]: 1,
      [`status_${ticket.latestStatus}`]: 1,
      [`sla_${ticket.slaType}`]: 1,
      ...(ticket.resolution === null ? {} : { [`resolution_${ticket.resolution}`]: 1 }),
      ...(ticket.cancelCategory === null ? {} : { [`cancel_${encode(ticket.cancelCategory)}`]: 1 }),
      ...(isRepeat ? { repeats: 1 } : {}),
    },
    ...Object.entries(TIMES).map(([name, minutesOf]) => timeShare(name, minutesOf(ticket))),
    ...timelineOf(ticket.ticketLogs).pendings.map(pendingShare),
  ]);

/** A share without the status, which changes at each command: few figures need it. */
export const withoutStatus = (share: Share): Share =>
  Object.fromEntries(Object.entries(share).filter(([name]) => !name.startsWith('status_')));

/** The difference between two shares; counters that do not change are left out. */
export const shift = (from: Share, to: Share): Share =>
  Object.fromEntries(
    [...new Set([...Object.keys(from), ...Object.keys(to)])]
      .map((name) => [name, (to[name] ?? 0) - (from[name] ?? 0)] as const)
      .filter(([, by]) => by !== 0),
  );

/** Adds a share to a total of its own: for many, whose sum grows. */
export const addTo = (total: Record<string, number>, share: Share): Record<string, number> => {
  for (const [name, by] of Object.entries(share)) total[name] = (total[name] ?? 0) + by;
  return total;
};

export const sum = (shares: readonly Share[]): Share =>
  shares.reduce<Record<string, number>>(addTo, {});

/** The counters that begin with `<kind>_`, by the rest of their names; zeros are left out. */
const countersOf = (total: Share, kind: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(total).flatMap(([name, count]) =>
      name.startsWith(`${kind}_`) && count > 0 ? [[name.slice(kind.length + 1), count]] : [],
    ),
  );

/** The same by category. */
const byCategory = (total: Share, kind: string): [category: string, count: number][] =>
  Object.entries(countersOf(total, kind)).map(([name, count]) => [decodeURIComponent(name), count]);

const rounded = (minutes: number): number => Math.round(minutes * 100) / 100;

/** A percentile in minutes, right to 5 % of its value; null without any duration. */
const percentileOf = (total: Share, name: TimeName, part: number): number | null => {
  const bins = Object.entries(countersOf(total, `${name}_bin`))
    .map(([bin, count]) => ({ bin: Number(bin), count }))
    .sort((one, other) => one.bin - other.bin);
  const all = bins.reduce((counted, { count }) => counted + count, 0);
  let counted = 0;
  for (const { bin, count } of bins) {
    counted += count;
    if (counted >= part * all) return rounded(middleOf(bin));
  }
  return null;
};

const timeOf = (total: Share, name: TimeName) => {
  const count = total[`${name}_count`] ?? 0;
  const mean = count === 0 ? null : rounded((total[`${name}_ms`] ?? 0) / MINUTE / count);
  const [p50, p90] = [0.5, 0.9].map((part) => percentileOf(total, name, part));
  return { count, mean, p50: p50 ?? null, p90: p90 ?? null };
};

const pendingsOf = (total: Share) => {
  const times = new Map(byCategory(total, 'pendingMs'));
  return Object.fromEntries(
    byCategory(total, 'pending').map(([category, count]) => [
      category,
      { count, minutes: rounded((times.get(category) ?? 0) / MINUTE) },
    ]),
  );
};

/** The figures of a sum: counts, and times in minutes. */
export const figuresOf = (total: Share) => ({
  tickets: total['tickets'] ?? 0,
  byType: countersOf(total, 'type'),
  byStatus: countersOf(total, 'status'),
  bySla: countersOf(total, 'sla'),
  byResolution: countersOf(total, 'resolution'),
  byCancelCategory: Object.fromEntries(byCategory(total, 'cancel')),
  byPendingCategory: pendingsOf(total),
  repeats: total['repeats'] ?? 0,
  accept: timeOf(total, 'accept'),
  travel: timeOf(total, 'travel'),
  work: timeOf(total, 'work'),
  repair: timeOf(total, 'repair'),
  netRepair: timeOf(total, 'netRepair'),
});
