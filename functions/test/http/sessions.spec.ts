import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { grants } from '../../src/kernel/auth/grant.ts';
import { MOST_SESSIONS, sessionOf } from '../../src/kernel/auth/session.ts';
import {
  accountsOf,
  idTokenFor,
  PASSWORD,
  refresh,
  signInDirectly,
  tokensFor,
} from '../support/accounts.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { codeOf, type Sender, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a session', () => {
  let api: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let now: Date;
  let isStopped: boolean;

  beforeEach(async () => {
    now = new Date();
    isStopped = true;
    api = await startApi({ now: () => (isStopped ? now : new Date()) });
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
  });
  afterEach(() => api.stop());

  const me = (as: Sender) => world.call('GET', '/v1/users/me', { as });
  const isLive = async (as: Sender): Promise<boolean> => {
    const { status } = await me(as);
    expect(status).to.be.oneOf([200, 401]);
    return status === 200;
  };
  const pass = (time: number): void => {
    now = new Date(now.getTime() + time);
  };
  const grantOf = async (uid: string) => {
    const key = grants.doc(uid);
    return (await api.runtime.store.get(key))?.data;
  };
  const stored = async (cookie: string) => {
    const { uid, sid } = sessionOf(cookie) ?? { uid: '', sid: '' };
    const grant = await grantOf(uid);
    return grant && { end: grant.sessions[sid], ...grant.signIns[sid] };
  };

  describe('ended by logout', () => {
    for (const method of ['GET', 'POST']) {
      it(`is over at once, for every instance (${method})`, async () => {
        const { cookie } = await world.member('FOC');
        const other = await startApi();
        try {
          const answer = await world.call(method, '/v1/logout', { as: { cookie } });
          expect(answer.body).to.deep.equal({ statusCode: 200 });
          expect(await isLive({ cookie })).to.equal(false);
          const seen = await cgsWorld(other).call('GET', '/v1/users/me', { as: { cookie } });
          expect(seen.status).to.equal(401);
        } finally {
          await other.stop();
        }
      });

      it(`leaves a cookie that proves nothing but an earlier sign-in (${method})`, async () => {
        const { cookie } = await world.member('FOC');
        for (const as of [{ cookie }, { cookie }, {}, { cookie: 'garbage' }]) {
          const answer = await world.call(method, '/v1/logout', { as });
          expect(answer.status).to.equal(200);
          const [cleared, ...others] = answer.headers.getSetCookie();
          expect(cleared?.startsWith('session_id=; Max-Age=0; Path=/')).to.equal(true);
          expect(others).to.deep.equal([]);
          expect(answer.headers.get('Clear-Site-Data')).to.equal('"cache", "storage"');
        }
      });
    }

    it('does not affect the person’s other sessions', async () => {
      const person = await accounts.person('FOC');
      const { cookie } = await accounts.signIn(person);
      await world.call('POST', '/v1/logout', { as: { cookie } });
      expect(await isLive(person)).to.equal(true);
    });
  });

  describe('of a browser or a phone', () => {
    it('ends when the same browser signs in again, as the same person or another', async () => {
      const [one, other] = [await accounts.person('FOC'), await accounts.person('FOC')];
      const first = await accounts.signIn(one);
      const second = await accounts.signIn(one, { cookie: first.cookie });
      expect(await isLive(first)).to.equal(false);
      expect(await isLive(second)).to.equal(true);
      const third = await accounts.signIn(other, { cookie: second.cookie });
      expect(await isLive(second)).to.equal(false);
      expect(await isLive(third)).to.equal(true);
    });

    it('ends when a phone that sends it as a bearer signs in again', async () => {
      const person = await accounts.person('FOC');
      const { cookie: token } = await accounts.signIn(person);
      const body = { email: person.email, password: PASSWORD };
      const again = await world.call('POST', '/v1/login', { as: { token }, body });
      expect(again.status).to.equal(200);
      expect(await isLive({ token })).to.equal(false);
    });

    it('ends when twenty others have been opened since', async () => {
      const person = await accounts.person('FOC');
      const { cookie } = await accounts.signIn(person);
      for (let n = 2; n < MOST_SESSIONS; n += 1) {
        pass(1);
        await accounts.signIn(person);
      }
      expect(await isLive({ cookie })).to.equal(true);
      pass(1);
      await accounts.signIn(person);
      expect(await isLive({ cookie })).to.equal(false);
      expect(Object.keys((await grantOf(person.id))?.sessions ?? {})).to.have.length(MOST_SESSIONS);
    });

    it('is proven by its cookie, its token as bearer, or an ID token, and ends for all', async () => {
      const person = await accounts.person('FOC');
      const { cookie, customToken } = await accounts.signIn(person);
      const ways: Sender[] = [
        { cookie },
        { token: cookie },
        { token: await idTokenFor(customToken) },
      ];
      for (const way of ways) expect(await isLive(way)).to.equal(true);
      await world.call('POST', '/v1/logout', { as: { token: cookie } });
      for (const way of ways) expect(await isLive(way)).to.equal(false);
    });

    it('is not revived by a refresh token that was stolen before the logout', async () => {
      const { cookie, customToken } = await accounts.signIn(await accounts.person('FOC'));
      const { refreshToken } = await tokensFor(customToken);
      await world.call('POST', '/v1/logout', { as: { cookie } });
      expect(await isLive({ token: await refresh(refreshToken) })).to.equal(false);
    });

    it('is not opened by Firebase’s own sign-in with the public key', async () => {
      const { email } = await accounts.person('FOC');
      expect(await isLive({ token: await signInDirectly(email) })).to.equal(false);
    });
  });

  describe('in a cookie', () => {
    const rename = (as: Sender, headers: Record<string, string>) =>
      world.call('POST', '/v1/areas', { as, headers, body: {} });
    const FOREIGN = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ] as const;

    it('changes nothing for a page of a foreign origin', async () => {
      const admin = await world.member('SuperAdmin');
      for (const headers of FOREIGN) {
        const answer = await rename(admin, headers);
        expect(answer.status, JSON.stringify(headers)).to.equal(403);
        expect(codeOf(answer)).to.equal('auth/foreign-origin');
      }
    });

    it('is ended by no page of a foreign origin, which may open the logout in a browser', async () => {
      const { cookie } = await world.member('FOC');
      for (const method of ['GET', 'POST']) {
        for (const headers of FOREIGN) {
          const answer = await world.call(method, '/v1/logout', { as: { cookie }, headers });
          expect(codeOf(answer), JSON.stringify(headers)).to.equal('auth/foreign-origin');
          expect(answer.headers.get('Clear-Site-Data')).to.equal(null);
        }
      }
      expect(await isLive({ cookie })).to.equal(true);
      const headers = { 'Sec-Fetch-Site': 'none' };
      expect((await world.call('GET', '/v1/logout', { as: { cookie }, headers })).status).to.equal(
        200,
      );
    });

    it('serves pages of its own and of allowed origins, and programs that are no browsers', async () => {
      const admin = await world.member('SuperAdmin');
      const own = new URL(api.url).host;
      for (const headers of [
        { Origin: 'https://noc.example', 'Sec-Fetch-Site': 'cross-site' },
        { Origin: api.url },
        { Origin: `https://${own}`, 'Sec-Fetch-Site': 'same-origin' },
        { Origin: 'https://app.example', 'X-Forwarded-Host': 'app.example' },
        {},
      ]) {
        // The body is wrong, which is looked at last.
        expect((await rename(admin, headers)).status, JSON.stringify(headers)).to.equal(400);
      }
    });

    it('is needed for nothing by a page of a foreign origin: a bearer may come from anywhere', async () => {
      const { cookie: token } = await world.member('SuperAdmin');
      for (const headers of FOREIGN)
        expect((await rename({ token }, headers)).status).to.equal(400);
    });
  });

  describe('that is not used', () => {
    it('ends after its idle time, not before', async () => {
      const { cookie } = await world.member('FOC');
      pass(api.runtime.config.sessionIdleMs - 1);
      expect(await isLive({ cookie })).to.equal(true);
      const { cookie: other } = await world.member('FOC');
      pass(api.runtime.config.sessionIdleMs);
      expect(await isLive({ cookie: other })).to.equal(false);
    });

    it('lives on while it is used, but never beyond its longest time', async () => {
      const { cookie } = await world.member('FOC');
      const { sessionIdleMs, sessionMaxMs } = api.runtime.config;
      const step = sessionIdleMs - HOUR;
      const started = now.getTime();
      while (now.getTime() + step < started + sessionMaxMs) {
        pass(step);
        expect(await isLive({ cookie })).to.equal(true);
      }
      now = new Date(started + sessionMaxMs - 1);
      expect(await isLive({ cookie })).to.equal(true);
      now = new Date(started + sessionMaxMs);
      expect(await isLive({ cookie })).to.equal(false);
    });

    it('is recorded as used at most once in ten minutes', async () => {
      const { cookie } = await world.member('FOC');
      const first = await stored(cookie);
      pass(10 * MINUTE - 1);
      await me({ cookie });
      expect(await stored(cookie)).to.deep.equal(first);
      pass(1);
      await me({ cookie });
      expect((await stored(cookie))?.lastSeenAt).to.deep.equal(now);
    });

    it('does not let a request through that races with its end', async () => {
      const { cookie } = await world.member('FOC');
      pass(11 * MINUTE);
      const requests = Array.from({ length: 20 }, () => me({ cookie }));
      await Promise.all([...requests, world.call('POST', '/v1/logout', { as: { cookie } })]);
      expect(await isLive({ cookie })).to.equal(false);
      for (const { status } of await Promise.all(requests)) expect(status).to.be.oneOf([200, 401]);
    });
  });

  describe('of a person who is changed', () => {
    /** A person with two sessions and an ID token. */
    const manyWays = async (): Promise<{ person: Member; ways: Sender[] }> => {
      const person = await accounts.person('FOC');
      const { cookie } = await accounts.signIn(person);
      const token = await accounts.idToken(person);
      return { person, ways: [{ cookie: person.cookie }, { cookie }, { token }] };
    };

    const endings = {
      deactivated: { active: false },
      'given another role': { role: 'FOCSupervisor' },
      'moved to another region': { region: 'East' },
      'given another password': { password: 'other-horse', rePassword: 'other-horse' },
      'given another e-mail': { email: `${randomUUID()}@crewline.test` },
    } as const;

    for (const [change, body] of Object.entries(endings)) {
      it(`ends immediately, with all others and their ID tokens, when they are ${change}`, async () => {
        const admin = await world.member('SuperAdmin');
        const { person, ways } = await manyWays();
        for (const way of ways) expect(await isLive(way)).to.equal(true);
        pass(1);
        const answer = await world.call('PUT', `/v1/users/${person.id}`, { as: admin, body });
        expect(answer.status, answer.text).to.equal(200);
        for (const way of ways) expect(await isLive(way)).to.equal(false);
      });
    }

    it('ends immediately, with all others and their ID tokens, when they are deleted', async () => {
      const admin = await world.member('SuperAdmin');
      const { person, ways } = await manyWays();
      const answer = await world.call('DELETE', `/v1/users/${person.id}`, { as: admin });
      expect(answer.status, answer.text).to.equal(200);
      for (const way of ways) expect(await isLive(way)).to.equal(false);
    });

    it('continues with the new name when only the name is changed', async () => {
      const admin = await world.member('SuperAdmin');
      const { person, ways } = await manyWays();
      const body = { name: 'Siti Rahma', phoneNumber: '0899999999' };
      await world.call('PUT', `/v1/users/${person.id}`, { as: admin, body });
      for (const way of ways) expect(await isLive(way)).to.equal(true);
      const seen = await me({ cookie: person.cookie });
      expect(textAt(seen.body, 'data', 'result', 'name')).to.equal('Siti Rahma');
    });

    it('signs tickets with the new name at once', async () => {
      const [admin, noc] = [await world.member('SuperAdmin'), await world.member('NOC')];
      const foc = await accounts.person('FOC');
      const id = await world.open(noc);
      await world.call('PUT', `/v1/users/${foc.id}`, { as: admin, body: { name: 'Siti Rahma' } });
      await world.command(foc, id, 'ticketStatus/accept');
      expect(await world.read(noc, id)).to.have.nested.property('foc.name', 'Siti Rahma');
    });

    for (const change of ['deactivated', 'given another password'] as const) {
      it(`can not be opened by a login that races with their being ${change}`, async function () {
        this.timeout(60_000);
        isStopped = false;
        const admin = await world.member('SuperAdmin');
        for (let round = 0; round < 5; round += 1) {
          const person = await accounts.person('FOC');
          const logins = Array.from({ length: 4 }, () => accounts.signInIfAllowed(person));
          const put = world.call('PUT', `/v1/users/${person.id}`, {
            as: admin,
            body: endings[change],
          });
          const opened = (await Promise.all(logins)).filter((cookie) => cookie !== undefined);
          expect((await put).status).to.equal(200);
          for (const cookie of opened) expect(await isLive({ cookie })).to.equal(false);
          expect((await grantOf(person.id))?.sessions).to.deep.equal({});
        }
      });
    }
  });
});
