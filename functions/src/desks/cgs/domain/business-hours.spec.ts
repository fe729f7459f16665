import { expect } from 'chai';
import { type SlaCalendar, slaSettingBody, type Ticket, ticketSchema } from './schemas.ts';
import { renewPromise } from './sla-promise.ts';
import { type Actor, type Command, decide, editTicket, openTicket } from './ticket.ts';
import {
  admin,
  answer,
  bandung,
  client,
  clock,
  command,
  foc,
  freeze,
  noc,
  policy,
  refusalOf,
  request,
  uuid,
} from '../../../../test/desks/cgs/fixtures.ts';
import { TIME_ZONES } from './vocabulary.ts';

const OFFICE = ['08:00-17:00'];
const calendar: SlaCalendar = {
  timeZone: TIME_ZONES.West,
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
const office = { ...policy, calendars: { ...policy.calendars, West: calendar }, version: 1 };

/** Wall times of Jakarta; the second of November 2026 is a Monday. */
const wib = (text: string): Date => new Date(`${text}:00+07:00`);

const openedAt = (
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

const give = (ticket: Ticket, given: Command, actor: Actor, text: string) =>
  decide(given, ticket, actor, { now: wib(text), newId: uuid(1000 + ticket.ticketLogs.length) });

type Step = readonly [text: string, given: Command | 'approve', actor: Actor];

const play = (ticket: Ticket, ...steps: readonly Step[]): Ticket =>
  steps.reduce((now, [text, given, actor]) => {
    const asked = given === 'approve' ? answer(now, true) : given;
    const decision = give(now, asked, actor, text);
    if (!decision.ok) throw new Error(`${asked.name}: ${decision.refusal}`);
    return freeze(ticketSchema.strict().parse({ ...now, ...decision.patch }));
  }, ticket);

const paused = (minutes: number): Command => ({ ...command.pending, pendingInterval: minutes });
const promiseIn = ({ slaDueAt, slaType, nextTimerAt }: Ticket) => ({
  slaDueAt,
  slaType,
  nextTimerAt,
});
/** Under its SLA, which is due then. */
const under = (text: string) => ({
  slaDueAt: wib(text),
  slaType: 'UnderSla',
  nextTimerAt: wib(text),
});

describe('an SLA of four hours under business hours', () => {
  const morning = openedAt('2026-11-02T09:00');

  it('is due four open hours after the ticket went out', () => {
    expect(promiseIn(morning)).to.deep.equal(under('2026-11-02T13:00'));
    expect(promiseIn(openedAt('2026-11-02T15:00'))).to.deep.equal(under('2026-11-03T10:00'));
  });

  it('is due exactly at closing time, and over then, not at the next opening', () => {
    const ticket = openedAt('2026-11-02T13:00');
    expect(promiseIn(ticket)).to.deep.equal(under('2026-11-02T17:00'));
    expect(refusalOf(give(ticket, command.breach, clock, '2026-11-02T16:59'))).to.equal(
      'ticket/not-due',
    );
    expect(play(ticket, ['2026-11-02T17:00', command.breach, clock])).to.deep.include({
      slaType: 'OverSla',
      nextTimerAt: null,
    });
  });

  it('begins with the next opening for a ticket published at night or on a day off', () => {
    expect(promiseIn(openedAt('2026-11-01T22:15'))).to.deep.equal(under('2026-11-02T12:00'));
    expect(promiseIn(openedAt('2026-11-04T10:00'))).to.deep.equal(under('2026-11-05T12:00'));
  });

  it('can not be breached while it is closed, however long that is', () => {
    const friday = openedAt('2026-11-06T16:59');
    for (const text of ['2026-11-06T23:00', '2026-11-07T12:00', '2026-11-09T07:59']) {
      expect(refusalOf(give(friday, command.breach, clock, text))).to.equal('ticket/not-due');
      expect(play(friday, [text, command.accept, foc]).slaType).to.equal('UnderSla');
    }
    expect(promiseIn(friday)).to.deep.equal(under('2026-11-09T11:59'));
  });

  it('goes over a month end and over the new year', () => {
    expect(promiseIn(openedAt('2026-11-30T15:00'))).to.deep.equal(under('2026-12-01T10:00'));
    expect(promiseIn(openedAt('2026-12-31T15:00'))).to.deep.equal(under('2027-01-04T10:00'));
  });

  it('leaves the durations what they are by the clock on the wall', () => {
    const ticket = play(openedAt('2026-11-02T16:00'), ['2026-11-03T09:00', command.accept, foc]);
    expect(ticket.acceptedDuration).to.equal(17 * 60);
  });
});

describe('a pending under business hours', () => {
  const held = play(openedAt('2026-11-03T13:00'), ['2026-11-03T13:10', command.accept, foc]);

  it('over a holiday moves the due time by its open hours alone', () => {
    const back = play(
      held,
      ['2026-11-03T16:00', paused(10_000), noc],
      ['2026-11-05T09:00', command.resume, noc],
    );
    // An hour on Tuesday and one on Thursday; an hour of the promise was left.
    expect(promiseIn(back)).to.deep.equal(under('2026-11-05T10:00'));
    expect(back.totalPendingDuration).to.equal(41 * 60);
  });

  it('that begins and ends outside the hours moves it by what is open between', () => {
    const night = play(
      held,
      ['2026-11-03T16:30', command.onTheWay, foc],
      ['2026-11-03T20:00', paused(10_000), noc],
      ['2026-11-05T21:00', command.resume, noc],
    );
    expect(promiseIn(night)).to.deep.equal({
      slaDueAt: wib('2026-11-05T17:00'),
      slaType: 'OverSla',
      nextTimerAt: null,
    });
    const early = play(openedAt('2026-11-02T16:00'), ['2026-11-02T16:30', command.accept, foc]);
    const back = play(
      early,
      ['2026-11-02T18:00', paused(10_000), noc],
      ['2026-11-03T07:00', command.resume, noc],
    );
    expect(promiseIn(back)).to.deep.equal(under('2026-11-03T11:00'));
  });

  it('twice counts both, and the time between', () => {
    const back = play(
      openedAt('2026-11-02T09:00'),
      ['2026-11-02T09:00', command.accept, foc],
      ['2026-11-02T10:00', paused(600), noc],
      ['2026-11-02T11:00', command.resume, noc],
      ['2026-11-02T12:00', paused(600), noc],
      ['2026-11-02T14:00', command.resume, noc],
    );
    expect(promiseIn(back)).to.deep.equal(under('2026-11-02T16:00'));
  });

  it('that the clock ends exactly at its deadline keeps what was left', () => {
    const back = play(
      held,
      ['2026-11-03T15:00', paused(60), noc],
      ['2026-11-03T16:00', command.resume, clock],
    );
    expect(promiseIn(back)).to.deep.equal(under('2026-11-05T09:00'));
    const late = play(
      held,
      ['2026-11-03T15:00', paused(60), noc],
      ['2026-11-03T16:42', command.resume, clock],
    );
    expect(promiseIn(late)).to.deep.equal(promiseIn(back));
  });

  it('into which the due time falls keeps the ticket under its SLA', () => {
    const waiting = play(held, ['2026-11-03T16:59', paused(600), noc]);
    expect(waiting).to.deep.include({ slaType: 'UnderSla' });
    expect(refusalOf(give(waiting, command.breach, clock, '2026-11-03T17:30'))).to.equal(
      'ticket/wrong-status',
    );
    const back = play(waiting, ['2026-11-05T08:10', command.resume, noc]);
    expect(promiseIn(back)).to.deep.equal(under('2026-11-05T08:11'));
  });

  it('that begins in the minute the SLA is over does not turn it back', () => {
    const over = play(
      held,
      ['2026-11-03T17:00', paused(60), noc],
      ['2026-11-05T08:30', command.resume, noc],
    );
    expect(over.slaType).to.equal('OverSla');
  });
});

describe('the calendar of a ticket', () => {
  const ticket = openedAt('2026-11-05T09:00');
  const moment = (text: string) => ({ now: wib(text), newId: uuid(9) });
  const edited = (more: object, from = ticket) => {
    const decision = editTicket(
      more,
      from,
      admin,
      { client, area: null, policy: { ...policy, version: 7 } },
      moment('2026-11-05T10:00'),
    );
    if (!decision.ok) throw new Error(decision.refusal);
    return { ...from, ...decision.patch };
  };

  it('is its region’s when it is opened, without the holidays before', () => {
    const holidays = ['2027-01-01'];
    expect(openedAt('2026-11-06T09:00')).to.deep.include({
      slaCalendar: { ...calendar, holidays },
      slaVersion: 1,
    });
    expect(openedAt('2026-11-05T09:00', policy).slaCalendar).to.equal(null);
  });

  it('is none where nothing is promised', () => {
    const nobody = { client: null, address: 'Jl. Braga 9', customerType: 'Broadband' };
    expect(openedAt('2026-11-05T09:00', office, nobody)).to.deep.include({
      sla: 0,
      slaCalendar: null,
      slaVersion: null,
      slaDueAt: null,
    });
  });

  it('stays with the promise when the policy changes, and goes when that is made anew', () => {
    const same = edited({ remark: 'x' });
    expect(same.slaCalendar).to.deep.equal(ticket.slaCalendar);
    expect(same.slaVersion).to.equal(1);
    expect(edited({ customerType: 'Broadband' })).to.deep.include({
      sla: 1440,
      slaCalendar: null,
      slaVersion: 7,
    });
  });

  it('follows a draft into another region', () => {
    const draft = openedAt('2026-11-05T09:00', office, { isDraft: true });
    expect(draft.slaCalendar?.timeZone).to.equal('Asia/Jakarta');
    expect(edited({ region: 'East' }, draft)).to.deep.include({ slaCalendar: null });
  });
});

describe('a policy that is applied to running tickets', () => {
  const strict = {
    ...policy,
    Dedicated: { Trouble: 60, Maintenance: 60 },
    version: 2,
  };
  const renewed = (ticket: Ticket, text: string, next: typeof office | typeof strict = strict) => {
    const patch = renewPromise(ticket, next, wib(text));
    return patch && ticketSchema.strict().parse({ ...ticket, ...patch });
  };
  const accepted = play(openedAt('2026-11-02T09:00'), ['2026-11-02T09:30', command.accept, foc]);
  const resumed = play(
    accepted,
    ['2026-11-02T09:40', paused(600), noc],
    ['2026-11-02T10:40', command.resume, noc],
  );

  it('gives them the new promise, and keeps their pauses', () => {
    expect(renewed(resumed, '2026-11-02T10:50')).to.deep.include({
      sla: 60,
      slaCalendar: null,
      slaVersion: 2,
      ...under('2026-11-02T11:00'),
      totalPendingDuration: 60,
      ticketLogs: resumed.ticketLogs,
    });
  });

  it('turns them over their SLA at once, and back', () => {
    const over = renewed(resumed, '2026-11-02T11:00');
    expect(over).to.deep.include({ slaType: 'OverSla', nextTimerAt: null });
    const back = over && renewed(over, '2026-11-02T11:05', { ...office, version: 3 });
    expect(back).to.deep.include(under('2026-11-02T14:00'));
  });

  it('leaves a running pause its deadline', () => {
    const waiting = play(accepted, ['2026-11-02T09:40', paused(600), noc]);
    expect(renewed(waiting, '2026-11-02T12:00')).to.deep.include({
      slaType: 'UnderSla',
      nextTimerAt: wib('2026-11-02T19:40'),
    });
  });

  it('only marks those whose promise is the same', () => {
    expect(renewPromise(resumed, { ...office, version: 2 }, wib('2026-11-02T11:00'))).to.deep.equal(
      { slaVersion: 2 },
    );
  });

  it('changes nothing a second time, nor what is newer, closed or promised nothing', () => {
    const done = renewed(resumed, '2026-11-02T10:50');
    const closed = play(resumed, ['2026-11-02T10:50', command.cancel, noc]);
    for (const ticket of [
      done,
      closed,
      { ...resumed, slaVersion: 9 },
      { ...resumed, slaVersion: null },
    ]) {
      expect(ticket && renewPromise(ticket, strict, wib('2026-11-02T12:00'))).to.equal(null);
    }
  });
});

describe('the body of the SLA setting', () => {
  const West = { hours: { monday: OFFICE } };
  const fault = (calendars: unknown): string | undefined =>
    slaSettingBody.safeParse({ calendars }).error?.issues[0]?.path.slice(1).join('.');

  it('fills in the zone of the region, closed days and no holidays', () => {
    const body = slaSettingBody.parse({ calendars: { East: West, West: null } });
    expect(body.calendars?.East).to.deep.include({ timeZone: 'Asia/Jayapura', holidays: [] });
    expect(body.calendars?.East?.hours).to.deep.include({ monday: OFFICE, sunday: [] });
    expect(body.calendars?.West).to.equal(null);
  });

  it('takes holidays in any order and more than once', () => {
    const holidays = ['2026-12-25', '2026-01-01', '2026-12-25'];
    const { calendars } = slaSettingBody.parse({ calendars: { West: { ...West, holidays } } });
    expect(calendars?.West?.holidays).to.deep.equal(['2026-01-01', '2026-12-25']);
  });

  it('refuses hours, zones and dates that do not exist', () => {
    const monday = (...openings: string[]) => ({ West: { hours: { monday: openings } } });
    expect(fault(monday('8:00-17:00'))).to.equal('West.hours.monday.0');
    expect(fault(monday('08:00-24:01'))).to.equal('West.hours.monday.0');
    expect(fault(monday('17:00-08:00'))).to.equal('West.hours.monday');
    expect(fault(monday('08:00-12:00', '11:00-17:00'))).to.equal('West.hours.monday');
    expect(fault(monday('08:00-08:30'))).to.equal('West.hours');
    expect(fault({ West: { ...West, timeZone: 'Asia/Atlantis' } })).to.equal('West.timeZone');
    expect(fault({ West: { ...West, holidays: ['2026-02-30'] } })).to.equal('West.holidays.0');
    expect(fault({ North: West })).to.equal('');
  });
});
