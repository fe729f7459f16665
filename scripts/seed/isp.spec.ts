import { expect } from 'chai';
import {
  replySchema,
  subscriberSchema,
  ticketSchema,
} from '../../functions/src/desks/isp/domain/schemas.ts';
import { STATUSES } from '../../functions/src/desks/isp/domain/vocabulary.ts';
import { helpdeskAt, subscribersAt } from './isp.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z');

describe('the demo data of the ISP desk', () => {
  it('has subscribers 1 to 5 of ISP 1, in both of its branches', () => {
    const found = subscribersAt(NOW);
    for (const each of found) subscriberSchema.strict().parse(each);
    expect(found.map(({ id }) => id)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(new Set(found.map(({ ispId }) => ispId))).to.deep.equal(new Set([1]));
    expect(new Set(found.map(({ branchId }) => branchId))).to.deep.equal(new Set([1, 2]));
  });

  it('has tickets in every status and of both ISPs, numbered in the order of their opening', () => {
    const { tickets } = helpdeskAt(NOW);
    for (const each of tickets) ticketSchema.strict().parse(each);
    expect(new Set(tickets.map(({ status }) => status))).to.deep.equal(new Set(STATUSES));
    expect(new Set(tickets.map(({ ispId }) => ispId))).to.deep.equal(new Set([1, 2]));
    expect(tickets.map(({ id }) => id)).to.deep.equal(tickets.map((_, index) => index + 1));
    const times = tickets.map(({ createdAt }) => createdAt.getTime());
    expect(times).to.deep.equal(times.toSorted((one, other) => one - other));
  });

  it('has as many replies to each ticket as the ticket counts, in its place, none from tomorrow', () => {
    const { tickets, replies } = helpdeskAt(NOW);
    expect(replies.map(({ id }) => id)).to.deep.equal(replies.map((_, index) => index + 1));
    for (const { id, ispId, branchId, replyCount, createdAt } of tickets) {
      const own = replies.filter(({ ticketId }) => ticketId === id);
      expect(own).to.have.length(replyCount);
      for (const reply of own) {
        expect(replySchema.strict().parse(reply)).to.include({ ispId, branchId });
        expect(reply.createdAt.getTime()).to.be.within(createdAt.getTime(), NOW.getTime());
      }
    }
  });
});
