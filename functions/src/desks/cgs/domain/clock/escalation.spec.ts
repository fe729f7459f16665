import { expect } from 'chai';
import { renewEscalation } from './renew-escalation.ts';
import { escalationBody, type EscalationSetting, type Ticket, ticketSchema } from '../schemas.ts';
import {
  after,
  boss,
  clock,
  command,
  foc,
  give,
  lastCard,
  minute,
  noc,
  opened,
  patient,
  play,
  policy,
  refusalOf,
} from '../../../../../test/desks/cgs/fixtures.ts';

/** Minutes until each is told, which differ so that each is recognized. */
const strict = {
  ...patient,
  dueSoon: 30,
  Open: { FOC: 10, FOCSupervisor: 20, NOC: 40 },
  Accepted: { FOC: 15, FOCSupervisor: 35, NOC: 50 },
  release: 60,
  version: 3,
};
const openedUnder = (escalation: EscalationSetting) => opened({}, { ...policy, escalation });

const open = openedUnder(strict);
const accepted = after(command.accept, open, foc, 5);

/** What the clock does at a minute; at any other it is refused. */
const ticked = (ticket: Ticket, at: number) => after(command.warn, ticket, clock, at);
const isNotDue = (ticket: Ticket, at: number) =>
  refusalOf(give(command.warn, ticket, clock, at)) === 'ticket/not-due';
const standing = ({ escalatedTo, releaseAt, nextTimerAt }: Ticket) => ({
  escalatedTo,
  releaseAt,
  nextTimerAt,
});

describe('a ticket that is due soon', () => {
  const calm = openedUnder({ ...patient, dueSoon: 30 });

  it('is marked the minutes of the policy before its SLA is over, and not before', () => {
    expect(calm).to.deep.include({ isDueSoon: false, nextTimerAt: minute(210) });
    expect(isNotDue(calm, 209.9)).to.equal(true);
    const soon = ticked(calm, 210);
    expect(soon).to.deep.include({ isDueSoon: true, nextTimerAt: minute(240) });
    expect(after(command.breach, soon, clock, 240)).to.deep.include({
      isDueSoon: false,
      slaType: 'OverSla',
      nextTimerAt: null,
    });
  });

  it('stays so through a pause, which puts off the due time', () => {
    const held = play(calm, [command.accept, foc, 5], [command.warn, clock, 211]);
    const paused = after(command.pending, held, noc, 220);
    expect(paused).to.include({ isDueSoon: true });
    const back = after(command.resume, paused, noc, 240);
    expect(back).to.deep.include({ isDueSoon: true, nextTimerAt: minute(260) });
  });

  it('is no longer so when it is closed, or without a promise or a policy', () => {
    const soon = ticked(calm, 210);
    expect(after(command.cancel, soon, noc, 215)).to.include({ isDueSoon: false });
    const free = opened(
      { client: null, address: 'Jl. Braga 9', customerType: 'Broadband' },
      { ...policy, escalation: strict },
    );
    for (const ticket of [free, openedUnder(patient)]) {
      const late = after(command.accept, ticket, foc, 239);
      expect(late).to.include({ isDueSoon: false });
    }
  });
});

describe('an Open ticket that nobody accepts', () => {
  it('is told of to the crews, their supervisor and NOC, one after the other', () => {
    expect(standing(open)).to.deep.equal({
      escalatedTo: null,
      releaseAt: null,
      nextTimerAt: minute(10),
    });
    const steps = [10, 20, 40].reduce<Ticket[]>(
      (all, at) => [...all, ticked(all.at(-1) ?? open, at)],
      [],
    );
    expect(steps.map(standing)).to.deep.equal([
      { escalatedTo: 'FOC', releaseAt: null, nextTimerAt: minute(20) },
      { escalatedTo: 'FOCSupervisor', releaseAt: null, nextTimerAt: minute(40) },
      { escalatedTo: 'NOC', releaseAt: null, nextTimerAt: minute(210) },
    ]);
    expect(steps.at(-1)?.ticketLogs).to.deep.equal(open.ticketLogs);
  });

  it('goes to the one who is due last if the clock is late', () => {
    expect(ticked(open, 39).escalatedTo).to.equal('FOCSupervisor');
  });

  it('waits no more once it is accepted', () => {
    const told = ticked(open, 10);
    expect(standing(after(command.accept, told, foc, 12))).to.deep.equal({
      escalatedTo: null,
      releaseAt: minute(72),
      nextTimerAt: minute(27),
    });
  });
});

describe('an accepted ticket that nobody starts', () => {
  const told = ticked(ticked(accepted, 20), 40);

  it('is told of to its FOC, the supervisor and NOC, and goes back to Open', () => {
    expect(standing(told)).to.deep.equal({
      escalatedTo: 'FOCSupervisor',
      releaseAt: minute(65),
      nextTimerAt: minute(55),
    });
    expect(refusalOf(give(command.release, told, clock, 64.9))).to.equal('ticket/not-due');
    const released = after(command.release, ticked(told, 55), clock, 66);
    expect(released).to.deep.include({
      latestStatus: 'Open',
      foc: null,
      inProgressByFoc: false,
      acceptedTime: null,
      acceptedDuration: null,
      escalatedTo: null,
      releaseAt: null,
      nextTimerAt: minute(75),
    });
    expect(lastCard(released)).to.deep.include({
      timestamp: minute(65),
      statusName: 'Open',
      bubbleOption: { photoUrl: '', name: 'System' },
      description: 'Nobody started it in time.',
    });
  });

  it('keeps its promise and its first acceptance when it goes back', () => {
    const released = after(command.release, accepted, clock, 65);
    const { publishedAt, slaDueAt, firstAcceptedTime, firstAcceptedDuration } = accepted;
    const first = { publishedAt, slaDueAt, firstAcceptedTime, firstAcceptedDuration };
    expect(released).to.deep.include(first);
    const again = after(command.accept, released, boss, 80);
    expect(again).to.deep.include({ ...first, foc: { ...boss }, acceptedDuration: 80 });
  });

  it('goes back at the time at which that was due, however late the clock is', () => {
    const released = after(command.release, accepted, clock, 300);
    expect(lastCard(released).timestamp).to.deep.equal(minute(65));
    expect(released).to.include({ escalatedTo: 'NOC', slaType: 'OverSla' });
  });

  it('stays with a FOC who starts, even after it was due', () => {
    const started = after(command.onTheWay, accepted, foc, 70);
    expect(standing(started)).to.deep.equal({
      escalatedTo: null,
      releaseAt: null,
      nextTimerAt: minute(210),
    });
    expect(refusalOf(give(command.release, started, clock, 71))).to.equal('ticket/wrong-status');
  });

  it('stays while a request waits for NOC, and begins to wait anew when it is refused', () => {
    const asked = after(command.reassign, told, foc, 50);
    expect(standing(asked)).to.deep.equal({
      escalatedTo: null,
      releaseAt: null,
      nextTimerAt: minute(210),
    });
    expect(refusalOf(give(command.release, asked, clock, 100))).to.equal(
      'ticket/awaiting-validation',
    );
    const refused = play(asked, ['refuse', noc, 100]);
    expect(refused).to.deep.include({ releaseAt: minute(160), nextTimerAt: minute(115) });
  });

  it('is not told of during a pending, and begins to wait anew after it', () => {
    const paused = after(command.pending, told, noc, 45);
    expect(standing(paused)).to.deep.equal({
      escalatedTo: null,
      releaseAt: null,
      nextTimerAt: minute(75),
    });
    const back = after(command.resume, paused, clock, 80);
    expect(back).to.deep.include({ releaseAt: minute(135), nextTimerAt: minute(90) });
  });

  it('waits anew with another FOC', () => {
    const handed = after(command.assign, told, boss, 50);
    expect(handed).to.deep.include({ escalatedTo: null, releaseAt: minute(110) });
  });

  it('stays for ever where the policy says nothing', () => {
    const calm = after(command.accept, openedUnder(patient), foc, 5);
    expect(standing(calm)).to.deep.equal({
      escalatedTo: null,
      releaseAt: null,
      nextTimerAt: minute(240),
    });
  });
});

describe('an edited policy of escalation', () => {
  const edited = { ...strict, release: 30, since: minute(100), version: 4 };
  const renewed = (ticket: Ticket, at: number, next = edited) => {
    const patch = renewEscalation(ticket, next, minute(at));
    return patch && ticketSchema.strict().parse({ ...ticket, ...patch });
  };

  it('counts from the edit in a ticket under way, and from its next move afterwards', () => {
    const known = renewed(accepted, 101);
    expect(known).to.deep.include({
      escalationVersion: 4,
      escalatedTo: null,
      releaseAt: minute(130),
      nextTimerAt: minute(115),
    });
    const handed = known && after(command.assign, known, boss, 120);
    expect(handed).to.deep.include({ releaseAt: minute(150) });
  });

  it('leaves a ticket as it stands if its minutes are the same', () => {
    expect(renewEscalation(accepted, { ...edited, release: 60 }, minute(101))).to.deep.equal({
      escalationVersion: 4,
    });
  });

  it('goes on waiting, and tells nobody again, when only the warning of the SLA is another', () => {
    const ticket = ticked(accepted, 20);
    expect(ticket.escalatedTo).to.equal('FOC');
    const { dueSoon, ...waits } = edited;
    const next = { ...waits, release: 60, dueSoon: (dueSoon ?? 0) + 15 };
    const { escalatedTo, releaseAt } = ticket;
    expect(renewed(ticket, 21, next)).to.deep.include({
      escalatedTo,
      releaseAt,
      escalationVersion: 4,
    });
  });

  it('changes nothing a second time, and no ticket that is newer, closed or older than policies', () => {
    const closed = after(command.cancel, accepted, noc, 10);
    const others = [
      renewed(accepted, 101),
      closed,
      { ...accepted, escalationVersion: 9 },
      { ...accepted, escalationVersion: null },
    ];
    for (const ticket of others) expect(ticket && renewed(ticket, 102)).to.equal(null);
  });

  it('may leave fields out, and tells nobody before the one whose turn is first', () => {
    expect(escalationBody.parse({ release: 60 })).to.deep.equal({ release: 60 });
    const fault = (Open: unknown) =>
      escalationBody.safeParse({ Open }).error?.issues.map(({ path }) => path.join('.'));
    expect(fault({ FOC: 10, FOCSupervisor: null, NOC: 10 })).to.equal(undefined);
    expect(fault({ FOC: 10, FOCSupervisor: 5, NOC: null })).to.deep.equal(['Open']);
    expect(fault({ FOC: 10, FOCSupervisor: null, NOC: 5 })).to.deep.equal(['Open']);
    expect(fault({ FOC: 0, FOCSupervisor: null, NOC: 100_000 })).to.deep.equal([
      'Open.FOC',
      'Open.NOC',
    ]);
    expect(fault({ FOC: 10 })).to.deep.equal(['Open.FOCSupervisor', 'Open.NOC']);
  });
});
