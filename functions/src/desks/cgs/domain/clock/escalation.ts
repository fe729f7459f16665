import type { Escalation, EscalationSetting } from './escalation-schemas.ts';
import { addMinutes, earliest } from './minutes.ts';
import { ESCALATED_TO, type EscalatedTo, type TicketStatus } from '../vocabulary.ts';

/** What a ticket takes from the setting. */
export const escalationFields = ({ version, ...escalation }: EscalationSetting) => ({
  escalation,
  escalationVersion: version,
});

/** A ticket that nobody has moved since a moment. */
type Idle = { readonly status: TicketStatus; readonly since: Date };

type Escalated = {
  /** Who was told last; null when nobody is yet. */
  readonly escalatedTo: EscalatedTo | null;
  /** When the next one is told. */
  readonly escalatesAt: Date | null;
  /** When the ticket goes back to Open. */
  readonly releaseAt: Date | null;
};

const QUIET: Escalated = { escalatedTo: null, escalatesAt: null, releaseAt: null };

/** What a policy makes of a ticket that waits to be accepted or started, at `now`. */
export const escalationOf = (
  { status, since }: Idle,
  policy: Escalation | null,
  now: Date,
): Escalated => {
  if (!policy || (status !== 'Open' && status !== 'Accepted')) return QUIET;
  const from = policy.since && policy.since > since ? policy.since : since;
  const after = (minutes: number | null) => (minutes === null ? null : addMinutes(from, minutes));
  const steps = ESCALATED_TO.map((to) => ({ to, at: after(policy[status][to]) }));
  return {
    escalatedTo: steps.findLast(({ at }) => at !== null && at <= now)?.to ?? null,
    escalatesAt: earliest(...steps.map(({ at }) => (at !== null && at > now ? at : null))),
    releaseAt: status === 'Accepted' ? after(policy.release) : null,
  };
};

/** When a promise that is due at `dueAt` is due soon; null for never. */
export const dueSoonAt = (dueAt: Date | null, policy: Escalation | null): Date | null =>
  dueAt && policy?.dueSoon ? addMinutes(dueAt, -policy.dueSoon) : null;
