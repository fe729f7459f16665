import { expect } from 'chai';
import { isOverdue, overdueSince } from './overdue.ts';
import { CATEGORIES, OPEN_STATUSES, STATUSES } from './vocabulary.ts';

describe('an overdue ticket of the city services', () => {
  const now = new Date('2026-11-25T12:00:00.000Z');
  const hours = { pendingHours: 2, inProgressHours: 36, categories: {} };
  const rules = {
    ...hours,
    categories: {
      GAS: { pendingHours: 1, inProgressHours: 48 },
      OTHER: { pendingHours: 24, inProgressHours: 3 },
    },
  };

  it('was opened longer ago than its status allows', () => {
    const asked = new Date('2026-11-25T10:00:00.000Z');
    expect(overdueSince('PENDING', hours, now, 'WATER')).to.deep.equal(asked);
    const worked = overdueSince('IN_PROGRESS', hours, now, 'WATER');
    expect(worked).to.deep.equal(new Date('2026-11-24T00:00:00.000Z'));
  });

  it('is one by the hours of its category, if that has its own', () => {
    const asked = new Date('2026-11-25T11:00:00.000Z');
    expect(overdueSince('PENDING', rules, now, 'GAS')).to.deep.equal(asked);
    const worked = overdueSince('IN_PROGRESS', rules, now, 'OTHER');
    expect(worked).to.deep.equal(new Date('2026-11-25T09:00:00.000Z'));
    expect(overdueSince('PENDING', rules, now, 'WATER')).to.deep.equal(
      overdueSince('PENDING', hours, now, 'WATER'),
    );
  });

  it('is among those of all categories that were opened longest ago', () => {
    for (const status of OPEN_STATUSES) {
      const latest = overdueSince(status, rules, now);
      const each = CATEGORIES.map((category) => overdueSince(status, rules, now, category));
      expect(latest).to.deep.equal(new Date(Math.max(...each.map(Number))));
    }
  });

  it('is overdue exactly from that moment on', () => {
    for (const [status, category] of [
      ['PENDING', 'GAS'],
      ['IN_PROGRESS', 'WATER'],
    ] as const) {
      const since = overdueSince(status, rules, now, category) ?? now;
      const ticket = { status, category, createdAt: since };
      expect(isOverdue(ticket, rules, now)).to.equal(true);
      const later = { ...ticket, createdAt: new Date(since.getTime() + 1) };
      expect(isOverdue(later, rules, now)).to.equal(false);
    }
  });

  it('is not final', () => {
    const open = new Set<string>(OPEN_STATUSES);
    for (const status of STATUSES.filter((each) => !open.has(each))) {
      expect(overdueSince(status, rules, now)).to.equal(undefined);
      expect(isOverdue({ status, category: 'GAS', createdAt: new Date(0) }, rules, now)).to.equal(
        false,
      );
    }
  });
});
