import { expect } from 'chai';
import { planOf, ROUND } from './plan.ts';

const SIZE = { requests: 20, rounds: 2 };

describe('the plan of a history', () => {
  it('is the same for the same seed', () => {
    expect(planOf(7, 3, SIZE)).to.deep.equal(planOf(7, 3, SIZE));
    expect(planOf(7, 3, SIZE)).not.to.deep.equal(planOf(8, 3, SIZE));
  });

  it('has each trouble as often as it should, while requests are sent', () => {
    const { troubles } = planOf(7, 3, SIZE);
    const names = troubles.map(({ trouble }) => trouble);
    expect(names.toSorted()).to.deep.equal([...ROUND, ...ROUND].toSorted());
    const moments = troubles.map(({ after }) => after);
    expect(moments).to.deep.equal(moments.toSorted((one, other) => one - other));
    expect(Math.max(...moments)).to.be.below(60);
  });

  it('gives each request a word of its own', () => {
    const marks = planOf(7, 3, SIZE)
      .dice.flat()
      .map(({ mark }) => mark);
    expect(new Set(marks).size).to.equal(60);
  });
});
