import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { grants } from '../../src/kernel/auth/grant.ts';
import { COOKIE_AGE_MS } from '../../src/kernel/identity/session-cookie.ts';
import { type CgsWorld, cgsWorld } from '../desks/cgs/world.ts';
import { accountsOf, cookieIn, idTokenFor, PASSWORD } from '../support/accounts.ts';
import { at, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

/** What must be the same in the answers to all failures. */
const looks = ({ status, headers, body }: Received) => ({
  status,
  headers: [...headers.keys()],
  length: headers.get('Content-Length'),
  error: { ...Object(at(body, 'error')), requestId: '' },
});

describe('login', () => {
  let api: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let now: Date;

  beforeEach(async () => {
    now = new Date();
    api = await startApi({ now: () => now });
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
  });
  afterEach(() => api.stop());

  const me = (as: { cookie?: string; token?: string }) => world.call('GET', '/v1/users/me', { as });

  it('answers with a custom token of the person, and its times in seconds', async () => {
    const { id, email } = await accounts.person('NOC', 'East');
    const { body } = await accounts.login(email, PASSWORD);
    const claims = jwt.decode(textAt(body, 'data', 'token'));
    expect(at(claims, 'uid')).to.equal(id);
    expect(at(claims, 'claims', 'role')).to.equal('NOC');
    expect(at(claims, 'claims', 'region')).to.equal('East');
    expect(at(body, 'data', 'iat')).to.equal(at(claims, 'iat'));
    expect(at(body, 'data', 'exp')).to.equal(at(claims, 'exp'));
    expect(Math.abs(Number(at(claims, 'iat')) - Date.now() / 1000)).to.be.below(60);
  });

  it('sets the session under both cookie names, out of reach of scripts and other sites', async () => {
    const { email } = await accounts.person('FOC');
    const cookies = (await accounts.login(email, PASSWORD)).headers.getSetCookie();
    const maxAge = COOKIE_AGE_MS / 1000;
    expect(cookies).to.have.length(2);
    for (const name of ['session_id', '__session']) {
      const cookie = cookies.find((each) => each.startsWith(`${name}=`)) ?? '';
      const [, ...attributes] = cookie.split('; ');
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) {
        expect(attributes).to.include(attribute);
      }
      expect(attributes).to.include(`Max-Age=${maxAge}`);
      expect(attributes.some((each) => each.startsWith('Domain='))).to.equal(false);
    }
  });

  it('takes the session back under either cookie name', async () => {
    const { id, email } = await accounts.person('FOC');
    const answer = await accounts.login(email, PASSWORD);
    for (const name of ['session_id', '__session']) {
      const headers = { Cookie: `theme=dark; ${name}=${cookieIn(answer, name)}` };
      const seen = await world.call('GET', '/v1/users/me', { headers });
      expect(textAt(seen.body, 'data', 'result', 'id')).to.equal(id);
    }
  });

  it('stores neither the session’s cookie nor the password', async () => {
    const person = await accounts.person('FOC');
    const { cookie } = await accounts.signIn(person);
    const key = grants.doc(person.id);
    const grant = (await api.runtime.store.get(key))?.data;
    expect(Object.keys(grant?.sessions ?? {})).to.have.length(2);
    const kept = JSON.stringify([grant, api.lines]);
    expect(kept).not.to.include(cookie.split('.')[0]);
    expect(kept).not.to.include(PASSWORD);
  });

  it('accepts the ID token that its custom token is changed for', async () => {
    const { id, email } = await accounts.person('FOC');
    const token = await accounts.idToken({ email });
    expect(textAt((await me({ token })).body, 'data', 'result', 'id')).to.equal(id);
  });

  it('does not take the custom token itself for an ID token', async () => {
    const { customToken } = await accounts.signIn(await accounts.person('FOC'));
    expect((await me({ token: customToken })).status).to.equal(401);
  });

  it('refuses an ID token that is cut off, has expired, or belongs to nobody', async () => {
    const token = await accounts.idToken(await accounts.person('FOC'));
    const [head = '', payload = ''] = token.split('.');
    const expired = jwt.sign({ ...Object(jwt.decode(token)), exp: 1 }, '', { algorithm: 'none' });
    const { runtime } = api;
    const stranger = await runtime.accounts.customToken('nobody-at-all', { sid: 'none' });
    const cut = `${head}.${payload.slice(0, payload.length / 2)}.`;
    for (const bad of [head, cut, expired, await idTokenFor(stranger.token)]) {
      expect((await me({ token: bad })).status).to.equal(401);
    }
  });

  it('does not care about the letter case of the e-mail', async () => {
    const { email } = await accounts.person('FOC');
    expect((await accounts.login(email.toUpperCase(), PASSWORD)).status).to.equal(200);
  });

  it('notes when somebody signed in last', async () => {
    const person = await accounts.person('FOC');
    const { cookie } = await accounts.signIn(person);
    const seen = textAt((await me({ cookie })).body, 'data', 'result', 'lastLoginAt');
    expect(seen).to.equal(now.toISOString());
  });

  describe('failing', () => {
    it('looks alike for a wrong password, an unknown e-mail and a deactivated person', async () => {
      const { email } = await accounts.person('FOC');
      const gone = await accounts.person('FOC');
      const admin = await world.member('SuperAdmin');
      await world.call('PUT', `/v1/users/${gone.id}`, { as: admin, body: { active: false } });
      const wrong = looks(await accounts.login(email, 'wrong-password'));
      expect(wrong.status).to.equal(401);
      const unknown = await accounts.login(`nobody.${gone.id}@crewline.test`, PASSWORD);
      expect(looks(unknown)).to.deep.equal(wrong);
      expect(looks(await accounts.login(gone.email, PASSWORD))).to.deep.equal(wrong);
    });

    it('sets no cookie', async () => {
      const { email } = await accounts.person('FOC');
      const answer = await accounts.login(email, 'wrong-password');
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    });
  });
});
