import { z } from 'zod';
import type { Runtime } from '../../../kernel/runtime.ts';
import { collection } from '../../../kernel/store/collection.ts';
import { type Reads, type Write } from '../../../kernel/store/document.ts';
import type { Trigger } from '../../../kernel/store/trigger.ts';
import { passingOverUnreadable } from '../../../kernel/store/unreadable.ts';
import { updateGathering } from '../../../kernel/store/update.ts';
import { monthOf } from './month.ts';
import { tickets } from '../tickets/collection.ts';
import type { Ticket } from '../domain/schemas.ts';
import { REGIONS } from '../domain/vocabulary.ts';
import { figuresId, type Share, shareOf, shift } from './figures.ts';

const counters = z.record(z.string(), z.number());

/** `stats/{month}-{region}`: the sum of its tickets' shares. */
export const figures = collection(
  'stats',
  z.object({ month: z.string(), region: z.enum(REGIONS), counters }),
  { unindexed: ['counters'] },
);

/** `statsShares/{ticket}`: the share that was added for a ticket, and to which figures. */
export const shares = collection(
  'statsShares',
  z.object({ figures: z.string(), share: counters }),
  { unindexed: ['share'] },
);

/** What a ticket must add to the figures, and to which. */
interface Due {
  /** The id of the figures. */
  readonly id: string;
  readonly month: string;
  readonly region: (typeof REGIONS)[number];
  readonly share: Share;
}

/** What a ticket adds to the figures of its region and of its month in a time zone. */
export const dueOf = (ticket: Ticket, timeZone: string): Due => {
  const month = monthOf(ticket.createdAt, timeZone).id;
  const { region } = ticket;
  return { id: figuresId(month, region), month, region, share: shareOf(ticket) };
};

/**
 * Adds to the counters of a figures document; the first ticket creates it. There is nothing to take
 * a ticket out of when the document is missing.
 */
const moved = (reads: Reads, id: string, by: Share, due: Due | undefined): Write[] => {
  if (Object.keys(by).length === 0) return [];
  const seen = reads.get(figures.doc(id));
  if (seen === undefined) {
    if (due === undefined) return [];
    const { month, region } = due;
    return [figures.create(id, { month, region, counters: { ...by } })];
  }
  const counted = Object.fromEntries(
    Object.entries(by).map(([name, count]) => [`counters.${name}`, count]),
  );
  return [{ op: 'patch', path: figures.doc(id).path, by: counted }];
};

/**
 * Updates a ticket's share in the figures to the ticket's present state. The share and the figures
 * are written in one commit, so a delivery that is repeated, late or out of order changes nothing.
 */
export const follow = async (runtime: Runtime, id: string): Promise<void> => {
  const store = runtime.store.metered();
  const share = shares.doc(id);
  await updateGathering(store, runtime, {
    keys: [tickets.doc(id), share],
    gather: async (reads) => {
      const ticket = reads.get(tickets.doc(id))?.data;
      const due = ticket && dueOf(ticket, runtime.config.timeZone);
      const ids = [due?.id, reads.get(share)?.data.figures].flatMap((each) => each ?? []);
      return { due, sums: await store.load(ids.map(figures.doc), reads) };
    },
    decide: ({ reads, gathered: { due, sums } }) => {
      const had = reads.get(share);
      if (due === undefined) return [];
      const isMoved = had !== undefined && had.data.figures !== due.id;
      const before = had === undefined || isMoved ? {} : had.data.share;
      const writes = [
        ...(isMoved ? moved(sums, had.data.figures, shift(had.data.share, {}), undefined) : []),
        ...moved(sums, due.id, shift(before, due.share), due),
      ];
      if (writes.length === 0) return [];
      const next = { figures: due.id, share: due.share };
      return [had === undefined ? shares.create(id, next) : shares.update(had, next), ...writes];
    },
  });
};

/** Updates the figures after each write of a ticket. */
export const followTickets: Trigger = {
  name: 'cgsFigures',
  document: `${tickets.name}/{id}`,
  handle: (runtime, { id }) => passingOverUnreadable(runtime, () => follow(runtime, id)),
};
