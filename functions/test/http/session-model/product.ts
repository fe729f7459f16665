import { expect } from 'chai';
import { type Grant, grants } from '../../../src/kernel/auth/grant.ts';
import { cgsWorld } from '../../desks/cgs/world.ts';
import { accountsOf, cookieIn, PASSWORD, tokensFor } from '../../support/accounts.ts';
import { type Sender, textAt } from '../../support/client.ts';
import type { TestApi } from '../../support/harness.ts';

const HOUR = 60 * 60_000;

/** What a login gives to a browser or phone. */
export interface SignedIn {
  readonly cookie: string;
  readonly refreshToken: string;
  readonly idToken: string;
}

/** The sessions of a person as if so many hours more had passed. */
const earlier = ({ sessions, signIns }: Grant, hours: number) => {
  const shift = (time: Date): Date => new Date(time.getTime() - hours * HOUR);
  const ends = Object.entries(sessions).map(([sid, end]) => [sid, shift(end)] as const);
  const entries = Object.entries(signIns).map(([sid, { createdAt, lastSeenAt, ...entry }]) => {
    const times = { createdAt: shift(createdAt), lastSeenAt: shift(lastSeenAt) };
    return [sid, { ...entry, ...times }] as const;
  });
  return { sessions: Object.fromEntries(ends), signIns: Object.fromEntries(entries) };
};

/** The product as browsers, phones and a SuperAdmin use it. */
export const productOf = async (api: TestApi) => {
  const { store } = api.runtime;
  const world = cgsWorld(api);
  const accounts = accountsOf(api, world);
  const admin = await world.member('SuperAdmin');

  /** What the SuperAdmin is answered, undefined for a refusal. */
  const asAdmin = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await world.call(method, path, { as: admin, ...(body && { body }) });
    expect(answer.status, answer.text).to.be.oneOf([200, 201, 404, 409]);
    return answer.status < 400 ? answer.body : undefined;
  };

  /** Registers a FOC; returns the uid, undefined when somebody has the e-mail. */
  const register = async (email: string): Promise<string | undefined> => {
    const created = await asAdmin('POST', '/v1/users', {
      email,
      password: PASSWORD,
      rePassword: PASSWORD,
      nik: '3273009',
      name: 'Budi Santoso',
      role: 'FOC',
      region: 'West',
      phoneNumber: '0812345678',
    });
    return created === undefined ? undefined : textAt(created, 'data', 'result', 'id');
  };

  /** Signs in, in a browser that has this cookie; undefined when that is refused. */
  const signIn = async (
    email: string,
    password: string,
    cookie: string | undefined,
  ): Promise<SignedIn | undefined> => {
    // The cookie that a browser keeps after signing out.
    const headers = cookie === undefined ? {} : { Cookie: `__session=${cookie}` };
    const answer = await accounts.login(email, password, { headers });
    expect(answer.status, answer.text).to.be.oneOf([200, 401]);
    if (answer.status === 401) return undefined;
    const tokens = await tokensFor(textAt(answer.body, 'data', 'token'));
    return { cookie: cookieIn(answer, '__session') ?? '', ...tokens };
  };

  const logOut = async (as: Sender): Promise<void> => {
    expect((await world.call('POST', '/v1/logout', { as })).status).to.equal(200);
  };

  /** Makes all times of these people's sessions so much earlier. */
  const setBack = async (uids: readonly string[], hours: number): Promise<void> => {
    const keys = uids.map((uid) => grants.doc(uid));
    const reads = await store.load(keys);
    const writes = keys.flatMap((key) => {
      const seen = reads.get(key);
      return seen === undefined ? [] : [grants.update(seen, earlier(seen.data, hours))];
    });
    if (writes.length > 0) await store.commit(writes);
  };

  return { asAdmin, register, signIn, logOut, setBack };
};
