import { expect } from 'chai';
import { isQuiet, quietHoursSchema } from './quiet-hours.ts';

const night = { from: '22:00', to: '06:00', zone: 'Asia/Jakarta' };
const noon = { from: '12:00', to: '13:30', zone: 'Asia/Jakarta' };

/** Hours, a moment in UTC, and whether it is quiet. */
const CASES = [
  [night, '2026-11-20T14:59:59Z', false],
  [night, '2026-11-20T15:00:00Z', true],
  [night, '2026-11-20T17:00:00Z', true],
  [night, '2026-11-20T22:59:59Z', true],
  [night, '2026-11-20T23:00:00Z', false],
  [noon, '2026-11-20T04:59:00Z', false],
  [noon, '2026-11-20T05:00:00Z', true],
  [noon, '2026-11-20T06:30:00Z', false],
  // Madrid: the clocks go back at 3 h on 25 October and forward at 2 h on 29 March.
  [{ from: '02:30', to: '03:00', zone: 'Europe/Madrid' }, '2026-10-25T00:45:00Z', true],
  [{ from: '02:30', to: '03:00', zone: 'Europe/Madrid' }, '2026-10-25T01:15:00Z', false],
  [{ from: '02:30', to: '03:00', zone: 'Europe/Madrid' }, '2026-10-25T01:45:00Z', true],
  [{ from: '22:00', to: '02:30', zone: 'Europe/Madrid' }, '2026-03-29T00:59:00Z', true],
  [{ from: '22:00', to: '02:30', zone: 'Europe/Madrid' }, '2026-03-29T01:00:00Z', false],
  // Half an hour from the others.
  [{ from: '00:00', to: '06:00', zone: 'Asia/Kolkata' }, '2026-11-20T18:29:00Z', false],
  [{ from: '00:00', to: '06:00', zone: 'Asia/Kolkata' }, '2026-11-20T18:30:00Z', true],
] as const;

describe('quiet hours', () => {
  it('go by the clocks of their zone, over midnight and when these change', () => {
    for (const [hours, moment, quiet] of CASES) {
      const what = `${moment} in ${JSON.stringify(hours)}`;
      expect(isQuiet(hours, new Date(moment)), what).to.equal(quiet);
    }
  });

  it('need two different times of day and a zone that there is', () => {
    expect(quietHoursSchema.safeParse(night).success).to.equal(true);
    for (const wrong of [
      { ...night, to: '22:00' },
      { ...night, from: '24:00' },
      { ...night, from: '9:00' },
      { ...night, zone: 'Asia/Atlantis' },
      { ...night, zone: '' },
      { from: '22:00', to: '06:00' },
    ]) {
      expect(quietHoursSchema.safeParse(wrong).success, JSON.stringify(wrong)).to.equal(false);
    }
  });
});
