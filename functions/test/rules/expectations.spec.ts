import { expect } from 'chai';
import { type Expectation, holds } from './expectation.ts';
import { GETS } from './gets.ts';
import { LISTS } from './lists.ts';
import { rules } from './suite.ts';
import { WRITE_ATTEMPTS } from './writes.ts';

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

describe('rules: reading one document', () => testEach(GETS));
describe('rules: queries', () => testEach(LISTS));
describe('rules: writing', () => testEach(WRITE_ATTEMPTS));
