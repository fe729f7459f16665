import { expect } from 'chai';
import { readConfig } from '../config.ts';
import { type Grant, newPerson } from './grant.ts';
import { cookieSessionOf } from './principal.ts';
import {
  allSessionsEnded,
  isLive,
  MOST_SESSIONS,
  newSession,
  openSessions,
  otherSessionsEnded,
  refreshed,
  sessionOf,
  withoutSessions,
  withSession,
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
const person: Grant = newPerson(
  {
    id: 'uid-1',
    email: 'foc@crewline.test',
    nik: '1',
    name: 'Foc',
    profilePhoto: null,
    phoneNumber: '0812345678',
    active: true,
    access: {},
  },
  START,
);
const origin = { address: '127.0.0.1', agent: 'a phone' };

/** The person after a sign-in. */
const opened = (grant: Grant, sid: string, now = START, previous?: string): Grant => ({
  ...grant,
  ...withSession(config, grant, { sid, previous, origin }, now),
});

describe('a session token', () => {
  it('holds 256 random bits and the uid', () => {
    const [one, other] = [newSession('uid-1'), newSession('uid-1')];
    expect(one.token).not.to.equal(other.token);
    expect(Buffer.from(one.token.split('.')[0] ?? '', 'base64url')).to.have.length(32);
    expect(sessionOf(one.token)).to.deep.equal({ uid: 'uid-1', sid: one.sid });
  });

  it('names no session when it has another form, such as that of an ID token', () => {
    const bits = 'x'.repeat(43);
    const long = 'u'.repeat(129);
    for (const token of ['', bits, `${bits}.`, `x.uid`, `${bits}.a/b`, `${bits}.${long}`]) {
      expect(sessionOf(token), token).to.equal(undefined);
    }
    expect(sessionOf(`${bits}.payload.signature`)).to.equal(undefined);
  });

  it('is found under both cookie names, even beside one of a wrong form', () => {
    const { token, sid } = newSession('uid-1');
    for (const cookie of [
      `session_id=${token}`,
      `__session=${token}`,
      `session_id=garbage; __session=${token}`,
      `a=b; __session=${token}; c=d`,
    ]) {
      expect(cookieSessionOf({ cookie })).to.deep.equal({ uid: 'uid-1', sid });
    }
    for (const cookie of ['', 'session_id=', `other=${token}`]) {
      expect(cookieSessionOf({ cookie })).to.equal(undefined);
    }
  });

  it('is not stored: the id of its session is a hash', () => {
    const { token, sid } = newSession('uid-1');
    const text = JSON.stringify(opened(person, sid));
    expect(text).to.include(sid).and.not.to.include(token.split('.')[0]);
  });
});

describe('the sessions of a person', () => {
  it('keep where and when each was opened', () => {
    const { signIns, sessions } = opened(person, 'one');
    const entry = { createdAt: START, lastSeenAt: START, ...origin };
    expect(signIns).to.deep.equal({ one: entry });
    expect(sessions).to.deep.equal({ one: later(60) });
  });

  it('lose the one that the same browser had before', () => {
    const again = opened(opened(opened(person, 'one'), 'two'), 'three', later(1), 'one');
    expect(again.sessions).to.have.all.keys('two', 'three');
    expect(again.signIns).to.have.all.keys('two', 'three');
  });

  it('lose the oldest when there are too many, and those that have ended', () => {
    let grant = opened(person, 'expired');
    for (let n = 0; n < MOST_SESSIONS; n += 1) grant = opened(grant, `s${n}`, later(60 + n));
    expect(Object.keys(grant.sessions)).to.have.length(MOST_SESSIONS);
    expect(grant.sessions).not.to.have.property('expired');
    const next = opened(grant, 'next', later(60 + MOST_SESSIONS));
    expect(Object.keys(next.sessions)).to.have.length(MOST_SESSIONS);
    expect(next.sessions).to.have.property('next');
    expect(next.sessions).not.to.have.property('s0');
    // The browser of a session that has ended is still known.
    expect(next.signIns).to.include.keys('expired', 's0');
  });

  it('forget the oldest browsers in the end', () => {
    let grant = person;
    for (let n = 0; n < 100; n += 1) grant = opened(grant, `s${n}`, later(n));
    expect(Object.keys(grant.signIns)).to.have.length(40);
    expect(grant.signIns).to.have.property('s99');
  });

  it('keep the record of one that stays open, however many come and go meanwhile', () => {
    let grant = opened(person, 'kept');
    for (let n = 0; n < 100; n += 1) {
      grant = opened(grant, `s${n}`, later(1));
      grant = { ...grant, ...withoutSessions(grant, [`s${n}`], later(1)) };
    }
    expect(Object.keys(grant.signIns)).to.have.length(40);
    const [kept, ...others] = openSessions(grant, later(2));
    expect(kept).to.include({ sid: 'kept', createdAt: START });
    expect(others).to.deep.equal([]);
  });

  it('are listed while they are open, the latest sign-in first', () => {
    let grant = person;
    for (const [n, sid] of ['one', 'two', 'three'].entries()) grant = opened(grant, sid, later(n));
    grant = { ...grant, ...withoutSessions(grant, ['two'], later(3)) };
    expect(openSessions(grant, later(3)).map(({ sid }) => sid)).to.deep.equal(['three', 'one']);
    expect(openSessions(grant, new Date(START.getTime() + config.sessionIdleMs))).to.have.length(1);
  });

  it('end one by one, or all at once', () => {
    const grant = opened(opened(person, 'one'), 'two');
    expect(withoutSessions(grant, ['one'], later(1)).sessions).to.have.all.keys('two');
    const ended = { sessions: {}, validAfter: later(1) };
    expect(allSessionsEnded(later(1))).to.deep.equal(ended);
    const { sessions, validAfter } = otherSessionsEnded(grant, 'two', later(1));
    expect(sessions).to.have.all.keys('two');
    expect(validAfter).to.deep.equal(later(1));
  });
});

describe('a session’s time', () => {
  it('ends at the exact time that it expires', () => {
    const grant = opened(person, 'one');
    expect(isLive(grant, 'one', new Date(later(60).getTime() - 1))).to.equal(true);
    expect(isLive(grant, 'one', later(60))).to.equal(false);
  });

  it('has none for an unknown id, whatever it is called, nor for an inactive person', () => {
    const grant = opened(person, 'one');
    for (const sid of ['two', '', '__proto__', 'constructor']) {
      expect(isLive(grant, sid, START), sid).to.equal(false);
    }
    expect(isLive({ ...grant, active: false }, 'one', START)).to.equal(false);
  });

  it('is extended after ten minutes of use, not before', () => {
    const grant = opened(person, 'one');
    expect(refreshed(config, grant, 'one', new Date(later(10).getTime() - 1))).to.equal(undefined);
    const extended = refreshed(config, grant, 'one', later(10));
    expect(extended?.sessions).to.deep.equal({ one: later(70) });
    expect(extended?.signIns['one']?.lastSeenAt).to.deep.equal(later(10));
  });

  it('never extends beyond the longest time since it was opened', () => {
    const extended = refreshed(config, opened(person, 'one'), 'one', later(55));
    expect(extended?.sessions).to.deep.equal({ one: later(100) });
  });
});
