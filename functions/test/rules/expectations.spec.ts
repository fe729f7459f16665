import { expect } from 'chai';
import { DESKS } from './desks.ts';
import { type Expectation, holds } from './expectation.ts';
import { rules } from './suite.ts';

const isMet = async (expectation: Expectation): Promise<boolean> => {
  const { as } = await rules();
  return holds(expectation, as(expectation.person));
};

/** One test for each expectation, under its collection. */
const testEach = (expectations: readonly Expectation[]) => {
  const byCollection = Map.groupBy(expectations, ({ collection }) => collection);
  for (const [collection, group] of byCollection) {
    describe(collection, () => {
      for (const expectation of group) {
        it(expectation.title, async () => expect(await isMet(expectation)).to.equal(true));
      }
    });
  }
};

/** One test per person and collection, which tries all writes that must be refused. */
const testRefusals = (expectations: readonly Expectation[]) => {
  const byCollection = Map.groupBy(expectations, ({ collection }) => collection);
  for (const [collection, group] of byCollection) {
    describe(collection, () => {
      for (const [person, refusals] of Map.groupBy(group, ({ person: { key } }) => key)) {
        it(`${person} is refused all ${refusals.length} writes`, async () => {
          const missed: string[] = [];
          for (const refusal of refusals) if (!(await isMet(refusal))) missed.push(refusal.title);
          expect(missed).to.deep.equal([]);
        });
      }
    });
  }
};

for (const { name, gets, lists, writes } of DESKS) {
  describe(`rules of ${name}: reading one document`, () => testEach(gets));
  describe(`rules of ${name}: queries`, () => testEach(lists));
  describe(`rules of ${name}: writing`, () => testRefusals(writes));
}
