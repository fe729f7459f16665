import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { SESSION_COOKIES } from '../../src/kernel/auth/principal.ts';
import { sessionOf } from '../../src/kernel/auth/session.ts';
import { KITS } from '../desks/kits.ts';
import type { Scene, Stage } from '../desks/stage.ts';
import { cookieIn, freshAddress, idTokenFor, mailedCodes, PASSWORD } from '../support/accounts.ts';
import { at, listAt, type Received, type Sender, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { expectProblem } from './matrix/case.ts';

/** What an answer holds, without the desk's envelope. */
const dataOf = ({ body, text }: Received): unknown => {
  expect(body, text).to.be.an('object');
  return at(body, 'data', 'result') ?? at(body, 'data') ?? body;
};
const rowsOf = (answer: Received): unknown[] => {
  const rows = Array.isArray(answer.body) ? answer.body : dataOf(answer);
  return listAt({ rows }, 'rows');
};

for (const { desk, stage: setUp } of Object.values(KITS)) {
  describe(`signing in at the desk ${desk.name}`, () => {
    let api: TestApi;
    let stage: Stage;
    let scene: Scene;
    let self: Sender;

    before(async () => {
      api = await startApi();
      stage = setUp(api);
    });
    after(() => api.stop());
    beforeEach(async () => {
      scene = await stage.bring('own account');
      self = scene.as(desk.roles[0] ?? '');
    });

    const call = (method: string, path: string, as: Sender = {}, body?: unknown) =>
      send(api.url, method, `${desk.base}${path}`, {
        as,
        ...(body !== undefined && { body }),
        headers: { 'X-Forwarded-For': freshAddress() },
      });
    const login = async () => {
      const { email, password } = scene.words;
      const answer = await call('POST', '/login', {}, { email, password });
      expect(answer.status, answer.text).to.equal(200);
      return answer;
    };
    /** The same session in each way that a request may name it. */
    const waysIn = async (): Promise<Sender[]> => {
      const answer = await login();
      const cookie = cookieIn(answer, SESSION_COOKIES[0]) ?? '';
      const data = dataOf(answer);
      const custom = desk.name === 'cgs' ? textAt(data, 'token') : textAt(data, 'firebaseToken');
      const bearer = desk.name === 'cgs' ? cookie : textAt(data, 'token');
      return [{ cookie }, { token: bearer }, { token: await idTokenFor(custom) }];
    };
    const statusOf = async (as: Sender) => (await call('GET', '/me', as)).status;
    const sidOf = ({ cookie = '' }: Sender): string => sessionOf(cookie)?.sid ?? '';

    it('opens one session for the cookie, the bearer and the listeners, until the logout', async () => {
      const ways = await waysIn();
      for (const way of ways) expect(await statusOf(way)).to.equal(200);
      expect((await call('POST', '/logout', ways[0])).status).to.equal(200);
      for (const way of ways) expect(await statusOf(way)).to.equal(401);
    });

    it('ends the session of a bearer that signs out', async () => {
      const [, bearer = {}] = await waysIn();
      const answer = await call('POST', '/logout', bearer);
      expect(answer.headers.get('Clear-Site-Data')).to.equal('"cache", "storage"');
      expect(await statusOf(bearer)).to.equal(401);
    });

    it('is refused with a wrong password, in the desk’s own words', async () => {
      const { email } = scene.words;
      const answer = await call('POST', '/login', {}, { email, password: 'wrong-horse-7' });
      expectProblem({ desk }, answer, 'auth/wrong-credentials');
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    });

    it('lets people without access in, but not to this desk', async () => {
      const outsider = await stage.outsider();
      expectProblem({ desk }, await call('GET', '/me', outsider), 'auth/no-access');
      expectProblem({ desk }, await call('GET', '/me/sessions', outsider), 'auth/no-access');
    });

    it('asks nobody to sign in at another desk', async () => {
      const { text } = await call('GET', '/me');
      expect(text).to.include('login of this desk').and.not.include('/v1/login');
    });

    it('tells everybody who they are, what they may do here, and their session', async () => {
      const me = dataOf(await call('GET', '/me', self));
      expect(at(me, 'email')).to.equal(scene.words['email']);
      expect(desk.roles).to.include(at(me, 'role'));
      expect(desk.access.parse(at(me, 'access'))).to.deep.equal(at(me, 'access'));
      expect(at(me, 'session', 'id')).to.equal(sidOf(self));
      expect(Date.parse(textAt(me, 'session', 'expiresAt'))).to.be.above(Date.now());
      for (const role of desk.roles) {
        const theirs = dataOf(await call('GET', '/me', await stage.member(role)));
        expect(at(theirs, 'role')).to.equal(role);
      }
    });

    it('lists where one is signed in, the latest login first', async () => {
      const [, bearer = {}] = await waysIn();
      const rows = rowsOf(await call('GET', '/me/sessions', bearer));
      expect(rows.map((row) => at(row, 'current'))).to.deep.equal([true, false]);
      expect(at(rows[1], 'id')).to.equal(sidOf(self));
      expect(at(rows[0], 'address')).to.match(/^2001:db8:/);
      for (const row of rows) {
        const [created, seen, end] = ['createdAt', 'lastSeenAt', 'expiresAt'].map((field) =>
          Date.parse(textAt(row, field)),
        );
        expect(seen)
          .to.be.at.least(created ?? 0)
          .and.below(end ?? 0);
      }
    });

    it('ends one session, at once and for each way in', async () => {
      const ways = await waysIn();
      const sid = sidOf(ways[0] ?? {});
      expect((await call('DELETE', `/me/sessions/${sid}`, self)).status).to.equal(200);
      for (const way of ways) expect(await statusOf(way)).to.equal(401);
      expect(await statusOf(self)).to.equal(200);
      const again = await call('DELETE', `/me/sessions/${sid}`, self);
      expectProblem({ desk }, again, 'resource/not-found');
    });

    it('ends no session of anybody else', async () => {
      const other = (await stage.bring('own account')).as(desk.roles[0] ?? '');
      const answer = await call('DELETE', `/me/sessions/${sidOf(other)}`, self);
      expectProblem({ desk }, answer, 'resource/not-found');
      expect((await call('DELETE', '/me/sessions', self)).status).to.equal(200);
      expect(await statusOf(other)).to.equal(200);
    });

    it('ends all sessions but the one that asks', async () => {
      const others = [...(await waysIn()), ...(await waysIn())];
      expect((await call('DELETE', '/me/sessions', self)).status).to.equal(200);
      for (const way of others) expect(await statusOf(way)).to.equal(401);
      expect(rowsOf(await call('GET', '/me/sessions', self))).to.have.length(1);
    });

    it('signs no session of a page elsewhere out by its cookie', async () => {
      for (const path of ['/me/sessions', `/me/sessions/${sidOf(self)}`]) {
        const answer = await send(api.url, 'DELETE', `${desk.base}${path}`, {
          as: self,
          headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
        });
        expectProblem({ desk }, answer, 'auth/foreign-origin');
      }
      expect(await statusOf(self)).to.equal(200);
    });

    it('gives the listeners another token of the same session', async () => {
      const answer = await call('GET', '/me/firebase-token', self);
      const custom = textAt(dataOf(answer), 'firebaseToken');
      expect(at(jwt.decode(custom), 'claims', 'sid')).to.equal(sidOf(self));
      const listener = { token: await idTokenFor(custom) };
      expect(await statusOf(listener)).to.equal(200);
      await call('POST', '/logout', self);
      expect(await statusOf(listener)).to.equal(401);
    });

    describe('with a new password', () => {
      const NEW = 'other-horse-8';
      const change = (currentPassword: string, newPassword = NEW, as = self) =>
        call('POST', '/me/password', as, { currentPassword, newPassword });
      const loginWith = async (password: string) =>
        (await call('POST', '/login', {}, { email: scene.words['email'], password })).status;

      it('ends all sessions but the one that set it', async () => {
        const ways = await waysIn();
        expect((await change(PASSWORD)).status).to.equal(200);
        for (const way of ways) expect(await statusOf(way)).to.equal(401);
        expect(await statusOf(self)).to.equal(200);
        expect([await loginWith(PASSWORD), await loginWith(NEW)]).to.deep.equal([401, 200]);
      });

      it('needs the present one, and counts each wrong one as a failed sign-in', async () => {
        const ways = await waysIn();
        for (let time = 0; time < 10; time += 1) {
          const refused = await change('wrong-horse-7');
          expect(refused.status).to.equal(400);
          expect(refused.text).to.include('currentPassword');
        }
        expectProblem({ desk }, await change(PASSWORD), 'auth/too-many-attempts');
        for (const way of [self, ...ways]) expect(await statusOf(way)).to.equal(200);
      });

      it('takes none that is short or much used', async () => {
        for (const weak of ['seven77', 'password1']) {
          const refused = await change(PASSWORD, weak);
          expect(refused.status).to.equal(400);
          expect(refused.text).to.include('newPassword');
        }
        expect(await loginWith(PASSWORD)).to.equal(200);
      });
    });

    describe('after a forgotten password', () => {
      const NEW = 'other-horse-8';
      const ask = (email: string | undefined, headers = {}) =>
        send(api.url, 'POST', `${desk.base}/password-reset`, {
          body: { email },
          headers: { 'X-Forwarded-For': freshAddress(), ...headers },
        });
      const confirm = (code: string | undefined, newPassword = NEW) =>
        call('POST', '/password-reset/confirm', {}, { code, newPassword });

      it('sets another one by the code of a mail, once, and ends every session', async () => {
        const { email = '' } = scene.words;
        const ways = [self, ...(await waysIn())];
        expect((await ask(email)).status).to.equal(202);
        const [code = ''] = await mailedCodes(email);
        for (const way of ways) expect(await statusOf(way)).to.equal(200);
        expect((await confirm(code)).status).to.equal(200);
        for (const way of ways) expect(await statusOf(way)).to.equal(401);
        expect(await api.runtime.accounts.checkPassword(email, NEW)).to.be.a('string');
        expectProblem({ desk }, await confirm(code), 'auth/reset-code-invalid');
      });

      it('answers alike for an e-mail that nobody has', async () => {
        const known = await ask(scene.words['email']);
        const unknown = await ask(`nobody.${scene.words['email']}`);
        const looks = ({ status, headers, body }: Received) => [status, [...headers.keys()], body];
        expect(looks(unknown)).to.deep.equal(looks(known));
      });

      it('sends three mails in 15 minutes for one address, ten for all', async () => {
        const { email = '' } = scene.words;
        const headers = { 'X-Forwarded-For': freshAddress() };
        for (let time = 0; time < 5; time += 1) {
          expect((await ask(email, headers)).status).to.equal(202);
        }
        expect(await mailedCodes(email)).to.have.length(3);
        for (let time = 0; time < 9; time += 1) await ask(email.toUpperCase());
        expect(await mailedCodes(email)).to.have.length(10);
      });

      it('keeps the password and the sessions when the code or the new one is wrong', async () => {
        const { email = '' } = scene.words;
        await ask(email);
        const [code = ''] = await mailedCodes(email);
        expectProblem({ desk }, await confirm(`${code}x`), 'auth/reset-code-invalid');
        expect((await confirm(code, 'password1')).text).to.include('newPassword');
        expect(await statusOf(self)).to.equal(200);
        expect((await confirm(code)).status).to.equal(200);
      });
    });
  });
}
