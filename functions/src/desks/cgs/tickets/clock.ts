import { randomUUID } from 'node:crypto';
import { sweepOf } from '../../../kernel/store/sweep.ts';
import type { Command } from '../domain/command.ts';
import { slaSetting } from '../settings/collection.ts';
import { tickets } from './collection.ts';
import type { Ticket } from '../domain/schemas.ts';
import { renewEscalation } from '../domain/clock/renew-escalation.ts';
import { renewPromise } from '../domain/clock/sla-promise.ts';
import { decide } from '../domain/ticket.ts';

/** The command that the clock gives to a due ticket. */
const dueCommand = ({ latestStatus, releaseAt, slaType, slaDueAt }: Ticket, now: Date): Command => {
  const isPast = (time: Date | null) => time !== null && time <= now;
  if (latestStatus === 'Draft') return { name: 'publish' };
  if (latestStatus === 'Pending') return { name: 'resume' };
  if (isPast(releaseAt)) return { name: 'release' };
  return { name: slaType === 'UnderSla' && isPast(slaDueAt) ? 'breach' : 'warn' };
};

const isDue = ({ nextTimerAt }: Ticket, now: Date): boolean =>
  nextTimerAt !== null && nextTimerAt <= now;

/** Publishes drafts, ends pendings, marks SLA breaches, warns and releases when it is due. */
export const sweepTickets = sweepOf({
  name: 'due tickets',
  collection: tickets,
  plan: async () => ({
    due: (now) => ({ anyOf: [tickets.queries.due.where({})], range: { to: now } }),
    decide: (seen, now) => {
      // Somebody changed the ticket since the query: it is closed, or due later.
      if (!isDue(seen.data, now)) return [];
      const moment = { now, newId: randomUUID() };
      const decision = decide(dueCommand(seen.data, now), seen.data, { role: 'system' }, moment);
      // A due ticket that refuses its command would stay due for ever: report it.
      if (!decision.ok) throw new Error(`the clock was refused: ${decision.refusal}`);
      return [tickets.update(seen, decision.patch)];
    },
  }),
});

/** The active tickets to which a policy was not applied yet. */
export const olderThan = (version: number) => ({
  anyOf: [tickets.queries.bySlaVersion.where({ isActive: true })],
  range: { to: version - 1 },
});

/**
 * Updates active tickets to the SLA policy that was last applied. A ticket that is opened under an
 * older policy during a run is found by the next run, since each ticket has its policy's version.
 */
export const sweepPromises = sweepOf({
  name: 'SLA policy on running tickets',
  collection: tickets,
  plan: async (store) => {
    const applied = slaSetting.of(await store.load([slaSetting.key])).applied;
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

/** Updates active tickets to the policy of escalation after it was edited. */
export const sweepEscalation = sweepOf({
  name: 'policy of escalation on running tickets',
  collection: tickets,
  plan: async (store) => {
    const policy = slaSetting.of(await store.load([slaSetting.key])).escalation;
    return policy.version === 0
      ? undefined
      : {
          due: () => ({
            anyOf: [tickets.queries.byEscalationVersion.where({ isActive: true })],
            range: { to: policy.version - 1 },
          }),
          decide: (seen, now) => {
            const patch = renewEscalation(seen.data, policy, now);
            return patch === null ? [] : [tickets.update(seen, patch)];
          },
        };
  },
});
