import { escalationFields } from './escalation.ts';
import type { EscalationSetting, Ticket } from '../schemas.ts';
import { termsOf } from './sla-promise.ts';
import { derivedFields, later } from '../log/timeline.ts';

const minutesOf = ({ dueSoon, Open, Accepted, release }: Omit<EscalationSetting, 'version'>) =>
  JSON.stringify([dueSoon, Open, Accepted, release]);

/** What changes in an active ticket when the policy of escalation was edited; null when nothing is
 * left to do. A policy with other minutes begins to count when it was edited. */
export const renewEscalation = (
  ticket: Ticket,
  policy: EscalationSetting,
  moment: Date,
): Partial<Ticket> | null => {
  const { escalation, escalationVersion: known, ticketLogs, publishedAt } = ticket;
  const { version } = policy;
  if (!ticket.isActive || known === null || known >= version) return null;
  if (escalation && minutesOf(escalation) === minutesOf(policy)) {
    return { escalationVersion: version };
  }
  const now = later(moment, ticket.updatedAt);
  const fields = escalationFields(policy);
  return {
    ...derivedFields(ticketLogs, termsOf({ ...ticket, ...fields }, publishedAt), now),
    ...fields,
    updatedAt: now,
  };
};
