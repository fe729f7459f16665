import { expect } from 'chai';
import { demoAccounts } from '../../../scripts/seed.ts';
import { at } from '../support/client.ts';
import { ask, demo, setCookies } from './stack.ts';

describe('logging in through Hosting', () => {
  for (const { email, role, region, password } of demoAccounts) {
    const isOfCgs = region !== undefined;
    it(`lets ${email} in, who is ${role}${isOfCgs ? ` of ${region}` : ', not of the CGS desk'}`, async () => {
      const answer = await ask('POST', '/v1/login', { body: { email, password } });
      expect(answer.status, answer.text).to.equal(200);
      const { __session, session_id } = setCookies(answer);
      expect(__session).to.be.a('string').and.equal(session_id);
      const me = await ask('GET', '/v1/users/me', {
        headers: { Cookie: `__session=${__session}` },
      });
      expect(me.status, me.text).to.equal(isOfCgs ? 200 : 403);
      if (isOfCgs) {
        expect(at(me.body, 'data', 'result')).to.include({ email, role, region, active: true });
      }
    });
  }

  it('needs the cookie __session alone, and logout ends it at once', async () => {
    const foc = await demo('foc2.west');
    expect((await ask('GET', '/v1/users/me', { as: foc })).status).to.equal(200);
    const out = await ask('GET', '/v1/logout', { as: foc });
    expect(out.body).to.deep.equal({ statusCode: 200 });
    expect((await ask('GET', '/v1/users/me', { as: foc })).status).to.equal(401);
  });

  it('refuses a wrong password and says no more than that', async () => {
    const body = { email: 'foc2.west@crewline.test', password: 'not-the-one' };
    const answer = await ask('POST', '/v1/login', { body });
    expect(answer.status).to.equal(401);
    expect(at(answer.body, 'error', 'code')).to.equal('auth/wrong-credentials');
    expect(setCookies(answer)).to.deep.equal({});
  });

  it('takes a Firebase ID token instead of the cookie', async () => {
    const { customToken, uid } = await demo('foc3.west');
    const host = process.env['FIREBASE_AUTH_EMULATOR_HOST'] ?? '';
    const exchanged = await fetch(
      `http://${host}/identitytoolkit.googleapis.com/v1/accounts:signInWithCustomToken?key=demo`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token: customToken, returnSecureToken: true }),
      },
    );
    const headers = { Authorization: `Bearer ${String(at(await exchanged.json(), 'idToken'))}` };
    const me = await ask('GET', '/v1/users/me', { headers });
    expect(at(me.body, 'data', 'result', 'id')).to.equal(uid);
  });
});
