import { expect } from 'chai';
import fc from 'fast-check';
import {
  after,
  boss,
  command,
  foc,
  noc,
  play,
  ticketIn,
} from '../../../../test/desks/cgs/fixtures.ts';
import { figuresOf, shareOf, shift, sum } from './figures.ts';

const closed = ticketIn(foc).Closed;

/** The figures of tickets whose work took these minutes. */
const workOf = (minutes: readonly number[]) =>
  figuresOf(sum(minutes.map((workDuration) => shareOf({ ...closed, workDuration }, false)))).work;

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
    expect(workOf([10, 20, 40])).to.deep.include({ count: 3, mean: 23.33 });
  });

  it('give the median and the 90th percentile within 5 % of their values, however short', () => {
    const duration = fc.oneof(fc.nat(300), fc.nat(4_000_000)).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 50 }), (minutes) => {
        const ordered = minutes.toSorted((one, other) => one - other);
        const { p50, p90 } = workOf(minutes);
        for (const [part, told] of [
          [0.5, p50],
          [0.9, p90],
        ] as const) {
          const exact = ordered[Math.ceil(part * ordered.length) - 1] ?? 0;
          // And half a hundredth for the rounding.
          expect(told).to.be.within(exact * 0.95 - 0.005, exact * 1.05 + 0.005);
        }
      }),
    );
  });

  it('give null when nothing was measured', () => {
    expect(figuresOf({ tickets: 2 }).travel).to.deep.equal({
      count: 0,
      mean: null,
      p50: null,
      p90: null,
    });
  });

  it('count canceled tickets by category, whatever its name', () => {
    const canceled = ['Duplicate', 'No. 7 / *~[x]`', 'Permintaan pelanggan'].map((cancelCategory) =>
      shareOf({ ...ticketIn(foc).Closed, cancelCategory }, false),
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
    expect(figuresOf(shareOf(handedOver, false)).accept).to.include({ count: 1, mean: 5 });
  });

  it('say how often and how long tickets were pending, by category', () => {
    const held = ticketIn(foc).Accepted;
    const resumed = play(held, [command.pending, noc, 20], [command.resume, noc, 30]);
    const other = { ...command.pending, pendingCategory: 'Access' };
    const again = play(resumed, [other, noc, 40], [command.resume, noc, 45]);
    const waiting = play(again, [command.pending, noc, 50]);
    const { byPendingCategory } = figuresOf(
      sum([shareOf(resumed, false), shareOf(waiting, false)]),
    );
    expect(byPendingCategory).to.deep.equal({
      Weather: { count: 3, minutes: 20 },
      Access: { count: 1, minutes: 5 },
    });
  });

  it('measure the repair of a finished ticket, with and without its pendings', () => {
    const finished = { ...ticketIn(foc).Closed, totalTime: 90, totalPendingDuration: 30.5 };
    const { repair, netRepair } = figuresOf(shareOf(finished, false));
    expect([repair.mean, netRepair.mean]).to.deep.equal([90, 59.5]);
    const canceled = shareOf({ ...finished, resolution: 'Canceled' }, false);
    expect(figuresOf(canceled).repair.count).to.equal(0);
  });

  it('add up whole numbers only, so that no sum is rounded', () => {
    for (const ticket of Object.values(ticketIn(foc))) {
      for (const counted of Object.values(shareOf(ticket, true))) {
        expect(Number.isInteger(counted)).to.equal(true);
      }
    }
  });

  it('count tickets by type, status, SLA and resolution, and measure the way and the work', () => {
    const { Open, Closed } = ticketIn(foc);
    const late = { ...Open, slaType: 'OverSla', type: 'Maintenance' } as const;
    const known = { ...Closed, onTheWayDuration: 7, workDuration: 40 };
    const counted = figuresOf(sum([Open, late, known].map((each) => shareOf(each, false))));
    expect(counted).to.deep.include({
      tickets: 3,
      byType: { Trouble: 2, Maintenance: 1 },
      byStatus: { Open: 2, Closed: 1 },
      bySla: { UnderSla: 2, OverSla: 1 },
      byResolution: { Finished: 1 },
      repeats: 0,
    });
    expect([counted.travel, counted.work].map(({ mean }) => mean)).to.deep.equal([7, 40]);
  });

  it('leave out zeros', () => {
    expect(figuresOf({ tickets: 1, status_Open: 0, status_Closed: 1 }).byStatus).to.deep.equal({
      Closed: 1,
    });
  });
});
