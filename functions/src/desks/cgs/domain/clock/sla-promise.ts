import type { SlaCalendar, SlaPolicyInForce, Ticket, TicketClient } from '../schemas.ts';
import { derivedFields, later, type Terms } from '../log/timeline.ts';
import type { Region, TicketType } from '../vocabulary.ts';

const DAY = 24 * 60 * 60_000;

/** A ticket's promise: minutes (0: none), the hours that count (null: all of them), and the
 * version of the policy that it comes from. */
export type SlaPromise = Pick<Ticket, 'sla' | 'slaCalendar' | 'slaVersion'>;

/** What `derivedFields` needs to know of a ticket, and when a draft is to be published. */
export const termsOf = (
  { sla, slaCalendar: calendar, escalation }: Pick<Ticket, 'sla' | 'slaCalendar' | 'escalation'>,
  plannedAt: Date | null,
): Terms => ({ sla, calendar, escalation, plannedAt });

type Subject = {
  readonly client: TicketClient;
  readonly type: TicketType;
  readonly region: Region;
  readonly createdAt: Date;
};

/** The calendar as a ticket stores it: without the holidays before it was created. */
const carried = (calendar: SlaCalendar | null, since: Date): SlaCalendar | null => {
  if (!calendar) return null;
  // A day earlier, since it may still be yesterday where the region is.
  const first = new Date(since.getTime() - DAY).toISOString().slice(0, 10);
  return { ...calendar, holidays: calendar.holidays.filter((date) => date >= first) };
};

/** The promise of a policy for a ticket. */
export const promiseOf = (
  { client, type, region, createdAt }: Subject,
  { calendars, version, ...promised }: SlaPolicyInForce,
): SlaPromise =>
  client.id === null
    ? { sla: 0, slaCalendar: null, slaVersion: null }
    : {
        sla: promised[client.customerType][type],
        slaCalendar: carried(calendars[region], createdAt),
        slaVersion: version,
      };

/** What changes in an active ticket when a policy is applied to it; null when nothing is left to
 * do. Due time and SLA type are computed again from the log, so no pause is lost or counted twice,
 * and a ticket may become OverSla or UnderSla. */
export const renewPromise = (
  ticket: Ticket,
  policy: SlaPolicyInForce,
  moment: Date,
): Partial<Ticket> | null => {
  const { slaVersion, sla, slaCalendar, ticketLogs, publishedAt } = ticket;
  if (!ticket.isActive || slaVersion === null || slaVersion >= policy.version) return null;
  const promise = promiseOf(ticket, policy);
  const isSame =
    JSON.stringify([sla, slaCalendar]) === JSON.stringify([promise.sla, promise.slaCalendar]);
  if (isSame) return { slaVersion: policy.version };
  const now = later(moment, ticket.updatedAt);
  return {
    ...derivedFields(ticketLogs, termsOf({ ...ticket, ...promise }, publishedAt), now),
    ...promise,
    updatedAt: now,
  };
};
