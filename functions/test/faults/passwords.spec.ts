import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Accounts } from '../../src/kernel/auth/accounts.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { accountsOf, mailedCodes, PASSWORD } from '../support/accounts.ts';
import { hookedStore } from '../support/hooked-store.ts';
import { type Sending, send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const NEW = 'other-horse-8';

/** Where the process ends: at which of its effects, and on which side of it. */
interface Crash {
  readonly at: number;
  readonly side: 'before' | 'after';
}

const crashesOf = (effects: number): Crash[] =>
  Array.from({ length: effects }, (_, n) => n + 1).flatMap((at) => [
    { at, side: 'before' as const },
    { at, side: 'after' as const },
  ]);

describe('a change of a password that ends half way', () => {
  let plain: TestApi;
  let api: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let crash: Crash;
  let effects: number;

  const effect = async <T>(go: () => Promise<T>): Promise<T> => {
    effects += 1;
    const isHere = effects === crash.at;
    if (isHere && crash.side === 'before') throw new Error('the process ends');
    const result = await go();
    if (isHere) throw new Error('the process ends');
    return result;
  };

  before(async () => {
    plain = await startApi();
    world = cgsWorld(plain);
    accounts = accountsOf(plain, world);
    const real = plain.runtime.accounts;
    const crashing: Accounts = {
      ...real,
      create: (...args) => effect(() => real.create(...args)),
      update: (...args) => effect(() => real.update(...args)),
      sendPasswordReset: (...args) => effect(() => real.sendPasswordReset(...args)),
      confirmPasswordReset: (...args) => effect(() => real.confirmPasswordReset(...args)),
    };
    const store = hookedStore(plain.runtime.store, { commit: (_writes, go) => effect(go) });
    api = await startApi({ accounts: crashing, store });
  });
  after(() => Promise.all([api.stop(), plain.stop()]));

  /** Sends a request to the process that ends. */
  const sendInto = (where: Crash, path: string, sending: Sending) => {
    crash = where;
    effects = 0;
    return send(api.url, 'POST', path, sending);
  };
  const post = (path: string, sending: Sending) => send(plain.url, 'POST', path, sending);
  const isRight = async ({ email }: { email: string }, password: string): Promise<boolean> =>
    (await plain.runtime.accounts.checkPassword(email, password)) !== undefined;
  const statusOf = async (cookie: string): Promise<number> =>
    (await world.call('GET', '/v1/me', { as: { cookie } })).status;

  /** A person with two sessions. */
  const signedInTwice = async (): Promise<{ person: Member; other: string }> => {
    const person = await accounts.person('FOC');
    return { person, other: (await accounts.signIn(person)).cookie };
  };

  for (const where of crashesOf(3)) {
    it(`by oneself, ${where.side} step ${where.at}: repeating it completes it`, async () => {
      const { person, other } = await signedInTwice();
      const body = { currentPassword: PASSWORD, newPassword: NEW };
      const answer = await sendInto(where, '/v1/me/password', { as: person, body });
      expect(answer.status).to.equal(500);
      const isNew = await isRight(person, NEW);
      expect(await isRight(person, PASSWORD)).to.equal(!isNew);
      if (!isNew) expect(await statusOf(other)).to.equal(200);
      const again = { ...body, currentPassword: isNew ? NEW : PASSWORD };
      const repeated = await post('/v1/me/password', { as: person, body: again });
      expect(repeated.status, repeated.text).to.equal(200);
      expect([await statusOf(person.cookie), await statusOf(other)]).to.deep.equal([200, 401]);
      expect(await isRight(person, NEW)).to.equal(true);
    });
  }

  it('by oneself is not answered for by a repeat that finds it half done', async () => {
    const { person, other } = await signedInTwice();
    const sending = {
      as: person,
      body: { currentPassword: PASSWORD, newPassword: NEW },
      headers: { 'Idempotency-Key': randomUUID() },
    };
    const real = plain.runtime.accounts;
    let early = 0;
    const racing = await startApi({
      accounts: {
        ...real,
        update: async (...args) => {
          await real.update(...args);
          early = (await post('/v1/me/password', sending)).status;
        },
      },
    });
    const { status } = await send(racing.url, 'POST', '/v1/me/password', sending);
    await racing.stop();
    expect([early, status]).to.deep.equal([400, 200]);
    expect([await statusOf(person.cookie), await statusOf(other)]).to.deep.equal([200, 401]);
    expect((await post('/v1/me/password', sending)).status).to.equal(200);
  });

  for (const where of crashesOf(3)) {
    it(`by a mailed code, ${where.side} step ${where.at}: no session outlives the old password`, async () => {
      const { person, other } = await signedInTwice();
      await post('/v1/password-reset', { body: { email: person.email } });
      const [code = ''] = await mailedCodes(person.email);
      const body = { code, newPassword: NEW };
      const answer = await sendInto(where, '/v1/password-reset/confirm', { body });
      expect(answer.status).to.equal(500);
      const isNew = await isRight(person, NEW);
      expect(await isRight(person, PASSWORD)).to.equal(!isNew);
      if (!isNew) {
        expect((await post('/v1/password-reset/confirm', { body })).status).to.equal(200);
      }
      for (const cookie of [person.cookie, other]) expect(await statusOf(cookie)).to.equal(401);
      await accounts.signIn(person, { password: NEW });
    });
  }

  it('by a mailed code ends the session that the old password opens meanwhile', async () => {
    const { person } = await signedInTwice();
    await post('/v1/password-reset', { body: { email: person.email } });
    const [code = ''] = await mailedCodes(person.email);
    const real = plain.runtime.accounts;
    let opened = '';
    const racing = await startApi({
      accounts: {
        ...real,
        confirmPasswordReset: async (...args) => {
          opened = (await accounts.signIn(person)).cookie;
          return real.confirmPasswordReset(...args);
        },
      },
    });
    const body = { code, newPassword: NEW };
    const answer = await send(racing.url, 'POST', '/v1/password-reset/confirm', { body });
    await racing.stop();
    expect(answer.status, answer.text).to.equal(200);
    expect(await statusOf(opened)).to.equal(401);
  });

  for (const where of crashesOf(3)) {
    it(`by an invitation, ${where.side} step ${where.at}: the person can still set their first`, async () => {
      const admin = await world.member('SuperAdmin');
      const email = `invited.${randomUUID()}@crewline.test`;
      const body = {
        email,
        nik: '1',
        name: 'Invited One',
        role: 'NOC',
        region: 'West',
        phoneNumber: '0812345678',
      };
      await sendInto(where, '/v1/users', { as: admin, body });
      const repeated = await post('/v1/users', { as: admin, body });
      expect(repeated.status).to.be.oneOf([201, 409]);
      await post('/v1/password-reset', { body: { email } });
      const code = (await mailedCodes(email)).at(-1);
      const set = { code, newPassword: NEW };
      expect((await post('/v1/password-reset/confirm', { body: set })).status).to.equal(200);
      await accounts.signIn({ email }, { password: NEW });
    });
  }

  for (const where of crashesOf(3)) {
    it(`of an account without a person, ${where.side} step ${where.at} of registering: a repeat completes it`, async () => {
      const [admin, other] = [await world.member('SuperAdmin'), await world.member('SuperAdmin')];
      const email = `found.${randomUUID()}@crewline.test`;
      await plain.runtime.accounts.create(randomUUID(), { email, password: 'left-behind' });
      const body = {
        email,
        password: NEW,
        rePassword: NEW,
        nik: '1',
        name: 'Found One',
        role: 'NOC',
        region: 'West',
        phoneNumber: '0812345678',
      };
      const headers = { 'Idempotency-Key': randomUUID() };
      await sendInto(where, '/v1/users', { as: admin, body, headers });
      expect((await accounts.login(email, 'left-behind')).status).to.equal(401);
      // Nobody else registers them while somebody is about to.
      const isBegun = where.at > 1 || where.side === 'after';
      if (isBegun) expect((await post('/v1/users', { as: other, body })).status).to.equal(409);
      const repeated = await post('/v1/users', { as: admin, body, headers });
      expect(repeated.status, repeated.text).to.equal(201);
      await accounts.signIn({ email }, { password: NEW });
      expect((await accounts.login(email, 'left-behind')).status).to.equal(401);
    });
  }
});
