import { expect } from 'chai';
import { dayOrTimeInput, lastMomentOf, momentOf, timeInput } from './moment-input.ts';

const JAKARTA = 'Asia/Jakarta';
const BERLIN = 'Europe/Berlin';

describe('a date in a request', () => {
  it('without an offset is a time of the operator’s zone', () => {
    expect(momentOf('2026-11-25T08:00:00', JAKARTA).toISOString()).to.equal(
      '2026-11-25T01:00:00.000Z',
    );
    expect(momentOf('2026-07-01T08:00', BERLIN).toISOString()).to.equal('2026-07-01T06:00:00.000Z');
    expect(momentOf('2026-12-01T08:00:00.250', BERLIN).toISOString()).to.equal(
      '2026-12-01T07:00:00.250Z',
    );
  });

  it('with an offset is that moment in any zone', () => {
    for (const text of ['2026-11-25T08:00:00Z', '2026-11-25T15:00:00+07:00']) {
      expect(momentOf(text, BERLIN).toISOString(), text).to.equal('2026-11-25T08:00:00.000Z');
      expect(lastMomentOf(text, BERLIN)).to.deep.equal(momentOf(text, BERLIN));
    }
  });

  it('that is a day means all of it, also when a clock change makes it shorter', () => {
    expect(momentOf('2026-11-25', JAKARTA).toISOString()).to.equal('2026-11-24T17:00:00.000Z');
    expect(lastMomentOf('2026-11-25', JAKARTA).toISOString()).to.equal('2026-11-25T16:59:59.999Z');
    expect(momentOf('2026-03-29', BERLIN).toISOString()).to.equal('2026-03-28T23:00:00.000Z');
    expect(lastMomentOf('2026-03-29', BERLIN).toISOString()).to.equal('2026-03-29T21:59:59.999Z');
  });

  it('is refused when it does not exist or is of another century', () => {
    for (const text of ['2026-11-25', '2026-11-25T08:00', '2026-11-25T08:00:00+07:00']) {
      expect(dayOrTimeInput.safeParse(text).success, text).to.equal(true);
      expect(timeInput.safeParse(text).success, text).to.equal(text.includes('T'));
    }
    for (const text of ['2026-02-30', '2026-11-25T25:00', 'yesterday', '1999-12-31T00:00:00Z']) {
      expect(dayOrTimeInput.safeParse(text).success, text).to.equal(false);
    }
  });
});
