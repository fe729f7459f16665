import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { changeIdsOf, isDocumentId, stamp, toPlain } from './document.ts';

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

describe('a change’s mark', () => {
  const version = Timestamp.fromMillis(0);
  const update = (changeIds: readonly string[]) =>
    ({ op: 'update', path: 'a/b', data: { x: 1 }, version, changeIds }) as const;

  it('stands in every document that is written, after those before it', () => {
    const create = { op: 'create', path: 'a/b', data: { x: 1 } } as const;
    expect(stamp('new', [create, update(['old'])])).to.deep.equal([
      { ...create, data: { x: 1, changeIds: ['new'] } },
      { ...update(['old']), data: { x: 1, changeIds: ['old', 'new'] } },
    ]);
  });

  it('pushes out the oldest of eight', () => {
    const ids = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const [write] = stamp('9', [update(ids)]);
    expect(write).to.have.deep.nested.property('data.changeIds', [...ids.slice(1), '9']);
  });

  it('leaves deletions as they are', () => {
    const gone = { op: 'delete', path: 'a/b', version } as const;
    expect(stamp('new', [gone])).to.deep.equal([gone]);
  });
});
