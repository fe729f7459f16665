import { expect } from 'chai';
import { type Ticket, ticketSchema } from '../schemas.ts';
import { renewPromise } from './sla-promise.ts';
import { command, foc, noc, policy } from '../../../../../test/desks/cgs/fixtures.ts';
import {
  office,
  wib,
  openedAt,
  play,
  paused,
  under,
} from '../../../../../test/desks/cgs/office-hours.ts';

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

  it('makes them OverSla immediately, and UnderSla again', () => {
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

  it('only updates the version of those whose promise is the same', () => {
    expect(renewPromise(resumed, { ...office, version: 2 }, wib('2026-11-02T11:00'))).to.deep.equal(
      { slaVersion: 2 },
    );
  });

  it('changes nothing a second time, and no ticket that is newer, closed or without a promise', () => {
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
