import { expect } from 'chai';
import type { LogCard } from '../schemas.ts';
import { WORKING } from '../vocabulary.ts';
import {
  admin,
  after,
  answer,
  boss,
  command,
  foc,
  foc3,
  focEast,
  give,
  lastCard,
  minute,
  noc,
  refusalOf,
  statusNames,
  ticketIn,
} from '../../../../../test/desks/cgs/fixtures.ts';

const iso = (at: number): string => minute(at).toISOString();
const evidenceOf = (card: LogCard) => ('evidenceId' in card ? card.evidenceId : null);
const held = ticketIn(foc);

describe('another FOC', () => {
  it('who is assigned to an Open ticket has it as if they had accepted it', () => {
    const ticket = after(command.assign, held.Open, boss, 5);
    expect(ticket).to.deep.include({ foc: foc3, latestStatus: 'Accepted', acceptedTime: iso(5) });
    expect(statusNames(ticket).at(-1)).to.equal('SimpleStatus Accepted');
  });

  for (const status of [...WORKING, 'Pending'] as const) {
    it(`takes over a ${status} ticket from the start`, () => {
      const ticket = after(command.assign, held[status], admin, 90);
      expect(ticket).to.deep.include({
        foc: foc3,
        latestStatus: 'Accepted',
        acceptedTime: iso(90),
        acceptedDuration: 90,
        firstAcceptedTime: iso(5),
        firstAcceptedDuration: 5,
        departureTime: null,
        checkInTime: null,
        onGoingTime: null,
        latestTaskStatus: null,
        statusBeforePending: null,
        isLastLinkChecking: false,
        nextTimerAt: minute(status === 'Pending' ? 310 : 240),
      });
      const { email, id, name, nik, region, role } = foc;
      expect(lastCard(ticket)).to.deep.include({
        cardType: 'ReassignAction',
        isApproved: true,
        focBeforeReassigned: { email, id, name, nik, region, role },
      });
    });
  }

  it('is assigned in answer to a request to be replaced', () => {
    const asked = after(command.reassign, held.OnTheWay, foc, 20);
    expect(asked).to.include({ needReassign: true, needValidate: true, latestStatus: 'OnTheWay' });
    expect(asked.waitingFor).to.equal('Reassign');
    const ticket = after(command.assign, asked, boss, 25);
    expect(ticket).to.include({ needReassign: false, needValidate: false });
    expect(ticket.ticketLogs.at(-2)).to.include({
      evidenceId: evidenceOf(lastCard(ticket)),
      isApproved: true,
      approvalRemark: command.assign.remark,
      remark: command.reassign.remark,
    });
  });

  it('is assigned whatever request waits, which is refused and says why', () => {
    const waiting = [
      after(command.checkedIn, held.OnTheWay, foc, 20),
      after(command.linkChecking, held.OnGoing, foc, 80),
      after(command.pending, held.Accepted, foc, 20),
      after(command.cancel, held.Pending, foc, 25),
    ];
    for (const asked of waiting) {
      const ticket = after(command.assign, asked, boss, 90);
      expect(ticket).to.deep.include({ foc: foc3, latestStatus: 'Accepted', needValidate: false });
      expect(statusNames(ticket).slice(-2)).to.deep.equal([
        `RequestValidationDone ${lastCard(asked).statusName}`,
        'ReassignAction Accepted',
      ]);
      expect(ticket.ticketLogs[asked.ticketLogs.length - 1]).to.include({
        isApproved: false,
        approvalRemark: 'Refused: another FOC was assigned instead.',
      });
      expect(evidenceOf(lastCard(ticket))).not.to.equal(evidenceOf(lastCard(asked)));
    }
  });

  it('is not assigned when the request is refused, and validate can not approve it', () => {
    const asked = after(command.reassign, held.OnTheWay, foc, 20);
    const approval = give(answer(asked, true), asked, noc, 25);
    expect(refusalOf(approval)).to.equal('ticket/assign-to-approve');
    const ticket = after(answer(asked, false), asked, noc, 25);
    expect(ticket).to.deep.include({ needReassign: false, latestStatus: 'OnTheWay', foc });
    expect(statusNames(ticket).at(-1)).to.equal('RequestValidationDone Accepted');
  });

  it('counts as an approved request only when it was asked for', () => {
    expect(after(command.assign, held.OnTheWay, boss, 25).requestCounts.asked).to.equal(0);
    const wish = after(command.reassign, held.OnTheWay, foc, 20);
    expect(wish.requestCounts).to.deep.equal({ asked: 1, approved: 0, refused: 0 });
    const granted = after(command.assign, wish, boss, 25);
    expect(granted.requestCounts).to.deep.equal({ asked: 1, approved: 1, refused: 0 });
    const refused = after(answer(wish, false), wish, noc, 25);
    expect(refused.requestCounts).to.deep.equal({ asked: 1, approved: 0, refused: 1 });
    expect(held.Closed.requestCounts).to.deep.equal({ asked: 3, approved: 3, refused: 0 });
  });

  it('must be an active crew member of the region who does not have the ticket', () => {
    for (const [whom, refusal] of [
      [null, 'ticket/assignee-invalid'],
      [noc, 'ticket/assignee-invalid'],
      [focEast, 'ticket/assignee-invalid'],
      [foc, 'ticket/already-assigned'],
    ] as const) {
      const decision = give({ name: 'assign', foc: whom }, held.Accepted, boss, 20);
      expect(refusalOf(decision)).to.equal(refusal);
    }
    expect(after({ name: 'assign', foc: boss }, held.Accepted, boss, 20).foc).to.deep.equal(boss);
  });
});
