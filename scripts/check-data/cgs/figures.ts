import type { Share } from '../../../functions/src/desks/cgs/figures/figures.ts';
import { figuresId, shift, sum } from '../../../functions/src/desks/cgs/figures/figures.ts';
import { dueOf, figures, shares } from '../../../functions/src/desks/cgs/figures/follow-tickets.ts';
import { tickets } from '../../../functions/src/desks/cgs/tickets/collection.ts';
import { anyDocument } from '../../../functions/src/kernel/store/document.ts';
import {
  type Across,
  type Breach,
  type CollectionCheck,
  checkOf,
  type DeskChecks,
  expectSame,
  expectThat,
  readDoc,
} from '../check.ts';

/** A share follows its ticket within this time. */
const LAG_MS = 60_000;

/** Durations have two decimals. A sum of many is not exact, because each addition is rounded. */
const isRounding = (by: number, of: number): boolean => Math.abs(by) < 0.005 + 1e-9 * Math.abs(of);

/** What must be added to the counters of a sum so that it is the total of its shares. */
export const correction = (counters: Share, total: Share): Share =>
  Object.fromEntries(
    Object.entries(shift(counters, total)).filter(
      ([name, by]) => !isRounding(by, total[name] ?? 0),
    ),
  );

/** `stats/{month}-{region}`. */
const sumCheck = checkOf(figures, {
  faults: ({ month, region }, { id }) => expectSame('*', figuresId(month, region), id),
});

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

/** Each ticket has a share, which is computed from its present state. */
const ticketCheck = (timeZone: string): CollectionCheck => ({
  ...checkOf(tickets, {
    faults: (ticket, { id, updatedAt }, found, now) => {
      if (updatedAt.getTime() > now.getTime() - LAG_MS) return [];
      const share = found(shares.doc(id));
      if (share === undefined)
        return expectThat(false, 'share', `statsShares/${id} is not there, or is invalid`);
      const due = dueOf(ticket, timeZone);
      const names = Object.keys(shift(share.share, due.share));
      return [
        ...expectSame('share.figures', share.figures, due.id),
        ...names.flatMap((name) =>
          expectSame(`share.${name}`, share.share[name] ?? 0, due.share[name] ?? 0),
        ),
      ];
    },
  }),
  refers: ({ id }) => [shares.doc(id)],
});

interface Sum {
  /** Its counters, before and after the shares were read. */
  readonly seen: Share[];
  total: Share;
}

const breachesOf = ([id, { seen, total }]: [string, Sum]): Breach[] => {
  const [first = {}] = seen;
  const last = seen.at(-1) ?? {};
  return Object.keys(correction(last, total))
    .filter((name) => first[name] === last[name])
    .map((name) => ({
      document: figures.doc(id).path,
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
  const sumOf = (id: string): Sum => {
    const known = sums.get(id) ?? { seen: [], total: {} };
    sums.set(id, known);
    return known;
  };
  return {
    see: ({ path, id, data }) => {
      if (path === figures.doc(id).path) {
        const read = readDoc(figures.doc(id), data);
        if ('data' in read) sumOf(id).seen.push(read.data.counters);
      }
      if (path === shares.doc(id).path) {
        const read = readDoc(shares.doc(id), data);
        if (!('data' in read)) return;
        const its = sumOf(read.data.figures);
        its.total = sum([its.total, read.data.share]);
      }
    },
    end: () => [...sums].flatMap(breachesOf),
  };
};

/** What must hold of the figures, with the operator's time zone. Sums are read before and after. */
export const figureChecks = (timeZone: string): DeskChecks => ({
  collections: [sumCheck, shareCheck, sumCheck, ticketCheck(timeZone)],
  across: [sumsAcross],
});
