import { expect } from 'chai';
import {
  admin,
  foc,
  minute,
  noc,
  nocEast,
  ticketIn,
  uuid,
} from '../../../../../test/desks/cgs/fixtures.ts';
import { FULL_AT } from '../document-size.ts';
import { linkTicket, servedWith, unlinkTicket } from './linked-ticket.ts';
import type { Ticket } from '../schemas.ts';

const held = ticketIn(foc);
const incident = { id: 'incident-1', title: 'Backbone cut', region: 'West' } as const;

const ticket = (n: number, clientId: string | null, more: Partial<Ticket> = {}): Ticket => ({
  ...held.Open,
  documentId: uuid(n),
  client: { ...held.Open.client, id: clientId },
  ...more,
});

/** The ids of those that are linked when they are asked for together. */
const linked = (asked: readonly Ticket[], before: readonly (readonly [string, string])[] = []) => {
  const served = servedWith(asked, { ...incident, served: new Map(before) }, noc, minute(5));
  return asked
    .filter((each) => linkTicket(each, { ...incident, served }, noc, minute(5)).ok)
    .map(({ documentId }) => documentId);
};

describe('linking tickets to an incident', () => {
  it('links one ticket of each client: the first', () => {
    const asked = [ticket(1, 'a'), ticket(2, 'b'), ticket(3, 'a')];
    expect(linked(asked)).to.deep.equal([uuid(1), uuid(2)]);
  });

  it('links none of a client who has an open ticket of it, and names that ticket', () => {
    const asked = [ticket(1, 'a'), ticket(2, 'b')];
    expect(linked(asked, [['a', uuid(9)]])).to.deep.equal([uuid(2)]);
    const served = new Map([['a', uuid(9)]]);
    expect(linkTicket(ticket(1, 'a'), { ...incident, served }, noc, minute(5))).to.deep.include({
      refusal: 'ticket/client-in-incident',
      details: { ticket: uuid(9) },
    });
  });

  it('leaves one that is linked as it is, and links any number without a client', () => {
    const own = ticket(1, 'a', { incident });
    expect(linked([own, ticket(2, null), ticket(3, null)], [['a', uuid(1)]])).to.have.length(3);
  });

  it('names no ticket that its caller may not see, and fills none beyond its size', () => {
    const empty = { ...incident, served: new Map() };
    const far = ticket(1, 'a', { region: 'East' });
    expect(linkTicket(far, empty, noc, minute(5))).to.include({ refusal: 'ticket/not-found' });
    expect(linkTicket(far, empty, admin, minute(5))).to.include({
      refusal: 'ticket/of-another-region',
    });
    const full = ticket(1, 'a', { remark: 'x'.repeat(FULL_AT) });
    expect(linkTicket(full, empty, noc, minute(5))).to.include({ refusal: 'ticket/log-full' });
  });

  it('passes over one that can not be linked for the client’s next', () => {
    const elsewhere = ticket(1, 'a', { incident: { id: 'another', title: 'Another' } });
    expect(linked([elsewhere, ticket(2, 'a')])).to.deep.equal([uuid(2)]);
  });
});

describe('taking a ticket out of its incident', () => {
  const unlink = (of: Ticket, by = noc) => unlinkTicket(of, incident.id, by, minute(90));

  it('leaves an entry, and is refused once the ticket is closed, or to whom does not see it', () => {
    const decision = unlink(ticket(1, 'a', { incident }));
    if (!decision.ok) throw new Error(decision.refusal);
    expect(decision.patch.incident).to.equal(null);
    expect(decision.patch.edits?.[0]?.changes).to.deep.equal([
      { field: 'incident', from: incident.title, to: null },
    ]);
    const closed = { ...held.Closed, incident };
    expect(unlink(closed)).to.include({ refusal: 'ticket/closed' });
    expect(unlink(ticket(1, 'a', { incident }), nocEast)).to.include({
      refusal: 'ticket/not-found',
    });
  });
});
