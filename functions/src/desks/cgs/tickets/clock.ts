import { randomUUID } from 'node:crypto';
import { sweepOf } from '../../../kernel/store/sweep.ts';
import type { Command } from '../domain/command.ts';
import { slaSetting } from '../settings/collection.ts';
import { tickets } from './collection.ts';
import type { Ticket } from '../domain/schemas.ts';
import { renewPromise } from '../domain/sla-promise.ts';
import { decide } from '../domain/ticket.ts';

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
  plan: async () => ({
    due: (now) => ({ anyOf: [tickets.queries.due.where({})], range: { to: now } }),
    decide: (seen, now) => {
      // Somebody was here first: the ticket is closed, or waits for something later.
      if (!isDue(seen.data, now)) return [];
      const moment = { now, newId: randomUUID() };
      const decision = decide(dueCommand(seen.data), seen.data, { role: 'system' }, moment);
      // A ticket that is due and refuses would stay due for ever: a fault to be told.
      if (!decision.ok) throw new Error(`the clock was refused: ${decision.refusal}`);
      return [tickets.update(seen, decision.patch)];
    },
  }),
});

/** Which tickets a policy has yet to be applied to: all that run under an older one. */
export const olderThan = (version: number) => ({
  anyOf: [tickets.queries.bySlaVersion.where({ isActive: true })],
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
  plan: async (store) => {
    const applied = (await store.load([slaSetting])).get(slaSetting)?.data.applied ?? null;
    return applied === null
      ? undefined
      : {
          due: () => olderThan(applied.version),
          decide: (seen, now) => {
            const patch = renewPromise(seen.data, applied, now);
            return patch === null ? [] : [tickets.update(seen, patch)];
          },
        };
  },
});
