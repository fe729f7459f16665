import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { stamp, subjectOf } from './stamp.ts';

describe('a change’s mark', () => {
  const version = Timestamp.fromMillis(0);
  const create = { op: 'create', path: 'a/b', data: { x: 1 } } as const;
  const update = (changeIds: readonly string[]) =>
    ({ op: 'update', path: 'a/b', data: { x: 1 }, version, changeIds }) as const;

  it('stands in every document that is written, after those before it', () => {
    expect(stamp('new', [create, update(['old'])])).to.deep.equal([
      { ...create, data: { x: 1, changeIds: ['new'], changedBy: null } },
      { ...update(['old']), data: { x: 1, changeIds: ['old', 'new'], changedBy: null } },
    ]);
  });

  it('names the person who asked for it, and nobody where nobody did', () => {
    const [asked] = stamp('new', [create], 'uid');
    expect(asked).to.have.deep.nested.property('data.changedBy', 'uid');
    const [own] = stamp('newer', [update(['new'])]);
    expect(own).to.have.deep.nested.property('data.changedBy', null);
  });

  it('pushes out the oldest of eight', () => {
    const ids = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const [write] = stamp('9', [update(ids)]);
    expect(write).to.have.deep.nested.property('data.changeIds', [...ids.slice(1), '9']);
  });

  it('leaves deletions as they are, beside a marked document', () => {
    const gone = { op: 'delete', path: 'a/b', version } as const;
    expect(stamp('new', [gone, create])[0]).to.deep.equal(gone);
    expect(stamp('new', [gone, create])).to.have.length(2);
    expect(subjectOf('new', [gone, create]).path).to.equal(create.path);
  });

  it('is looked for where it lasts: in a document that is created, before one that is updated', () => {
    const entry = { ...create, path: 'audit/1' } as const;
    expect(subjectOf('new', [update([]), entry]).path).to.equal(entry.path);
    expect(subjectOf('new', [update([])]).path).to.equal('a/b');
  });

  it('is missing where a change writes nothing', () => {
    expect(stamp('new', [])).to.deep.equal([]);
  });

  it('is a document of its own where a change only deletes', () => {
    const gone = { op: 'delete', path: 'a/b', version } as const;
    const [kept, mark] = stamp('new', [gone]);
    expect(kept).to.deep.equal(gone);
    expect(mark).to.include({ op: 'create', path: 'changes/new' });
    expect(subjectOf('new', [gone]).path).to.equal('changes/new');
  });
});
