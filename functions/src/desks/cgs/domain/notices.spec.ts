import { expect } from 'chai';
import type { Ticket } from './schemas.ts';
import { noticesOf } from './notices.ts';
import { after, clock, command, foc, noc, ticketIn } from '../../../../test/desks/cgs/fixtures.ts';

const held = ticketIn(foc);

describe('notices', () => {
  const kinds = (before: Ticket | null, now: Ticket) =>
    noticesOf(before, now).map(({ kind }) => kind);

  it('name each change that somebody waits for, and nothing else', () => {
    const asked = after(command.checkedIn, held.OnTheWay, foc, 30);
    const paused = after(command.pending, asked, noc, 33);
    expect(kinds(null, held.Open)).to.deep.equal(['opened']);
    expect(kinds(null, held.Draft)).to.deep.equal([]);
    expect(kinds(held.Draft, after(command.publish, held.Draft, noc, 1))).to.deep.equal(['opened']);
    expect(kinds(held.Open, held.Accepted)).to.deep.equal(['assigned']);
    expect(kinds(held.Accepted, held.OnTheWay)).to.deep.equal([]);
    expect(kinds(held.OnTheWay, asked)).to.deep.equal(['needs-validation']);
    expect(kinds(asked, paused)).to.deep.equal(['answered', 'paused']);
    expect(kinds(paused, after(command.resume, paused, foc, 40))).to.deep.equal(['resumed']);
    expect(kinds(held.Open, after(command.breach, held.Open, clock, 300))).to.deep.equal([
      'breached',
    ]);
    expect(kinds(held.Accepted, after(command.cancel, held.Accepted, noc, 9))).to.deep.equal([
      'closed',
    ]);
    expect(kinds(held.Closed, held.Closed)).to.deep.equal([]);
  });
});
