import { expect } from 'chai';
import { itemIdOf } from './deliver.ts';

const subject = { collection: 'grants', id: 'ann' };
const written = (change: string, before?: object) => ({
  id: 'ann',
  before,
  after: { changeIds: ['earlier', change] },
});
const first = itemIdOf('cgs', { subject, kind: 'accessGranted' }, written('c1'));

describe('the id of a notice', () => {
  it('is the same however often its event comes', () => {
    const again = itemIdOf('cgs', { subject, kind: 'accessGranted' }, written('c1', {}));
    expect(again)
      .to.equal(first)
      .and.match(/^[\w-]{27}$/);
  });

  it('is another for another desk, kind, subject or change', () => {
    const others = [
      itemIdOf('isp', { subject, kind: 'accessGranted' }, written('c1')),
      itemIdOf('cgs', { subject, kind: 'accessChanged' }, written('c1')),
      itemIdOf('cgs', { subject: { ...subject, id: 'bob' }, kind: 'accessGranted' }, written('c1')),
      itemIdOf('cgs', { subject, kind: 'accessGranted' }, written('c2')),
      itemIdOf(
        'cgs',
        { subject, kind: 'accessGranted' },
        { ...written('c1'), before: written('c1').after, after: undefined },
      ),
    ];
    expect(new Set([first, ...others])).to.have.length(6);
  });
});
