import { expect } from 'chai';
import type { Person } from './schemas.ts';
import {
  after,
  answer,
  boss,
  clock,
  command,
  contractFields,
  foc,
  foc2,
  give,
  lastCard,
  minute,
  noc,
  opened,
  play,
  refusalOf,
  statusNames,
  ticketIn,
  uuid,
} from '../../../../test/desks/cgs/fixtures.ts';

const iso = (at: number): string => minute(at).toISOString();

const held = ticketIn(foc);

describe('a ticket from its opening to Closed', () => {
  it('writes one card for each change, request and answer, in order', () => {
    expect(statusNames(held.Closed)).to.deep.equal([
      'SimpleStatus Open',
      'SimpleStatus Accepted',
      'SimpleStatus OnTheWay',
      'RequestValidationAction CheckedIn',
      'RequestValidationDone CheckedIn',
      'SimpleStatus Jointing',
      'RequestValidationAction LinkChecking',
      'RequestValidationDone LinkChecking',
      'FinishingAction Finishing',
      'RequestValidationDone Finishing',
      'SimpleStatus Closed',
    ]);
  });

  it('dates an approved request at the moment it was made, and counts minutes from the log', () => {
    expect(held.Closed).to.deep.include({
      latestStatus: 'Closed',
      resolution: 'Finished',
      latestTaskStatus: 'Finishing',
      isActive: false,
      inProgressByFoc: false,
      needValidate: false,
      isLastLinkChecking: false,
      acceptedTime: iso(5),
      departureTime: iso(10),
      checkInTime: iso(30),
      onGoingTime: iso(40),
      acceptedDuration: 5,
      onTheWayDuration: 20,
      workDuration: 40,
      totalPendingDuration: 0,
      totalTime: 70,
      slaType: 'UnderSla',
      slaDueAt: minute(240),
      nextTimerAt: null,
      publishedAt: minute(0),
      closedAt: minute(70),
      updatedAt: minute(75),
    });
    expect(held.Closed.foc).to.deep.equal(foc);
  });

  it('ends with a card Closed that carries the evidence of the request to close it', () => {
    const { remark, mediaUrl, locationCoordinate } = command.finishing;
    const [asked] = held.Closed.ticketLogs.filter(({ cardType }) => cardType === 'FinishingAction');
    expect(lastCard(held.Closed)).to.deep.equal({
      cardType: 'SimpleStatus',
      timestamp: minute(75),
      bubbleOption: { photoUrl: noc.profilePhoto, name: noc.name },
      title: 'Closed',
      description: 'The ticket is now: Closed.',
      statusName: 'Closed',
      needApproval: true,
      isApproved: true,
      evidenceId: asked && 'evidenceId' in asked && asked.evidenceId,
      remark,
      approvalRemark: 'well done',
      mediaUrl,
      locationCoordinate,
      data: { mediaUrl, locationCoordinate },
    });
  });

  it('gives each card exactly the fields of the contract', () => {
    const reassigned = play(held.CheckedIn, [command.reassign, foc, 50], ['refuse', noc, 51]);
    const logs = [held, ticketIn(boss)]
      .flatMap((set) => Object.values(set))
      .concat(
        play(reassigned, [command.reassign, foc, 52], [command.assign, boss, 53]),
        play(held.Pending, [command.resume, noc, 30], [command.cancel, noc, 31]),
      );
    for (const card of logs.flatMap(({ ticketLogs }) => ticketLogs)) {
      expect(Object.keys(card).sort(), `${card.cardType} ${card.statusName}`).to.deep.equal(
        contractFields(card),
      );
    }
  });

  it('shows a card under the name and the photo of the person who acted', () => {
    expect(lastCard(held.Accepted)).to.deep.equal({
      cardType: 'SimpleStatus',
      timestamp: minute(5),
      bubbleOption: { photoUrl: foc.profilePhoto, name: foc.name },
      title: 'Accepted',
      description: 'The ticket is now: Accepted.',
      statusName: 'Accepted',
      needApproval: false,
      data: {},
    });
  });

  it('stores only the fields of a person that the contract names', () => {
    const principal: Person & { secret: string } = { ...foc, secret: 'session' };
    const decision = give(command.accept, held.Open, principal, 5);
    expect(decision.ok && decision.patch.foc).to.deep.equal(foc);
  });

  it('asks for a new link check after a plain task', () => {
    expect(held.OnGoing.isLastLinkChecking).to.equal(true);
    const ticket = after(command.tidying, held.OnGoing, foc, 65);
    expect(ticket.isLastLinkChecking).to.equal(false);
    expect(refusalOf(give(command.finishing, ticket, foc, 66))).to.equal(
      'ticket/link-check-needed',
    );
  });
});

describe('a request', () => {
  it('waits without moving the ticket, and carries what was sent', () => {
    const ticket = after(command.checkedIn, held.OnTheWay, foc, 30);
    expect(ticket).to.include({ latestStatus: 'OnTheWay', needValidate: true, checkInTime: null });
    expect(lastCard(ticket)).to.deep.include({
      cardType: 'RequestValidationAction',
      isApproved: null,
      approvalRemark: null,
      remark: command.checkedIn.remark,
      mediaUrl: command.checkedIn.mediaUrl,
      locationCoordinate: command.checkedIn.locationCoordinate,
      data: {
        mediaUrl: command.checkedIn.mediaUrl,
        locationCoordinate: command.checkedIn.locationCoordinate,
      },
      descriptionFields: [{ name: 'Remark', text: 'done' }],
    });
  });

  const requests = [
    ['checkedIn', 'OnTheWay', 'CheckedIn'],
    ['linkChecking', 'OnGoing', 'OnGoing'],
    ['finishing', 'OnGoing', 'Closed'],
    ['pending', 'CheckedIn', 'Pending'],
    ['cancel', 'Accepted', 'Closed'],
  ] as const;
  for (const [name, from, to] of requests) {
    it(`${name}: refused it leaves ${from}, approved it reaches ${to}`, () => {
      const asked = after(command[name], held[from], foc, 80);
      expect(held[from].waitingFor).to.equal(null);
      expect(asked.waitingFor).to.equal(lastCard(asked).statusName);
      const refused = after(answer(asked, false), asked, noc, 85);
      expect(refused).to.include({ latestStatus: from, needValidate: false });
      expect(lastCard(refused)).to.deep.include({
        cardType: 'RequestValidationDone',
        isApproved: false,
        approvalRemark: 'well done',
        timestamp: minute(85),
      });
      const approved = after(answer(asked, true), asked, noc, 85);
      expect(approved).to.include({ latestStatus: to, needValidate: false });
      const answered = approved.ticketLogs.at(to === 'Closed' ? -3 : -2);
      expect(answered).to.deep.include({
        isApproved: true,
        approvalRemark: 'well done',
        timestamp: minute(80),
      });
      const again = after(command[name], refused, foc, 90);
      expect(again.needValidate).to.equal(true);
    });
  }

  it('is answered once: a second answer, and one to nothing, are refused', () => {
    const asked = after(command.checkedIn, held.OnTheWay, foc, 30);
    const answered = after(answer(asked, true), asked, noc, 31);
    expect(refusalOf(give(answer(asked, false), answered, noc, 32))).to.equal('evidence/settled');
    const unknown = { ...command.validate, evidenceId: uuid(9) };
    expect(refusalOf(give(unknown, asked, noc, 32))).to.equal('evidence/not-found');
  });

  it("is answered as refused, saying why, by NOC's own pending or cancel", () => {
    const asked = after(command.checkedIn, held.OnTheWay, foc, 30);
    for (const [name, status] of [
      ['pending', 'Pending'],
      ['cancel', 'Closed'],
    ] as const) {
      const ticket = after(command[name], asked, noc, 33);
      expect(ticket).to.include({ latestStatus: status, needValidate: false, checkInTime: null });
      const names = statusNames(ticket).filter((each) => each !== 'SimpleStatus Closed');
      expect(names.slice(-3)).to.deep.equal([
        'RequestValidationAction CheckedIn',
        'RequestValidationDone CheckedIn',
        `SimpleStatus ${name === 'pending' ? 'Pending' : 'Canceled'}`,
      ]);
      const answered = ticket.ticketLogs.at(name === 'pending' ? -3 : -4);
      expect(answered).to.include({ isApproved: false });
      expect(answered && 'approvalRemark' in answered && answered.approvalRemark).to.match(/NOC/);
    }
  });

  it('counts for the SLA from when it was made: a breach in between is undone', () => {
    const asked = after(command.pending, held.OnGoing, foc, 239);
    const breached = after(command.breach, asked, clock, 240);
    expect(breached).to.deep.include({ slaType: 'OverSla', nextTimerAt: null });
    const paused = after(answer(breached, true), breached, noc, 250);
    expect(paused).to.deep.include({ slaType: 'UnderSla', nextTimerAt: minute(280) });
  });
});

describe('cancel', () => {
  it('by NOC closes a ticket from every status', () => {
    const { Closed: _, ...others } = held;
    for (const [status, ticket] of Object.entries(others)) {
      const canceled = after(command.cancel, ticket, noc, 100);
      expect(canceled, status).to.include({ latestStatus: 'Closed', resolution: 'Canceled' });
      expect(canceled.ticketLogs.at(-2)).to.include({
        cardType: 'SimpleStatus',
        statusName: 'Canceled',
        isApproved: true,
        needApproval: true,
        description: 'Duplicate',
      });
      expect(lastCard(canceled)).to.include({
        cardType: 'SimpleStatus',
        statusName: 'Closed',
        remark: command.cancel.remark,
        mediaUrl: command.cancel.mediaUrl,
      });
      expect(canceled.totalTime).to.equal(status === 'Draft' ? null : 100);
      expect(canceled.workDuration).to.equal(ticket.checkInTime ? 70 : null);
    }
  });

  it('is filed under its category, which the ticket has once it is canceled', () => {
    const asked = after(command.cancel, held.Accepted, foc, 100);
    expect(asked.cancelCategory).to.equal(null);
    expect(lastCard(asked)).to.include({ cancelCategory: 'Duplicate' });
    expect(after(answer(asked, false), asked, noc, 101).cancelCategory).to.equal(null);
    expect(after(answer(asked, true), asked, noc, 101).cancelCategory).to.equal('Duplicate');
    expect(after(command.cancel, held.Pending, noc, 101).cancelCategory).to.equal('Duplicate');
    expect(held.Closed.cancelCategory).to.equal(null);
  });

  it('of a draft leaves it unpublished', () => {
    const canceled = after(command.cancel, held.Draft, noc, 100);
    expect(canceled).to.include({ publishedAt: null, slaDueAt: null, isDraft: false });
  });

  it('names the allowed categories when it refuses another', () => {
    for (const given of [
      { ...command.cancel, cancelCategory: 'Mood' },
      { ...command.pending, pendingCategory: 'Mood' },
    ] as const) {
      expect(give(given, held.OnGoing, noc, 100)).to.deep.equal({
        ok: false,
        refusal: 'category/unknown',
        field: `${given.name}Category`,
        message: `Choose one of: ${given.categories.join(', ')}.`,
      });
    }
  });
});

describe('a ticket without a client', () => {
  it('has no SLA to keep', () => {
    const ticket = opened({ client: null, address: 'Jl. Braga 9', customerType: 'Broadband' });
    expect(ticket).to.deep.include({
      sla: 0,
      slaType: 'NonSla',
      slaDueAt: null,
      nextTimerAt: null,
    });
    const taken = after(command.accept, ticket, foc2, 100_000);
    expect(taken.slaType).to.equal('NonSla');
    expect(refusalOf(give(command.breach, taken, clock, 100_001))).to.equal('ticket/not-due');
  });
});
