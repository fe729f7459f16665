import { expect } from 'chai';
import { editTicket } from '../ticket.ts';
import {
  admin,
  client,
  clock,
  command,
  foc,
  noc,
  policy,
  refusalOf,
  uuid,
} from '../../../../../test/desks/cgs/fixtures.ts';
import {
  calendar,
  office,
  wib,
  openedAt,
  give,
  play,
  paused,
  promiseIn,
  under,
} from '../../../../../test/desks/cgs/office-hours.ts';

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

  it('counts across the end of a month and of a year', () => {
    expect(promiseIn(openedAt('2026-11-30T15:00'))).to.deep.equal(under('2026-12-01T10:00'));
    expect(promiseIn(openedAt('2026-12-31T15:00'))).to.deep.equal(under('2027-01-04T10:00'));
  });

  it('does not change durations, which count all minutes', () => {
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

  it('moves the due time twice when it happens twice', () => {
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

  it('that the clock ends at its deadline leaves the rest of the promise', () => {
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
    const waiting = play(held, ['2026-11-03T16:59', paused(2400), noc]);
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

  it('is null when nothing is promised', () => {
    const nobody = { client: null, address: 'Jl. Braga 9', customerType: 'Broadband' };
    expect(openedAt('2026-11-05T09:00', office, nobody)).to.deep.include({
      sla: 0,
      slaCalendar: null,
      slaVersion: null,
      slaDueAt: null,
    });
  });

  it('stays the same when the policy changes, until the ticket gets a new promise', () => {
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
