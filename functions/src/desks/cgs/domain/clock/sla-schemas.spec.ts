import { expect } from 'chai';
import { slaSettingBody } from '../schemas.ts';
import { OFFICE } from '../../../../../test/desks/cgs/office-hours.ts';

describe('the body of the SLA setting', () => {
  const West = { hours: { monday: OFFICE } };
  const fault = (calendars: unknown): string | undefined =>
    slaSettingBody.safeParse({ calendars }).error?.issues[0]?.path.slice(1).join('.');

  it('fills in closed days and no holidays, and leaves the zone to the operator', () => {
    const body = slaSettingBody.parse({ calendars: { East: West, West: null } });
    expect(body.calendars?.East).to.deep.include({ holidays: [] });
    expect(body.calendars?.East).not.to.have.property('timeZone');
    expect(body.calendars?.East?.hours).to.deep.include({ monday: OFFICE, sunday: [] });
    expect(body.calendars?.West).to.equal(null);
  });

  it('takes holidays in any order and more than once', () => {
    const holidays = ['2026-12-25', '2026-01-01', '2026-12-25'];
    const { calendars } = slaSettingBody.parse({ calendars: { West: { ...West, holidays } } });
    expect(calendars?.West?.holidays).to.deep.equal(['2026-01-01', '2026-12-25']);
  });

  it('refuses hours, zones and dates that do not exist', () => {
    const monday = (...openings: string[]) => ({ West: { hours: { monday: openings } } });
    expect(fault(monday('8:00-17:00'))).to.equal('West.hours.monday.0');
    expect(fault(monday('08:00-24:01'))).to.equal('West.hours.monday.0');
    expect(fault(monday('17:00-08:00'))).to.equal('West.hours.monday');
    expect(fault(monday('08:00-12:00', '11:00-17:00'))).to.equal('West.hours.monday');
    expect(fault(monday('08:00-08:30'))).to.equal('West.hours');
    expect(fault({ West: { ...West, timeZone: 'Asia/Atlantis' } })).to.equal('West.timeZone');
    expect(fault({ West: { ...West, holidays: ['2026-02-30'] } })).to.equal('West.holidays.0');
    expect(fault({ North: West })).to.equal('');
  });
});
