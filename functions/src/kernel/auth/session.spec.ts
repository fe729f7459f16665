import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { readConfig } from '../config.ts';
import { sessionTokenOf } from './principal.ts';
import {
  uidIn,
  isLive,
  newSessionToken,
  openSession,
  type Session,
  sessionOf,
  refreshSession,
} from './session.ts';

const START = new Date('2026-11-02T01:00:00.000Z');
const MINUTE = 60_000;
const later = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);
const config = readConfig({
  GCLOUD_PROJECT: 'demo',
  WEB_API_KEY: 'key',
  SESSION_IDLE_MINUTES: '60',
  SESSION_MAX_MINUTES: '100',
});
const person = {
  id: 'uid-1',
  email: 'foc@crewline.test',
  nik: '1',
  name: 'Foc',
  profilePhoto: null,
  phoneNumber: '0812345678',
  active: true,
  access: {},
  validAfter: START,
  lastLoginAt: null,
  createdAt: START,
  updatedAt: START,
};
const session = (expiresAt: Date, lastSeenAt = START): Session => ({
  uid: person.id,
  person,
  createdAt: START,
  lastSeenAt,
  expiresAt,
});

describe('a session’s cookie', () => {
  it('holds 256 random bits and the uid', () => {
    const [one, other] = [newSessionToken('uid-1'), newSessionToken('uid-1')];
    expect(one).not.to.equal(other);
    expect(Buffer.from(one.split('.')[0] ?? '', 'base64url')).to.have.length(32);
    expect(uidIn(one)).to.equal('uid-1');
  });

  it('is refused when it has another form', () => {
    const bits = 'x'.repeat(43);
    for (const token of [
      '',
      bits,
      `${bits}.`,
      `x.uid`,
      `${bits}.a/b`,
      `${bits}.${'u'.repeat(129)}`,
    ]) {
      expect(uidIn(token), token).to.equal(undefined);
    }
  });

  it('is found under both names, even beside one of a wrong form', () => {
    const token = newSessionToken('uid-1');
    for (const cookie of [
      `session_id=${token}`,
      `__session=${token}`,
      `session_id=garbage; __session=${token}`,
      `a=b; __session=${token}; c=d`,
    ]) {
      expect(sessionTokenOf({ cookie })).to.equal(token);
    }
    for (const cookie of ['', 'session_id=', `other=${token}`]) {
      expect(sessionTokenOf({ cookie })).to.equal(undefined);
    }
  });

  it('is not stored in the session’s document', () => {
    const token = newSessionToken('uid-1');
    const text = JSON.stringify(openSession(config, token, person, START));
    expect(text).not.to.include(token.split('.')[0]);
    expect(sessionOf(token).id).to.match(/^[\da-f]{64}$/);
  });
});

describe('a session’s time', () => {
  const refreshed = (lastSeenAt: Date, now: Date) => {
    const key = sessionOf(newSessionToken('uid-1'));
    const version = Timestamp.fromMillis(0);
    const data = session(later(60), lastSeenAt);
    return refreshSession(config, { key, id: key.id, data, version, changeIds: [] }, now);
  };

  it('ends at the exact time that it expires', () => {
    expect(isLive(session(later(60)), new Date(later(60).getTime() - 1))).to.equal(true);
    expect(isLive(session(later(60)), later(60))).to.equal(false);
  });

  it('is extended after ten minutes of use, not before', () => {
    expect(refreshed(START, new Date(later(10).getTime() - 1))).to.equal(undefined);
    expect(refreshed(START, later(10))).to.have.deep.nested.property('data.expiresAt', later(70));
  });

  it('never extends beyond the longest time since it was opened', () => {
    expect(refreshed(START, later(55))).to.have.deep.nested.property('data.expiresAt', later(100));
  });
});
