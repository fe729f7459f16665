import { expect } from 'chai';
import { documentSize, FULL_AT } from '../document-size.ts';
import { noteBody, type Ticket } from '../schemas.ts';
import {
  after,
  answer,
  boss2,
  command,
  foc,
  give,
  lastCard,
  noc,
  refusalOf,
  ticketIn,
  uuid,
} from '../../../../../test/desks/cgs/fixtures.ts';

const LATE = 90;
const held = ticketIn(foc);

const withoutLog = ({ ticketLogs: _, updatedAt: __, ...ticket }: Ticket) => ticket;

describe('a note', () => {
  for (const [status, ticket] of Object.entries(held)) {
    it(`adds a card to a ticket in ${status} and changes nothing else`, () => {
      // As of the note, so that only its own effects are compared.
      const renewed = after(command.note, ticket, noc, LATE);
      const noted = after(command.note, renewed, noc, LATE);
      expect(withoutLog(noted)).to.deep.equal(withoutLog(renewed));
      expect(noted.ticketLogs.slice(0, -1)).to.deep.equal(renewed.ticketLogs);
      expect(renewed.latestStatus).to.equal(ticket.latestStatus);
    });
  }

  it('shows its text and its photo under the name of its author', () => {
    const mediaUrl = 'https://media.crewline.test/gate.jpg';
    const ticket = after({ ...command.note, mediaUrl }, held.Open, boss2, 6);
    expect(lastCard(ticket)).to.deep.include({
      cardType: 'Note',
      statusName: 'Note',
      needApproval: false,
      evidenceId: uuid(1000 + held.Open.ticketLogs.length),
      remark: 'the gate is open',
      mediaUrl,
      data: { mediaUrl },
      bubbleOption: { photoUrl: boss2.profilePhoto ?? '', name: boss2.name },
    });
  });

  it('leaves a waiting request as it is, which can be answered afterwards', () => {
    const asked = after(command.checkedIn, held.OnTheWay, foc, 20);
    const noted = after(command.note, asked, noc, 21);
    expect(noted.waitingFor).to.equal('CheckedIn');
    expect(after(answer(noted, true), noted, noc, 22).latestStatus).to.equal('CheckedIn');
  });

  it('does not end a pending, which can be resumed afterwards', () => {
    const noted = after(command.note, held.Pending, foc, 22);
    expect(noted.latestStatus).to.equal('Pending');
    expect(after(command.resume, noted, foc, 23).latestStatus).to.equal('OnTheWay');
  });

  it('is refused while there is still room for the work', () => {
    let ticket: Ticket = held.Accepted;
    const long = { ...command.note, remark: 'x'.repeat(2000) };
    const refusal = () => refusalOf(give(long, ticket, foc, 6));
    while (refusal() === 'not refused') ticket = after(long, ticket, foc, 6);
    expect(refusal()).to.equal('ticket/notes-full');
    expect(documentSize(ticket)).to.be.within(0.7 * FULL_AT, 0.8 * FULL_AT);
    expect(after(command.onTheWay, ticket, foc, 7).latestStatus).to.equal('OnTheWay');
  });

  it('has a text', () => {
    expect(noteBody.safeParse({ remark: ' ' }).success).to.equal(false);
    expect(noteBody.parse({ remark: 'ok' })).to.deep.equal({ remark: 'ok', mediaUrl: null });
  });
});
