import { randomUUID } from 'node:crypto';
import type { QueryShape } from '../../../kernel/store/query-shape.ts';
import { sweepOf } from '../../../kernel/store/sweep.ts';
import type { Command } from '../domain/command.ts';
import { slaSetting } from '../settings/collection.ts';
import { tickets } from './collection.ts';
import type { Ticket } from '../domain/schemas.ts';
import { renewPromise } from '../domain/sla-promise.ts';
import { decide } from '../domain/ticket.ts';

/** Tickets whose next timer has run out, the longest due first. */
export const DUE_TICKETS = {
  name: 'tickets due',
  collection: 'tickets',
  inequality: 'nextTimerAt',
  orderBy: [{ field: 'nextTimerAt', direction: 'asc' }],
} as const satisfies QueryShape;

/** Running tickets that were promised something under an older policy. */
export const OLDER_PROMISES = {
  name: 'running tickets under an older SLA policy',
  collection: 'tickets',
  equal: ['isActive'],
  inequality: 'slaVersion',
  orderBy: [{ field: 'slaVersion', direction: 'asc' }],
} as const satisfies QueryShape;

/** What the clock does to a due ticket, by where it stands. */
const dueCommand = ({ latestStatus }: Ticket): Command => {
  if (latestStatus === 'Draft') return { name: 'publish' };
  if (latestStatus === 'Pending') return { name: 'resume' };
  return { name: 'breach' };
};

const isDue = ({ nextTimerAt }: Ticket, now: Date): boolean =>
  nextTimerAt !== null && nextTimerAt <= now;

/** The clock's part in a ticket's life: publishing, the end of a pending, SLA breach. */
export const sweepTickets = sweepOf({
  name: 'due tickets',
  collection: tickets,
  shape: DUE_TICKETS,
  round: async () => ({
    upTo: (now) => now,
    decide: (seen, now) => {
      // Somebody was here first: the ticket is closed, or waits for something later.
      if (!isDue(seen.data, now)) return undefined;
      const moment = { now, newId: randomUUID() };
      const decision = decide(dueCommand(seen.data), seen.data, { role: 'system' }, moment);
      // A ticket that is due and refuses would stay due for ever: a fault to be told.
      if (!decision.ok) throw new Error(`the clock was refused: ${decision.refusal}`);
      return { writes: [tickets.update(seen, decision.patch)], answer: undefined };
    },
  }),
});

/** Which tickets a policy has yet to be applied to: all that run under an older one. */
export const olderThan = (version: number) => ({
  equal: { isActive: true },
  range: { to: version - 1 },
});

/**
 * Brings running tickets to the SLA policy that was last applied. A ticket that is opened under an
 * older policy while this runs is found by the next run: nothing marks the work as done but the
 * tickets themselves.
 */
export const sweepPromises = sweepOf({
  name: 'SLA policy on running tickets',
  collection: tickets,
  shape: OLDER_PROMISES,
  round: async (store) => {
    const applied = (await store.load([slaSetting])).get(slaSetting)?.data.applied ?? null;
    if (applied === null) return undefined;
    const { equal, range } = olderThan(applied.version);
    return {
      equal,
      upTo: () => range.to,
      decide: (seen, now) => {
        const patch = renewPromise(seen.data, applied, now);
        return patch === null
          ? undefined
          : { writes: [tickets.update(seen, patch)], answer: undefined };
      },
    };
  },
});
