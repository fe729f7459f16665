import { expect } from 'chai';
import { overdueSince } from './overdue.ts';

describe('an overdue ticket of the city services', () => {
  const now = new Date('2026-11-25T12:00:00.000Z');
  const hours = { pendingHours: 2, inProgressHours: 36 };

  it('was opened longer ago than its status allows', () => {
    expect(overdueSince('PENDING', hours, now)).to.deep.equal(new Date('2026-11-25T10:00:00.000Z'));
    const worked = overdueSince('IN_PROGRESS', hours, now);
    expect(worked).to.deep.equal(new Date('2026-11-24T00:00:00.000Z'));
  });

  it('is not final', () => {
    for (const status of ['COMPLETED', 'CANCELLED'] as const) {
      expect(overdueSince(status, hours, now)).to.equal(undefined);
    }
  });
});
