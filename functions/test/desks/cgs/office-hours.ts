import {
  type SlaCalendar,
  type Ticket,
  ticketSchema,
} from '../../../src/desks/cgs/domain/schemas.ts';
import {
  type Actor,
  type Command,
  decide,
  openTicket,
} from '../../../src/desks/cgs/domain/ticket.ts';
import {
  answer,
  bandung,
  client,
  command,
  freeze,
  noc,
  policy,
  request,
  TIME_ZONE,
  uuid,
} from './fixtures.ts';

/** Tickets under business hours, for the specs of what they are promised. */
export const OFFICE = ['08:00-17:00'];
export const calendar: SlaCalendar = {
  timeZone: TIME_ZONE,
  hours: {
    monday: OFFICE,
    tuesday: OFFICE,
    wednesday: OFFICE,
    thursday: OFFICE,
    friday: OFFICE,
    saturday: [],
    sunday: [],
  },
  holidays: ['2026-11-04', '2027-01-01'],
};
export const office = { ...policy, calendars: { ...policy.calendars, West: calendar }, version: 1 };

/** Local times of Jakarta; the second of November 2026 is a Monday. */
export const wib = (text: string): Date => new Date(`${text}:00+07:00`);

export const openedAt = (
  text: string,
  under: typeof office | typeof policy = office,
  more: Record<string, unknown> = {},
): Ticket => {
  const opening = openTicket(
    request(more),
    { client, area: bandung, noc, policy: under },
    { now: wib(text), newId: uuid(1) },
  );
  if (!opening.ok) throw new Error(opening.refusal);
  return freeze(ticketSchema.parse(opening.ticket('TRB-202611-0001')));
};

export const give = (ticket: Ticket, given: Command, actor: Actor, text: string) =>
  decide(given, ticket, actor, { now: wib(text), newId: uuid(1000 + ticket.ticketLogs.length) });

type Step = readonly [text: string, given: Command | 'approve', actor: Actor];

export const play = (ticket: Ticket, ...steps: readonly Step[]): Ticket =>
  steps.reduce((now, [text, given, actor]) => {
    const asked = given === 'approve' ? answer(now, true) : given;
    const decision = give(now, asked, actor, text);
    if (!decision.ok) throw new Error(`${asked.name}: ${decision.refusal}`);
    return freeze(ticketSchema.strict().parse({ ...now, ...decision.patch }));
  }, ticket);

export const paused = (minutes: number): Command => ({
  ...command.pending,
  pendingInterval: minutes,
});
export const promiseIn = ({ slaDueAt, slaType, nextTimerAt }: Ticket) => ({
  slaDueAt,
  slaType,
  nextTimerAt,
});
/** Within its SLA, which is due at this time. */
export const under = (text: string) => ({
  slaDueAt: wib(text),
  slaType: 'UnderSla',
  nextTimerAt: wib(text),
});
