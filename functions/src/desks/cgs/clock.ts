import { randomUUID } from 'node:crypto';
import type { QueryShape } from '../../kernel/store/query-shape.ts';
import { sweepOf } from '../../kernel/store/sweep.ts';
import type { Command } from './command.ts';
import { tickets } from './records.ts';
import type { Ticket } from './schemas.ts';
import { decide } from './ticket.ts';

/** Tickets whose next timer has run out, the longest due first. */
export const DUE_TICKETS = {
  name: 'tickets due',
  collection: 'tickets',
  inequality: 'nextTimerAt',
  orderBy: [{ field: 'nextTimerAt', direction: 'asc' }],
} as const satisfies QueryShape;

/** What the clock does to a due ticket, by where it stands. */
const dueCommand = ({ latestStatus }: Ticket): Command => {
  if (latestStatus === 'Draft') return { name: 'publish' };
  if (latestStatus === 'Pending') return { name: 'resume' };
  return { name: 'breach' };
};

/** The clock's part in a ticket's life: publishing, the end of a pending, SLA breach. */
export const sweepTickets = sweepOf({
  collection: tickets,
  shape: DUE_TICKETS,
  dueAt: ({ nextTimerAt }) => nextTimerAt,
  decide: (seen, now) => {
    const moment = { now, newId: randomUUID() };
    const decision = decide(dueCommand(seen.data), seen.data, { role: 'system' }, moment);
    return decision.ok
      ? { writes: [tickets.update(seen, decision.patch)], answer: undefined }
      : undefined;
  },
});
