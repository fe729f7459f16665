import { expect } from 'chai';
import { type Inbox, NEW_INBOX } from './inbox.ts';
import type { DefaultPush } from './notice.ts';
import { ringingDevices } from './ringing.ts';

const NOON = new Date('2026-11-20T05:00:00Z');
const NIGHT = new Date('2026-11-20T20:00:00Z');
const WEEK = 7 * 24 * 3_600_000;
const quietHours = { from: '22:00', to: '06:00', zone: 'Asia/Jakarta' };

const device = (registeredAt: Date) => ({
  token: registeredAt.toISOString(),
  platform: 'ios' as const,
  appVersion: '1',
  sid: 's',
  registeredAt,
});

const devices = {
  fresh: device(new Date(NOON.getTime() - WEEK / 2)),
  old: device(new Date(NOON.getTime() - WEEK)),
};

const ringing = (inbox: Partial<Inbox>, defaultPush: DefaultPush, now: Date) =>
  ringingDevices(
    { ...NEW_INBOX, devices, ...inbox },
    { desk: 'cgs', kind: 'opened', defaultPush },
    { now, sessionMaxMs: WEEK },
  ).map(([id]) => id);

const chosen = (isOn: boolean, desk = 'cgs'): Pick<Inbox, 'push'> => ({
  push: { [desk]: { opened: isOn } },
});

describe('a kind of notice', () => {
  it('rings by the desk’s default for somebody who has chosen nothing', () => {
    expect(ringing({}, 'on', NOON)).to.deep.equal(['fresh']);
    expect(ringing({}, 'urgent', NOON)).to.deep.equal(['fresh']);
    expect(ringing({}, 'off', NOON)).to.deep.equal([]);
    expect(ringing(chosen(false, 'isp'), 'on', NOON)).to.deep.equal(['fresh']);
  });

  it('rings if the person has turned it on, and not if they have turned it off', () => {
    expect(ringing(chosen(true), 'off', NOON)).to.deep.equal(['fresh']);
    expect(ringing(chosen(false), 'on', NOON)).to.deep.equal([]);
    expect(ringing(chosen(false), 'urgent', NOON)).to.deep.equal([]);
  });

  it('rings in quiet hours only if it is urgent', () => {
    expect(ringing({ quietHours }, 'on', NOON)).to.deep.equal(['fresh']);
    expect(ringing({ quietHours }, 'on', NIGHT)).to.deep.equal([]);
    expect(ringing({ quietHours, ...chosen(true) }, 'off', NIGHT)).to.deep.equal([]);
    expect(ringing({ quietHours }, 'urgent', NIGHT)).to.deep.equal(['fresh']);
  });

  it('rings on no device that was registered longer ago than a session lasts', () => {
    const before = new Date(NOON.getTime() - 1);
    expect(ringing({}, 'on', before)).to.deep.equal(['fresh', 'old']);
    expect(ringing({}, 'on', NOON)).to.deep.equal(['fresh']);
  });
});
