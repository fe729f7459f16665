import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import type { Loaded } from '../store/document.ts';
import {
  recordFailure,
  type Throttle,
  type ThrottleKind,
  throttleOf,
  tooMany,
} from './throttle.ts';

const START = Date.parse('2026-11-02T01:00:00.000Z');
const at = (seconds: number): Date => new Date(START + seconds * 1000);

const key = throttleOf('account', 'foc@crewline.test');
const seen = (...seconds: readonly number[]): Loaded<Throttle> => ({
  key,
  id: key.id,
  data: { failures: seconds.map(at), expiresAt: at(900) },
  version: Timestamp.fromMillis(0),
  changeIds: [],
});
const seconds = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const wait = (kind: ThrottleKind, failures: readonly number[], now: number): unknown =>
  tooMany(kind, seen(...failures), at(now))?.headers['Retry-After'];

describe('failed sign-ins', () => {
  it('are allowed up to ten of an account and a hundred of an address', () => {
    expect(tooMany('account', undefined, at(0))).to.equal(undefined);
    expect(wait('account', seconds(9), 20)).to.equal(undefined);
    expect(wait('account', seconds(10), 20)).not.to.equal(undefined);
    expect(wait('address', seconds(99), 100)).to.equal(undefined);
    expect(wait('address', seconds(100), 100)).not.to.equal(undefined);
  });

  it('beyond that have to wait until the oldest that counts is 15 minutes old', () => {
    expect(wait('account', seconds(10), 20)).to.equal(String(900 - 20));
    expect(wait('account', seconds(12), 20)).to.equal(String(900 + 2 - 20));
    expect(wait('account', seconds(10), 899.5)).to.equal('1');
    expect(wait('account', seconds(10), 900)).to.equal(undefined);
  });

  it('are recorded with their time; those older than the window are dropped', () => {
    const write = recordFailure(key, seen(0, 500), at(1000));
    expect(write).to.have.deep.nested.property('data.failures', [at(500), at(1000)]);
    expect(write).to.have.deep.nested.property('data.expiresAt', at(1900));
    expect(write).to.have.property('op', 'update');
    expect(recordFailure(key, undefined, at(0))).to.have.property('op', 'create');
  });

  it('are recorded up to a hundred', () => {
    const write = recordFailure(key, seen(...seconds(100)), at(200));
    expect(write).to.have.nested.property('data.failures').with.length(100);
  });

  it('are stored under a name that reveals neither the e-mail nor the address', () => {
    expect(key.path).to.match(/^signIns\/account-[\da-f]{64}$/);
    expect(throttleOf('account', 'FOC@crewline.test').path).to.equal(key.path);
    expect(throttleOf('address', 'foc@crewline.test').path).not.to.equal(key.path);
  });
});
