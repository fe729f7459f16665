import { expect } from 'chai';
import { endedSessions } from './follow-owners.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const later = new Date('2026-11-20T09:00:00Z');
const earlier = new Date('2026-11-20T07:00:00Z');

describe('the sessions that a write of a grant ends', () => {
  it('are those that were open and are gone, not those that ran out', () => {
    const before = { sessions: { phone: later, tablet: later, old: earlier } };
    const ended = (after: unknown) => endedSessions(before, after, NOW);
    expect(ended({ sessions: { phone: later, tablet: later } })).to.deep.equal([]);
    expect(ended({ sessions: { phone: later, desk: later } })).to.deep.equal(['tablet']);
    expect(ended({ sessions: {} })).to.deep.equal(['phone', 'tablet']);
    expect(endedSessions(undefined, before, NOW)).to.deep.equal([]);
    expect(endedSessions({ sessions: 'none' }, before, NOW)).to.deep.equal([]);
  });
});
