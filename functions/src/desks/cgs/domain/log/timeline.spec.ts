import { expect } from 'chai';
import { FULL_AT } from '../document-size.ts';
import type { Ticket } from '../schemas.ts';
import { documentSize } from '../ticket.ts';
import {
  admin,
  after,
  clock,
  command,
  foc,
  freeze,
  give,
  lastCard,
  minute,
  noc,
  opened,
  play,
  refusalOf,
  ticketIn,
} from '../../../../../test/desks/cgs/fixtures.ts';
import { timelineOf } from './timeline.ts';
import { WORKING } from '../vocabulary.ts';

const held = ticketIn(foc);
const pendingCards = (ticket: Ticket) =>
  ticket.ticketLogs.flatMap((card) => (card.statusName === 'Pending' ? [card] : []));

describe('a pending', () => {
  for (const status of WORKING) {
    it(`goes from ${status} and comes back to it, with all that was known`, () => {
      const paused = after(command.pending, held[status], noc, 100);
      expect(paused).to.deep.include({
        latestStatus: 'Pending',
        statusBeforePending: status,
        inProgressByFoc: true,
        isLastLinkChecking: false,
        nextTimerAt: minute(130),
        slaDueAt: minute(240),
      });
      const back = after(command.resume, paused, foc, 110);
      const { ticketLogs, updatedAt, pendingCategory, ...known } = held[status];
      expect(back).to.deep.include({
        ...known,
        totalPendingDuration: 10,
        slaDueAt: minute(250),
        nextTimerAt: minute(250),
      });
      expect(lastCard(back)).to.include({ cardType: 'SimpleStatus', statusName: status });
    });
  }

  it('resumed by hand gets the minutes since its approval, rounded up', () => {
    const asked = after(command.pending, held.OnTheWay, foc, 20);
    const paused = play(asked, ['approve', noc, 30]);
    expect(paused).to.deep.include({ nextTimerAt: minute(60), totalPendingDuration: 0 });
    const back = after(command.resume, paused, foc, 41.5);
    expect(pendingCards(back).map((card) => [card.isResumed, card.pendingInterval])).to.deep.equal([
      [true, 12],
      [true, 12],
    ]);
    expect(back.totalPendingDuration).to.equal(21.5);
  });

  it('is ended by the clock at its deadline, however late the clock runs', () => {
    const paused = after(command.pending, held.OnTheWay, noc, 20);
    expect(refusalOf(give(command.resume, paused, clock, 49.9))).to.equal('ticket/not-due');
    const back = after(command.resume, paused, clock, 53);
    expect(lastCard(back)).to.deep.include({
      timestamp: minute(50),
      bubbleOption: { photoUrl: '', name: 'System' },
    });
    expect(back).to.deep.include({ totalPendingDuration: 30, updatedAt: minute(53) });
    expect(pendingCards(back).map((card) => card.pendingInterval)).to.deep.equal([30]);
  });

  it('is ended by the clock no earlier than a request made meanwhile, which still waits', () => {
    const asked = play(held.Pending, [command.cancel, foc, 52]);
    const back = after(command.resume, asked, clock, 53);
    expect(lastCard(back).timestamp).to.deep.equal(minute(52));
    expect(back.needValidate).to.equal(true);
    expect(play(back, ['approve', noc, 60]).totalTime).to.equal(52);
  });

  it('resumed by hand after its deadline ends at the deadline', () => {
    const back = after(command.resume, held.Pending, foc, 58);
    expect(pendingCards(back).map((card) => card.pendingInterval)).to.deep.equal([30]);
    expect(lastCard(back).timestamp).to.deep.equal(minute(50));
    expect(back).to.deep.include({ totalPendingDuration: 30, updatedAt: minute(58) });
    expect(lastCard(back)).to.deep.include({
      bubbleOption: { photoUrl: foc.profilePhoto, name: foc.name },
    });
  });

  it('that the clock ended is over, even for a request made before and approved after', () => {
    const asked = after(command.cancel, held.Pending, foc, 40);
    const back = after(command.resume, asked, clock, 50);
    expect(play(back, ['approve', noc, 60])).to.include({
      totalTime: 50,
      totalPendingDuration: 30,
    });
  });

  it('ends when another FOC takes over, not when the FOC asked for that', () => {
    const asked = after(command.reassign, held.Pending, foc, 25);
    const ticket = after(command.assign, asked, admin, 40);
    expect(ticket).to.include({ totalPendingDuration: 20, acceptedDuration: 40 });
    expect(pendingCards(ticket)).to.have.lengthOf(1);
    expect(pendingCards(ticket)[0]).to.include({ isResumed: true, pendingInterval: 20 });
  });

  it('leaves its category on the ticket once it is agreed to', () => {
    expect(after(command.pending, held.OnTheWay, foc, 20).pendingCategory).to.equal(null);
    const back = after(command.resume, held.Pending, foc, 30);
    expect(back.pendingCategory).to.equal('Weather');
  });

  it('is not work: the time after check-in counts without it', () => {
    const back = play(held.OnGoing, [command.pending, noc, 70], [command.resume, foc, 90]);
    const closed = play(back, [command.finishing, foc, 100], ['approve', noc, 120]);
    expect(closed).to.include({ workDuration: 50, totalPendingDuration: 20, totalTime: 100 });
  });

  it('ends where a ticket closes', () => {
    const asked = play(held.Pending, [command.cancel, foc, 44], ['approve', noc, 60]);
    expect(asked).to.include({ totalPendingDuration: 24, totalTime: 44 });
    expect(pendingCards(asked)[0]).to.include({ isResumed: true, pendingInterval: 24 });
    const refused = play(held.Pending, [command.cancel, foc, 44], ['refuse', noc, 45]);
    expect(pendingCards(refused)[0]).to.include({ isResumed: false, pendingInterval: 30 });
    const closed = play(held.Pending, [command.cancel, noc, 45]);
    expect(pendingCards(closed)[0]).to.include({ isResumed: true, pendingInterval: 25 });
    expect(closed).to.include({ totalPendingDuration: 25, statusBeforePending: null });
    expect(timelineOf(closed.ticketLogs).pendings).to.deep.equal([
      { from: minute(20), to: minute(45), deadline: minute(45), category: 'Weather' },
    ]);
  });
});

describe('the SLA', () => {
  it('is due after the minutes promised, and over from that moment on', () => {
    const ticket = held.Open;
    expect(ticket).to.deep.include({ slaDueAt: minute(240), nextTimerAt: minute(240) });
    expect(refusalOf(give(command.breach, ticket, clock, 239.9))).to.equal('ticket/not-due');
    const late = after(command.breach, ticket, clock, 240);
    expect(late).to.deep.include({ slaType: 'OverSla', nextTimerAt: null });
    expect(late.ticketLogs).to.deep.equal(ticket.ticketLogs);
    expect(refusalOf(give(command.breach, late, clock, 241))).to.equal('ticket/not-due');
  });

  it('is updated by any command, without waiting for the clock', () => {
    expect(after(command.accept, held.Open, foc, 239).slaType).to.equal('UnderSla');
    expect(after(command.accept, held.Open, foc, 241).slaType).to.equal('OverSla');
  });

  it('is judged for a closed ticket by when the work was done, not when it was approved', () => {
    const asked = after(command.finishing, held.OnGoing, foc, 230);
    const breached = after(command.breach, asked, clock, 250);
    expect(play(breached, ['approve', noc, 300]).slaType).to.equal('UnderSla');
  });
});

describe('publishing', () => {
  const draft = opened({ isDraft: true, publishedAt: minute(60).toISOString() });

  it('by hand happens now', () => {
    const open = after(command.publish, draft, noc, 20);
    expect(open).to.deep.include({
      publishedAt: minute(20),
      slaDueAt: minute(260),
      isDraft: false,
    });
  });

  it('by the clock is dated when it was planned, however late the clock runs', () => {
    expect(draft.nextTimerAt).to.deep.equal(minute(60));
    expect(refusalOf(give(command.publish, draft, clock, 59))).to.equal('ticket/not-due');
    const open = after(command.publish, draft, clock, 63);
    expect(open.publishedAt).to.deep.equal(minute(60));
    expect(lastCard(open).timestamp).to.deep.equal(minute(60));
    expect(open).to.deep.include({ latestStatus: 'Open', slaDueAt: minute(300) });
  });

  it('of a draft without a date is left to people', () => {
    const idle = opened({ isDraft: true });
    expect(idle).to.include({ publishedAt: null, nextTimerAt: null });
    expect(refusalOf(give(command.publish, idle, clock, 1e6))).to.equal('ticket/not-due');
  });
});

describe('a clock that lags behind the log', () => {
  it('never makes the times of a ticket run backwards', () => {
    const ticket = after(command.onTheWay, held.Accepted, foc, 2);
    expect(lastCard(ticket).timestamp).to.deep.equal(minute(5));
    expect(ticket.updatedAt).to.deep.equal(minute(5));
  });
});

describe('a log that is full', () => {
  const remark = 'x'.repeat(2000);
  const card = { ...lastCard(after(command.tidying, held.OnGoing, foc, 64)), remark };
  const one = documentSize({ ...held.OnGoing, ticketLogs: [card] });
  const fits = Math.floor(FULL_AT / (one - documentSize({ ...held.OnGoing, ticketLogs: [] })));
  const full = freeze({
    ...held.OnGoing,
    ticketLogs: [...held.OnGoing.ticketLogs, ...Array.from({ length: fits }, () => card)],
  });

  it('refuses every entry of the crew and every pending', () => {
    for (const [given, actor] of [
      [command.tidying, foc],
      [command.cancel, foc],
      [command.reassign, foc],
      [command.pending, noc],
    ] as const) {
      expect(refusalOf(give(given, full, actor, 70))).to.equal('ticket/log-full');
    }
  });

  it('still takes the breach of its SLA, and a cancel by NOC, and stays storable', () => {
    expect(give(command.breach, full, clock, 300).ok).to.equal(true);
    const words = { remark: '漢'.repeat(2000), mediaUrl: `https://m.test/${'x'.repeat(2000)}` };
    const room = { ...full, ticketLogs: full.ticketLogs.slice(0, -12) };
    const asked = play(room, [{ ...command.finishing, ...words }, foc, 80]);
    const decision = give({ ...command.cancel, ...words }, asked, noc, 90);
    expect(decision.ok && documentSize({ ...asked, ...decision.patch })).to.be.within(1, 260_000);
  });

  it('is measured as Firestore measures a document', () => {
    const empty = 16 + 8 + 3 + 32;
    expect(documentSize({ documentId: 'ab' })).to.equal(empty + 11 + 3);
    const odd = { documentId: 'ab', a: 'é', b: [1, true, null], c: { d: new Date(0) } };
    expect(documentSize(odd)).to.equal(empty + 14 + (2 + 3) + (2 + 10) + (2 + 2 + 8));
  });
});
