import { expect } from 'chai';
import type { Accounts } from '../../src/kernel/auth/accounts.ts';
import { attemptKeys } from '../../src/kernel/auth/throttle.ts';
import { Problem, refuseFor } from '../../src/kernel/problem.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { changePerson } from '../desks/person.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { accountsOf, freshAddress, PASSWORD } from '../support/accounts.ts';
import { codeOf, type Received } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createGate, hookedStore } from '../support/hooked-store.ts';
import { nth } from '../support/instances.ts';
import { ownRuntime } from '../support/own-store.ts';

const MINUTE = 60_000;
const WRONG = 'wrong-password';

describe('guesses of a password', function () {
  this.timeout(60_000);
  const real = ownRuntime({}, 'demo-crewline').runtime.accounts;
  let ownStore: Runtime['store'];
  let now: Date;
  /** The passwords that were checked. */
  let checked: string[];
  let check: Accounts['checkPassword'];
  let steps: string[];
  /** Awaited before a commit that writes this document. */
  let held: { readonly path: string | undefined; readonly until: Promise<void> } | undefined;
  let api: TestApi;
  let other: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let foc: Member;

  const parts = (): Partial<Runtime> => ({
    now: () => now,
    accounts: {
      ...real,
      checkPassword: (email, password) => {
        checked.push(password);
        steps.push('check the password');
        return check(email, password);
      },
    },
    store: hookedStore(ownStore, {
      load: (keys, go) => {
        const read = keys.map(({ path }) => path.split('/')[0]);
        if (read.length > 0) steps.push(`read ${read.join(' ')}`);
        return go();
      },
      commit: async (writes, go) => {
        steps.push(`write ${writes.map(({ path }) => path.split('/')[0]).join(' ')}`);
        if (writes.some(({ path }) => path === held?.path)) await held?.until;
        await go();
      },
    }),
  });

  before(async () => {
    const plain = await startApi();
    ownStore = plain.runtime.store;
    await plain.stop();
  });
  beforeEach(async () => {
    now = new Date();
    checked = [];
    steps = [];
    held = undefined;
    check = real.checkPassword;
    [api, other] = await Promise.all([startApi(parts()), startApi(parts())]);
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
    foc = await accounts.person('FOC');
  });
  afterEach(() => Promise.all([api.stop(), other.stop()]));

  const guessing = (on: TestApi, address: string) => {
    const { login } = accountsOf(on, world);
    return (email: string, password: string) =>
      login(email, password, { headers: { 'X-Forwarded-For': address } });
  };
  const outcome = ({ status }: Received): number => status;
  const tooMany = (answer: Received): number => {
    expect(answer.status).to.equal(429);
    expect(codeOf(answer)).to.equal('auth/too-many-attempts');
    return Number(answer.headers.get('Retry-After'));
  };

  for (const all of [50, 200, 1000]) {
    for (const [where, right] of [
      ['first', 0],
      ['in the middle', all / 2],
      ['last', all - 1],
    ] as const) {
      it(`are checked ten times, of ${all} at once with the right one ${where}`, async () => {
        const address = freshAddress();
        const instances = [api, other].map((each) => guessing(each, address));
        const answers = await Promise.all(
          Array.from({ length: all }, (_, n) =>
            nth(instances, n)(foc.email, n === right ? PASSWORD : `${WRONG}-${n}`),
          ),
        );
        const statuses = answers.map(outcome);
        const wrong = checked.filter((password) => password !== PASSWORD);
        expect(wrong.length).to.be.at.most(10);
        expect(checked.length).to.be.within(10, 11);
        expect(statuses.filter((status) => status === 401)).to.have.length(wrong.length);
        expect(statuses[right]).to.equal(checked.includes(PASSWORD) ? 200 : 429);
        const others = statuses.filter((status) => status !== 401 && status !== 200);
        expect(others.every((status) => status === 429)).to.equal(true);
        // What is let through when all is over: one more, where the right one was given back.
        const rest = 10 - wrong.length;
        const late = await Promise.all([1, 2].map(() => guessing(api, address)(foc.email, WRONG)));
        expect(late.filter(({ status }) => status === 401)).to.have.length(rest);
      });
    }
  }

  it('are refused after ten of them, the right one too, until Retry-After is over', async () => {
    const guess = guessing(api, freshAddress());
    for (let time = 0; time < 9; time += 1) await guess(foc.email, WRONG);
    now = new Date(now.getTime() + MINUTE);
    expect((await guess(foc.email, WRONG)).status).to.equal(401);
    for (const password of [WRONG, PASSWORD]) {
      expect(tooMany(await guess(foc.email.toUpperCase(), password))).to.equal(14 * 60);
    }
    now = new Date(now.getTime() + 14 * MINUTE - 1);
    expect(tooMany(await guess(foc.email, PASSWORD))).to.equal(1);
    now = new Date(now.getTime() + 1);
    expect((await guess(foc.email, PASSWORD)).status).to.equal(200);
  });

  it('of others do not lock a person out who comes from elsewhere, nor another person', async () => {
    const address = freshAddress();
    const guess = guessing(api, address);
    const neighbour = await accounts.person('FOC');
    for (let time = 0; time < 10; time += 1) await guess(foc.email, WRONG);
    expect((await guess(foc.email, PASSWORD)).status).to.equal(429);
    expect((await guess(neighbour.email, PASSWORD)).status).to.equal(200);
    const elsewhere = guessing(api, freshAddress());
    expect((await elsewhere(foc.email, PASSWORD)).status).to.equal(200);
  });

  it('from all over the world are let through one in five seconds, after a hundred', async () => {
    const guess = () => guessing(api, freshAddress())(foc.email, WRONG);
    const answers = await Promise.all(Array.from({ length: 150 }, guess));
    expect(answers.filter(({ status }) => status === 401)).to.have.length(100);
    expect(tooMany(await guess())).to.equal(5);
    now = new Date(now.getTime() + 5_000);
    expect((await guessing(api, freshAddress())(foc.email, PASSWORD)).status).to.equal(200);
  });

  it('on many accounts from one network are a hundred', async () => {
    const guess = guessing(api, freshAddress());
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, n) => guess(`nobody.${n}.${foc.id}@crewline.test`, WRONG)),
    );
    expect(answers.filter(({ status }) => status === 401)).to.have.length(100);
    expect(checked).to.have.length(100);
    expect(tooMany(await guess(foc.email, PASSWORD))).to.equal(15 * 60);
  });

  const reserve = (email: string, address: string, browser?: string) =>
    api.runtime.attempts.reserve(api.runtime, api.runtime.store, { email, address, browser });
  const isLet = (result: object): boolean => !(result instanceof Problem);

  it('that come at once share reads and commits: a thousand are five reads and one commit', async () => {
    const address = freshAddress();
    steps = [];
    const all = Array.from({ length: 1000 }, () => reserve(foc.email, address));
    expect((await Promise.all(all)).filter(isLet)).to.have.length(10);
    expect(steps.filter((step) => step.startsWith('read'))).to.have.length(5);
    expect(steps.filter((step) => step.startsWith('write'))).to.have.length(1);
  });

  it('do not keep anybody waiting who has another account and network', async () => {
    const gate = createGate();
    const [key] = attemptKeys({ email: foc.email, address: '', browser: undefined });
    held = { path: key?.path, until: gate.opened };
    const first = reserve(foc.email, freshAddress());
    const behind = reserve(foc.email, freshAddress());
    expect(await reserve('somebody.else@crewline.test', freshAddress())).to.satisfy(isLet);
    gate.open();
    expect((await Promise.all([first, behind])).filter(isLet)).to.have.length(2);
  });

  it('do not lock or slow a browser that is known for this person', async () => {
    const address = freshAddress();
    const guess = guessing(api, address);
    for (let time = 0; time < 10; time += 1) await guess(foc.email, WRONG);
    const strangers = Array.from({ length: 120 }, () =>
      guessing(other, freshAddress())(foc.email, WRONG),
    );
    const known = Array.from({ length: 11 }, () => reserve(foc.email, address, 'a-session-of-old'));
    expect((await Promise.all(known)).filter(isLet)).to.have.length(10);
    await Promise.all(strangers);
    expect((await guess(foc.email, PASSWORD)).status).to.equal(429);
  });

  it('are let through for a browser that has signed in before, also after signing out', async () => {
    const address = freshAddress();
    const { cookie } = foc;
    await world.call('POST', '/v1/logout', { as: { cookie } });
    for (let time = 0; time < 10; time += 1) await guessing(api, address)(foc.email, WRONG);
    const from = (email: string, known: string) =>
      accounts.login(email, PASSWORD, {
        headers: { 'X-Forwarded-For': address, Cookie: `__session=${known}` },
      });
    const stranger = await world.member('FOC');
    expect((await from(foc.email, stranger.cookie)).status).to.equal(429);
    expect((await from(foc.email, `${'x'.repeat(43)}.${foc.id}`)).status).to.equal(429);
    expect((await from(foc.email, cookie)).status).to.equal(200);
  });

  it('with the cookie of somebody else are as many as without', async () => {
    const [address, other] = [freshAddress(), await accounts.person('FOC')];
    const headers = { 'X-Forwarded-For': address, Cookie: `__session=${other.cookie}` };
    const answers = Array.from({ length: 20 }, () => accounts.login(foc.email, WRONG, { headers }));
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).to.have.length(10);
    expect(statuses.filter((status) => status === 429)).to.have.length(10);
  });

  it('count when nobody saw how they ended', async () => {
    check = () => Promise.reject(new Error('the instance crashed'));
    const guess = guessing(api, freshAddress());
    for (let time = 0; time < 10; time += 1) {
      expect((await guess(foc.email, PASSWORD)).status).to.equal(500);
    }
    check = real.checkPassword;
    expect(tooMany(await guess(foc.email, PASSWORD))).to.equal(15 * 60);
  });

  it('do not count when they could not be checked', async () => {
    check = () => Promise.reject(refuseFor('auth/unavailable', 5));
    const guess = guessing(api, freshAddress());
    for (let time = 0; time < 12; time += 1) {
      expect((await guess(foc.email, PASSWORD)).status).to.equal(503);
    }
    check = real.checkPassword;
    expect((await guess(foc.email, PASSWORD)).status).to.equal(200);
  });

  it('do not count when they were right', async () => {
    const guess = guessing(api, freshAddress());
    for (let time = 0; time < 12; time += 1) {
      expect((await guess(foc.email, PASSWORD)).status).to.equal(200);
    }
    for (let time = 0; time < 10; time += 1) {
      expect((await guess(foc.email, WRONG)).status).to.equal(401);
    }
    expect((await guess(foc.email, PASSWORD)).status).to.equal(429);
  });

  it('take the same steps at the same cost, whoever they are wrong for', async () => {
    const admin = await world.member('SuperAdmin');
    const gone = await accounts.person('FOC');
    await world.call('PUT', `/v1/users/${gone.id}`, { as: admin, body: { active: false } });
    const half = await accounts.person('FOC');
    const setActive = (active: boolean) => changePerson(api, half.id, { active });
    // As after a crash between the store and the account, which is not disabled yet.
    await setActive(false);

    const taken = async (email: string, password: string): Promise<unknown> => {
      steps = [];
      const answer = await guessing(api, freshAddress())(email, password);
      expect(answer.status).to.equal(401);
      const headers = [...answer.headers.keys()];
      return { steps, headers, code: codeOf(answer), length: answer.text.length };
    };
    const wrong = await taken(foc.email, WRONG);
    expect(steps).to.deep.equal([
      'read attempts attempts',
      'write attempts attempts',
      'check the password',
      'read grants attempts attempts',
      'write audit',
    ]);
    expect(await taken(`nobody.${foc.id}@crewline.test`, WRONG)).to.deep.equal(wrong);
    expect(await taken(gone.email, PASSWORD)).to.deep.equal(wrong);
    expect(await taken(half.email, PASSWORD)).to.deep.equal(wrong);
    await setActive(true);
  });
});
