import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { changeIdsOf, isDocumentId, toPlain } from './document.ts';

describe('the id of a document', () => {
  it('is any text that Firestore can hold, and no other', () => {
    for (const id of ['a', 'TRB-202611-0001', '__x', 'x__', '✓', '...', 'x'.repeat(1500)]) {
      expect(isDocumentId(id), id).to.equal(true);
    }
    for (const id of ['', '.', '..', 'a/b', '__x__', '____', '✓'.repeat(501)]) {
      expect(isDocumentId(id), id).to.equal(false);
    }
  });
});

describe('data that is read back', () => {
  it('has dates in place of timestamps, all the way down', () => {
    const date = new Date('2026-11-02T01:02:03.004Z');
    const at = Timestamp.fromDate(date);
    expect(toPlain({ at, list: [at, { at }], text: 'x', none: null, map: {} })).to.deep.equal({
      at: date,
      list: [date, { at: date }],
      text: 'x',
      none: null,
      map: {},
    });
  });

  it('names the latest changes, whatever else stands there', () => {
    expect(changeIdsOf({ changeIds: ['a', 7, 'b'] })).to.deep.equal(['a', 'b']);
    expect(changeIdsOf({ changeIds: 'a' })).to.deep.equal([]);
    expect(changeIdsOf({})).to.deep.equal([]);
  });
});
