import { expect } from 'chai';
import fc from 'fast-check';
import { repeatsAmong } from './repeats.ts';

const DAY = 24 * 60 * 60_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * DAY);

describe('repeats', () => {
  it('are tickets created within 30 days after another one of the client', () => {
    const occurrences = { third: day(75), first: day(0), second: day(30), fourth: day(105.1) };
    expect([...repeatsAmong(occurrences)]).to.deep.equal(['second']);
    expect([...repeatsAmong({ first: day(0) })]).to.deep.equal([]);
  });

  it('are all but one of the tickets that were created at the same moment', () => {
    expect([...repeatsAmong({ two: day(0), one: day(0) })]).to.deep.equal(['two']);
  });

  it('turn only for the next ticket when one comes or goes', () => {
    const occurred = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(90).map(day));
    fc.assert(
      fc.property(occurred, fc.nat(90).map(day), (others, at) => {
        const [without, having] = [repeatsAmong(others), repeatsAmong({ ...others, x: at })];
        const turned = Object.keys(others).filter((id) => without.has(id) !== having.has(id));
        expect(turned.length).to.be.at.most(1);
      }),
    );
  });
});
