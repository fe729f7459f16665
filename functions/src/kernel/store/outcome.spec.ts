import { expect } from 'chai';
import { refuse } from '../problem.ts';
import { outcomeOf } from './outcome.ts';

const failed = (code: unknown): Error => Object.assign(new Error('failed'), { code });

describe('a failed commit', () => {
  it('lost a race when a document was not as it was read', () => {
    for (const code of [5, 6, 9, 10]) expect(outcomeOf(failed(code))).to.equal('conflict');
  });

  it('may have been applied when its answer was lost', () => {
    for (const code of [1, 2, 4, 8, 13, 14]) expect(outcomeOf(failed(code))).to.equal('unknown');
  });

  it('is not tried again when it can never succeed, or is one of our own refusals', () => {
    for (const code of [3, 7, 11, 12, 15, 16])
      expect(outcomeOf(failed(code))).to.equal('permanent');
    for (const error of [refuse('store/busy'), failed('ENOENT'), new TypeError('x'), undefined]) {
      expect(outcomeOf(error)).to.equal('permanent');
    }
  });
});
