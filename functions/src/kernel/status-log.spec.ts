import { expect } from 'chai';
import { MOST_STATUS_CHANGES, withStatusChange } from './status-log.ts';

const change = (to: number) => ({ from: to - 1, to, at: new Date(to), by: 'somebody' });
const firstChanges = (count: number) => Array.from({ length: count }, (_, index) => change(index));

describe('the log of a ticket’s status', () => {
  it('gets a new change at its end', () => {
    expect(withStatusChange([change(1)], change(2))).to.deep.equal([change(1), change(2)]);
  });

  it('never holds more than its most: the oldest change makes room', () => {
    const log = withStatusChange(firstChanges(MOST_STATUS_CHANGES), change(MOST_STATUS_CHANGES));
    expect(log).to.deep.equal(firstChanges(MOST_STATUS_CHANGES + 1).slice(1));
  });
});
