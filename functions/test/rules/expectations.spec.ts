import { expect } from 'chai';
import { DESKS } from './desks.ts';
import { type Expectation, holds } from './expectation.ts';
import { rules } from './suite.ts';

/** One test for each expectation, under its collection. */
const testEach = (expectations: readonly Expectation[]) => {
  const byCollection = Map.groupBy(expectations, ({ collection }) => collection);
  for (const [collection, group] of byCollection) {
    describe(collection, () => {
      for (const expectation of group) {
        it(expectation.title, async () => {
          const { as } = await rules();
          expect(await holds(expectation, as(expectation.person))).to.equal(true);
        });
      }
    });
  }
};

for (const { name, gets, lists, writes } of DESKS) {
  describe(`rules of ${name}: reading one document`, () => testEach(gets));
  describe(`rules of ${name}: queries`, () => testEach(lists));
  describe(`rules of ${name}: writing`, () => testEach(writes));
}
