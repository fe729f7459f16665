import { expect } from 'chai';
import { monthOf, monthsBetween } from './month.ts';

describe('the month of a moment', () => {
  it('is that of the operator’s time zone, not of UTC', () => {
    const at = new Date('2026-11-30T17:00:00Z');
    expect(monthOf(at, 'Asia/Jakarta')).to.deep.equal({
      id: '2026-12',
      year: 2026,
      month: 12,
      name: 'December',
    });
    expect(monthOf(at, 'UTC').id).to.equal('2026-11');
  });

  it('turns the year with the month', () => {
    expect(monthOf(new Date('2026-12-31T17:00:00Z'), 'Asia/Jakarta').id).to.equal('2027-01');
  });
});

describe('the months between two', () => {
  it('cross the end of a year, both ends included', () => {
    expect(monthsBetween('2026-11', '2027-02')).to.deep.equal([
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
    ]);
  });

  it('are none when the first is later', () => {
    expect(monthsBetween('2026-12', '2026-11')).to.deep.equal([]);
  });
});
