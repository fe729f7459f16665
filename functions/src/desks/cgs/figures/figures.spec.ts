import { expect } from 'chai';
import fc from 'fast-check';
import { after, boss, command, foc, ticketIn } from '../../../../test/desks/cgs/fixtures.ts';
import { figuresOf, type Share, shareOf, shift, sum } from './figures.ts';

const times = (name: string, minutes: readonly number[]): Share =>
  sum(
    minutes.map((each) => ({
      [`${name}_count`]: 1,
      [`${name}_sum`]: each,
      [`${name}_step_${Math.floor(Math.log1p(each) / Math.log(1.05))}`]: 1,
    })),
  );

const share = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 9 }));

describe('figures', () => {
  it('move by the difference, so that any order of changes ends at the same sum', () => {
    fc.assert(
      fc.property(share, share, share, (first, second, third) => {
        const straight = shift({}, third);
        const around = sum([shift({}, first), shift(first, second), shift(second, third)]);
        expect(shift(straight, around)).to.deep.equal({});
      }),
    );
  });

  it('give the exact mean', () => {
    expect(figuresOf(times('accept', [10, 20, 40])).accept).to.deep.include({
      count: 3,
      mean: 23.33,
    });
  });

  it('give the 90th percentile within 5 % of the true one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 40_000, noNaN: true }), { minLength: 1 }),
        (minutes) => {
          const ordered = minutes.toSorted((one, other) => one - other);
          const exact = ordered[Math.ceil(0.9 * ordered.length) - 1] ?? 0;
          const told = figuresOf(times('work', minutes)).work.p90 ?? -1;
          expect(told + 0.01).to.be.at.least(exact);
          expect(told - 0.01).to.be.at.most((exact + 1) * 1.05);
        },
      ),
    );
  });

  it('give null when nothing was measured', () => {
    expect(figuresOf({ tickets: 2 }).travel).to.deep.equal({ count: 0, mean: null, p90: null });
  });

  it('count canceled tickets by category, whatever its name', () => {
    const canceled = ['Duplicate', 'No. 7 / *~[x]`', 'Permintaan pelanggan'].map((cancelCategory) =>
      shareOf({ ...ticketIn(foc).Closed, cancelCategory }),
    );
    const names = Object.keys(sum(canceled)).filter((name) => name.startsWith('cancel_'));
    for (const name of names) expect(name).not.to.match(/[.*~/[\]`]/);
    expect(figuresOf(sum(canceled)).byCancelCategory).to.deep.equal({
      Duplicate: 1,
      'No. 7 / *~[x]`': 1,
      'Permintaan pelanggan': 1,
    });
  });

  it('measure the first acceptance, whoever has the ticket later', () => {
    const handedOver = after(command.assign, ticketIn(foc).Accepted, boss, 90);
    expect(figuresOf(shareOf(handedOver)).accept).to.include({ count: 1, mean: 5 });
  });

  it('leave out zeros', () => {
    expect(figuresOf({ tickets: 1, status_Open: 0, status_Closed: 1 }).byStatus).to.deep.equal({
      Closed: 1,
    });
  });
});
