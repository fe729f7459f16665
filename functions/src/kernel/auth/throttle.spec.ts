import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { Problem } from '../problem.ts';
import type { Reads, Write } from '../store/document.ts';
import {
  type Attempt,
  attemptKeys,
  attempts,
  giveBack,
  reserve,
  type Subjects,
} from './throttle.ts';

const START = Date.parse('2026-11-02T01:00:00.000Z');
const at = (seconds: number): Date => new Date(START + seconds * 1000);

/** What the writes of attempts leave behind, as a store without anything else would. */
const notebook = () => {
  const documents = new Map<string, unknown>();
  const reads: Reads = {
    get: (key) => {
      const data = documents.get(key.path);
      if (data === undefined) return undefined;
      const version = Timestamp.fromMillis(0);
      return { key, id: key.id, data: key.parse(data), version, changeIds: [] };
    },
  };
  const commit = (writes: readonly Write[]): void => {
    for (const write of writes) {
      if (write.op !== 'create' && write.op !== 'update') throw new Error(write.op);
      expect(write.op).to.equal(documents.has(write.path) ? 'update' : 'create');
      const before = documents.get(write.path);
      documents.set(write.path, { ...Object(before), ...write.data });
    }
  };
  /** The attempts at this second, one after the other: each one, or the seconds to wait. */
  const attempt = (seconds: number, ...wanted: readonly Subjects[]): (Attempt | number)[] => {
    const { results, writes } = reserve(wanted, reads, at(seconds));
    commit(writes);
    return results.map((result) =>
      result instanceof Problem ? Number(result.headers['Retry-After']) : result,
    );
  };
  const back = (given: Attempt | number | undefined): void => {
    if (typeof given === 'object') commit(giveBack(given, reads));
  };
  return { reads, attempt, back };
};

const isLet = (result: Attempt | number): boolean => typeof result === 'object';
const count = <T>(length: number, make: (n: number) => T): T[] =>
  Array.from({ length }, (_, n) => make(n));

const FOC = { email: 'foc@crewline.test', address: '203.0.113.7', browser: undefined };
const from = (address: string): Subjects => ({ ...FOC, address });
const stranger = (n: number): Subjects => from(`198.51.${Math.floor(n / 250)}.${n % 250}`);
const account = (n: number): Subjects => ({ ...FOC, email: `nobody.${n}@crewline.test` });
const known = { ...FOC, browser: 'a-session-of-old' };

describe('attempts to sign in', () => {
  it('are ten for an account and network in 15 minutes, however many come at once', () => {
    for (const all of [11, 50, 1000]) {
      const { attempt } = notebook();
      const results = attempt(0, ...count(all, () => FOC));
      expect(results.slice(0, 10).every(isLet)).to.equal(true);
      expect(results.slice(10)).to.deep.equal(count(all - 10, () => 900));
    }
  });

  it('beyond that wait until the oldest that counts is 15 minutes old', () => {
    const { attempt } = notebook();
    for (let second = 0; second < 10; second += 1) attempt(second, FOC);
    expect(attempt(20, FOC)).to.deep.equal([880]);
    expect(attempt(899.5, FOC)).to.deep.equal([1]);
    expect(attempt(900, FOC, FOC).map(isLet)).to.deep.equal([true, false]);
    expect(attempt(900, FOC)).to.deep.equal([1]);
  });

  it('do not count when they are given back', () => {
    const { attempt, back } = notebook();
    attempt(0, ...count(9, () => FOC));
    for (let second = 1; second < 30; second += 1) {
      const [right] = attempt(second, FOC);
      expect(right).to.be.an('object');
      back(right);
    }
    expect(attempt(30, FOC, FOC).map(isLet)).to.deep.equal([true, false]);
  });

  it('are given back once, and not those of others', () => {
    const { attempt, back, reads } = notebook();
    const [own, others] = attempt(0, FOC, stranger(1));
    const [later] = attempt(1, FOC);
    const [key] = attemptKeys(FOC);
    const left = () =>
      (key && reads.get(key)?.data.tried.map(({ at: when, pair }) => ({ at: when, pair }))) ?? [];
    const noted = (...all: readonly (Attempt | number | undefined)[]) =>
      all.map((each) => (typeof each === 'object' ? { at: each.at, pair: each.pair } : undefined));
    expect(left()).to.deep.equal(noted(own, others, later));
    back(later);
    expect(left()).to.deep.equal(noted(own, others));
    back(others);
    back(others);
    back(later);
    expect(left()).to.deep.equal(noted(own));
  });

  it('of one network do not block the account for another', () => {
    const { attempt } = notebook();
    attempt(0, ...count(10, () => FOC));
    expect(attempt(1, FOC).map(isLet)).to.deep.equal([false]);
    expect(attempt(1, from('203.0.113.8')).map(isLet)).to.deep.equal([true]);
  });

  it('of an IPv6 client count for its /64; an IPv4 address is the same when written as IPv6', () => {
    for (const [one, same, other] of [
      ['2001:db8:1:2:a::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3:a::1'],
      ['203.0.113.7', '::ffff:203.0.113.7', '203.0.113.6'],
      ['::ffff:cb00:7107', '203.0.113.7', '::ffff:203.0.113.6'],
      ['fe80::1%eth0', 'fe80::2', 'fe80:0:0:1::1'],
      ['', 'no address', '127.0.0.1'],
    ] as const) {
      const { attempt } = notebook();
      attempt(0, ...count(10, () => from(one)));
      expect(attempt(1, from(same)).map(isLet), same).to.deep.equal([false]);
      expect(attempt(1, from(other)).map(isLet), other).to.deep.equal([true]);
    }
  });

  it('count in any letter case of the e-mail', () => {
    const { attempt } = notebook();
    attempt(0, ...count(10, () => ({ ...FOC, email: 'FOC@Crewline.test' })));
    expect(attempt(1, FOC).map(isLet)).to.deep.equal([false]);
  });

  it('are a hundred for a network, whichever the accounts', () => {
    const { attempt } = notebook();
    const results = attempt(0, ...count(1000, account));
    expect(results.filter(isLet)).to.have.length(100);
    expect(attempt(60, account(2000))).to.deep.equal([840]);
    expect(attempt(60, from('203.0.113.8')).map(isLet)).to.deep.equal([true]);
  });

  it('on one account from everywhere are slowed down after a hundred, not stopped', () => {
    const { attempt } = notebook();
    expect(attempt(0, ...count(1000, stranger)).filter(isLet)).to.have.length(100);
    expect(attempt(4, stranger(1001))).to.deep.equal([1]);
    expect(attempt(5, stranger(1002), stranger(1003))).to.satisfy(
      ([first, second]: (Attempt | number)[]) => typeof first === 'object' && second === 5,
    );
    expect(attempt(10, FOC).map(isLet)).to.deep.equal([true]);
    expect(attempt(900, ...count(1000, stranger)).filter(isLet)).to.have.length(98);
  });

  it('of a browser that is known are not blocked or slowed by strangers', () => {
    const { attempt } = notebook();
    attempt(0, ...count(1000, stranger), ...count(1000, account), ...count(10, () => FOC));
    expect(attempt(1, FOC).map(isLet)).to.deep.equal([false]);
    expect(attempt(1, ...count(11, () => known)).map(isLet)).to.deep.equal([
      ...count(10, () => true),
      false,
    ]);
    const other = { ...known, browser: 'another-session-of-old' };
    expect(attempt(1, other).map(isLet)).to.deep.equal([true]);
  });

  it('leave no more behind than those of the window', () => {
    const { attempt, reads } = notebook();
    for (let second = 0; second < 3600; second += 5) attempt(second, stranger(second));
    const [key] = attemptKeys(FOC);
    expect(key && reads.get(key)?.data.tried.length).to.be.within(100, 281);
  });

  it('write nothing when all are refused', () => {
    const { attempt, reads } = notebook();
    attempt(0, ...count(10, () => FOC));
    expect(reserve([FOC, FOC], reads, at(1)).writes).to.deep.equal([]);
  });

  it('are stored under names that reveal neither the e-mail nor the address', () => {
    for (const subjects of [FOC, known]) {
      for (const { path } of attemptKeys(subjects)) {
        expect(path).to.match(/^attempts\/(account|network|browser)-[\da-f]{64}$/);
      }
    }
    const { attempt, reads } = notebook();
    attempt(0, FOC);
    const stored = attemptKeys(FOC).map((key) => reads.get(key)?.data);
    expect(JSON.stringify(stored)).not.to.match(/foc|203/i);
    expect(attempts.ttl).to.equal('expiresAt');
  });
});
