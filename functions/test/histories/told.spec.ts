import { expect } from 'chai';
import { miscounted } from './told.ts';

const once = (what: string) => ({ what, least: 1, most: 1 });

describe('the judge of what was told', () => {
  it('accepts what is there as often as it should be', () => {
    expect(miscounted([once('a'), once('b'), once('b')], ['b', 'a', 'b'])).to.deep.equal([]);
    const open = { what: 'c', least: 0, most: 1 };
    expect(miscounted([open], [])).to.deep.equal([]);
    expect(miscounted([open], ['c'])).to.deep.equal([]);
  });

  it('finds what is missing, there twice, or of nobody', () => {
    expect(miscounted([once('a')], [])).to.deep.equal(['a is there 0 times, should be 1']);
    expect(miscounted([once('a')], ['a', 'a'])).to.deep.equal(['a is there 2 times, should be 1']);
    expect(miscounted([], ['a'])).to.deep.equal(['a is there 1 times, should be 0']);
    const open = { what: 'a', least: 0, most: 1 };
    expect(miscounted([once('a'), open], ['a', 'a', 'a'])).to.deep.equal([
      'a is there 3 times, should be 1 to 2',
    ]);
  });
});
