import { expect } from 'chai';
import { BULK_FULL_AT, decideEach } from './decide-each.ts';
import { documentSize } from './document-size.ts';
import type { Ticket } from './schemas.ts';
import {
  command,
  foc,
  give,
  noc,
  refusalOf,
  ticketIn,
} from '../../../../test/desks/cgs/fixtures.ts';

const held = ticketIn(foc);
const cancel = (ticket: Ticket) => give(command.cancel, ticket, noc, 80);
const asked = (...tickets: readonly (Ticket | undefined)[]) =>
  tickets.map((ticket) => ({ seen: ticket && { data: ticket } }));

describe('one command for several tickets', () => {
  it('is decided for each of them as it is for one alone, in their order', () => {
    const tickets = [held.Closed, held.Open, held.Draft, held.Pending];
    const decided = decideEach(asked(...tickets), cancel);
    expect(decided.map(({ decision }) => decision)).to.deep.equal(tickets.map(cancel));
  });

  it('refuses a ticket that does not exist, and goes on', () => {
    const decided = decideEach(asked(undefined, held.Open), cancel);
    expect(decided.map(({ decision }) => refusalOf(decision))).to.deep.equal([
      'ticket/not-found',
      'not refused',
    ]);
  });

  it('fills one commit with full tickets, and refuses those that do not fit, not smaller ones', () => {
    const remark = 'x'.repeat(2000);
    let full: Ticket = held.OnGoing;
    for (let last = full; ; full = last) {
      const decision = give({ ...command.jointing, remark }, full, foc, 80);
      if (!decision.ok) break;
      last = { ...full, ...decision.patch };
    }
    const many = Array.from({ length: 100 }, () => full);
    const decided = decideEach(asked(...many, held.Open), cancel).map(({ decision }) => decision);
    const written = decided.flatMap((decision) => (decision.ok ? [decision.patch] : []));
    const size = written.reduce(
      (sum, patch) => sum + documentSize({ documentId: '', ...patch }),
      0,
    );
    expect(size).to.be.within(0.9 * BULK_FULL_AT, BULK_FULL_AT);
    expect(decided.slice(0, -1).map(refusalOf).lastIndexOf('not refused')).to.be.below(60);
    expect(decided.slice(0, -1).map(refusalOf).at(-1)).to.equal('ticket/bulk-full');
    expect(decided.at(-1)).to.deep.equal(cancel(held.Open));
  });
});
