import { expect } from 'chai';
import { keywordsOf, searchWords } from './keywords.ts';

describe('keywords', () => {
  it('are prefixes of 2 to 20 characters of the words and of their parts', () => {
    expect(keywordsOf('TRB-1', null)).to.deep.equal(['tr', 'trb', 'trb1']);
    expect(keywordsOf('Bu  Ana')).to.deep.equal(['bu', 'an', 'ana']);
    expect(Math.max(...keywordsOf('x'.repeat(99)).map((word) => word.length))).to.equal(20);
  });

  it('are distinct and at most 200, the first texts before the last', () => {
    const many = Array.from({ length: 40 }, (_, index) => `${index}-abcdefghij`).join(' ');
    const words = keywordsOf('TRB-202611-0001', many);
    expect(words).to.have.lengthOf(200);
    expect(new Set(words).size).to.equal(200);
    expect(words).to.include('trb2026110001');
  });

  it('are found in any letter case, with accents or without, however these are encoded', () => {
    const words = keywordsOf('Portón de la Cañería', 'İstanbul');
    for (const text of ['portón', 'PORTON', 'porto\u0301n', 'cañe', 'caneria', 'istan']) {
      expect(searchWords(text), text).to.have.length(1);
      expect(words, text).to.include.members(searchWords(text));
    }
    expect(keywordsOf('हिन्दी')).to.include.members(searchWords('हिन्'));
    expect(keywordsOf('कि')).not.to.include.members(searchWords('का'));
  });

  it('are found by a search with any punctuation, or without', () => {
    const words = keywordsOf('TRB-202611-0001', 'CID/0042', 'P.T. "Warung" Kopi, (Dago)');
    for (const text of [
      'TRB-202611-0001,',
      'trb 202611 0001',
      '202611/0001',
      'trb-2026',
      'cid-0042',
      '"warung"',
      '(dago',
      'PT kopi!',
    ]) {
      expect(searchWords(text), text).not.to.deep.equal([]);
      expect(words, text).to.include.members(searchWords(text));
    }
    expect(words).not.to.include.members(searchWords('warungkopi'));
    for (const text of ['--', ' a ', '"!', '']) expect(searchWords(text)).to.deep.equal([]);
  });
});
