import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { type Grant, grants, newPerson } from '../auth/grant.ts';
import { isOpenTo } from './hold.ts';

const NOW = new Date('2026-11-02T01:00:00.000Z');
const until = new Date(NOW.getTime() + 60_000);

const profile = {
  id: 'uid',
  email: 'rina@example.com',
  nik: '',
  name: 'Rina',
  profilePhoto: null,
  phoneNumber: '0812345678',
  active: false,
  access: {},
};

const seen = (held?: Grant['held']) => ({
  key: grants.doc('uid'),
  id: 'uid',
  data: { ...newPerson(profile, NOW), held },
  version: Timestamp.fromMillis(0),
  changeIds: [],
});

describe('a registration that was begun', () => {
  it('is open to everybody where nobody began it', () => {
    expect(isOpenTo(undefined, 'admin', NOW)).to.equal(true);
  });

  it('is open to who began it, and to others once its time is over', () => {
    const held = seen({ by: 'admin', until });
    expect(isOpenTo(held, 'admin', NOW)).to.equal(true);
    expect(isOpenTo(held, 'other', new Date(until.getTime() - 1))).to.equal(false);
    expect(isOpenTo(held, 'other', until)).to.equal(true);
  });

  it('is open to nobody once the person is registered', () => {
    for (const held of [undefined, null]) {
      expect(isOpenTo(seen(held), 'admin', until)).to.equal(false);
    }
  });
});
