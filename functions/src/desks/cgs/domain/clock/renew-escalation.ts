import { escalationFields } from './escalation.ts';
import type { EscalationSetting, Ticket } from '../schemas.ts';
import { termsOf } from './sla-promise.ts';
import { derivedFields, later } from '../log/timeline.ts';

const waitsOf = ({ Open, Accepted, release }: Omit<EscalationSetting, 'version'>) =>
  JSON.stringify([Open, Accepted, release]);

/** What changes in an active ticket when the policy of escalation was edited; null when nothing is
 * left to do. A policy with other waits begins to count when it was edited: nobody is told again
 * because of another warning of the SLA. */
export const renewEscalation = (
  ticket: Ticket,
  policy: EscalationSetting,
  moment: Date,
): Partial<Ticket> | null => {
  const { escalation, escalationVersion: known, ticketLogs, publishedAt } = ticket;
  const { version } = policy;
  if (!ticket.isActive || known === null || known >= version) return null;
  const counted = escalation && waitsOf(escalation) === waitsOf(policy) ? escalation : policy;
  if (counted === escalation && escalation.dueSoon === policy.dueSoon) {
    return { escalationVersion: version };
  }
  const now = later(moment, ticket.updatedAt);
  const fields = escalationFields({ ...policy, since: counted.since });
  return {
    ...derivedFields(ticketLogs, termsOf({ ...ticket, ...fields }, publishedAt), now),
    ...fields,
    updatedAt: now,
  };
};
