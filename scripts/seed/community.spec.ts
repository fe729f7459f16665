import { expect } from 'chai';
import {
  commentSchema,
  residentSchema,
  ticketSchema,
} from '../../functions/src/desks/community/domain/schemas.ts';
import { STATUSES } from '../../functions/src/desks/community/domain/vocabulary.ts';
import { communitySeed, neighbourhoodAt, ticketsAt } from './community.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z');

describe('the demo data of the community desk', () => {
  it('has residents 1 and 2 in community 1 of company 1, and 3 in community 2 of company 2', () => {
    const found = neighbourhoodAt(NOW).residents.map((each) => residentSchema.strict().parse(each));
    expect(
      found.map(({ id, communityId, companyId }) => [id, communityId, companyId]),
    ).to.deep.equal([
      [1, 1, 1],
      [2, 1, 1],
      [3, 2, 2],
    ]);
  });

  it('has an account for each resident and each kind of administrator', () => {
    expect(communitySeed.people.map(({ email }) => email.split('@')[0])).to.deep.equal([
      'resident1',
      'resident2',
      'resident3',
      'admin.company',
      'system.admin',
    ]);
  });

  it('has tickets in every status, in both communities, numbered in the order of their opening', () => {
    const { tickets } = ticketsAt(NOW);
    for (const each of tickets) ticketSchema.strict().parse(each);
    const set = (values: readonly number[]) => [...new Set(values)].toSorted((a, b) => a - b);
    expect(set(tickets.map(({ statusId }) => statusId))).to.deep.equal(
      STATUSES.map(({ id }) => id),
    );
    expect(set(tickets.map(({ communityId }) => communityId))).to.deep.equal([1, 2]);
    expect(tickets.map(({ id }) => id)).to.deep.equal(tickets.map((_, index) => index + 1));
    const times = tickets.map(({ createdAt }) => createdAt.getTime());
    expect(times).to.deep.equal(times.toSorted((one, other) => one - other));
  });

  it('has as many comments on each ticket as the ticket counts, in its place, none from tomorrow', () => {
    const { tickets, comments } = ticketsAt(NOW);
    for (const { id, companyId, communityId, commentCount, createdAt } of tickets) {
      const own = comments.filter(({ idOrigen }) => idOrigen === String(id));
      expect(own).to.have.length(commentCount);
      for (const comment of own) {
        expect(commentSchema.strict().parse(comment)).to.include({ companyId, communityId });
        expect(comment.createdAt.getTime()).to.be.within(createdAt.getTime(), NOW.getTime());
      }
    }
  });
});
