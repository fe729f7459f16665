import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { readConfig } from '../config.ts';
import { Problem } from '../problem.ts';
import { type IdentityToolkit, identityToolkit } from './identity-toolkit.ts';

/** What the service answers, where its emulator answers something else or nothing of the kind. */
interface Said {
  readonly status: number;
  readonly body: string;
}

const failure = (message: string): Said => ({
  status: 400,
  body: JSON.stringify({ error: { code: 400, message, errors: [] } }),
});
const success = (body: object): Said => ({ status: 200, body: JSON.stringify(body) });

const thrown = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (value) => ({ returned: value }),
    (error: unknown) => (error instanceof Problem ? `${error.status} ${error.code}` : error),
  );

describe('the REST interface of Firebase Authentication', () => {
  let server: Server;
  let toolkit: IdentityToolkit;
  let says: Said;
  let asked: { url: string | undefined; body: unknown }[];

  before(async () => {
    server = createServer((req, res) => {
      void text(req).then((body) => {
        asked.push({ url: req.url, body: JSON.parse(body) });
        res.writeHead(says.status, { 'Content-Type': 'application/json' }).end(says.body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const env = { GCLOUD_PROJECT: 'demo-crewline', WEB_API_KEY: 'the-key' };
    const host = { FIREBASE_AUTH_EMULATOR_HOST: `127.0.0.1:${port}` };
    toolkit = identityToolkit(readConfig({ ...env, ...host }));
  });
  beforeEach(() => {
    asked = [];
  });
  after(() => server.close());

  const check = () => toolkit.checkPassword('foc@crewline.test', 'right-horse-7');
  const send = () => toolkit.sendPasswordReset('foc@crewline.test');
  const look = () => toolkit.findByResetCode('code');
  const confirm = (password = 'right-horse-8') => toolkit.confirmPasswordReset('code', password);

  it('is called by method and key, with the fields that each method takes', async () => {
    const url = (method: string) =>
      `/identitytoolkit.googleapis.com/v1/accounts:${method}?key=the-key`;
    says = success({ localId: 'uid', email: 'foc@crewline.test' });
    expect(await check()).to.equal('uid');
    expect(await send()).to.equal(undefined);
    expect(await confirm()).to.deep.equal({ email: 'foc@crewline.test' });
    const [email, password] = ['foc@crewline.test', 'right-horse-7'];
    expect(asked).to.deep.equal([
      { url: url('signInWithPassword'), body: { email, password, returnSecureToken: false } },
      { url: url('sendOobCode'), body: { requestType: 'PASSWORD_RESET', email } },
      { url: url('resetPassword'), body: { oobCode: 'code', newPassword: 'right-horse-8' } },
    ]);
  });

  it('makes no difference between a wrong password, no account and a disabled one', async () => {
    for (const message of [
      'INVALID_LOGIN_CREDENTIALS',
      'EMAIL_NOT_FOUND',
      'INVALID_PASSWORD',
      'USER_DISABLED : The user account has been disabled by an administrator.',
    ]) {
      says = failure(message);
      expect(await check(), message).to.equal(undefined);
    }
  });

  it('does not let in by the password alone who has a second factor: 403', async () => {
    says = success({ localId: 'uid', mfaPendingCredential: 'pending', mfaInfo: [] });
    expect(await thrown(check())).to.equal('403 auth/second-factor');
  });

  it('has a limit of its own for each account: 429', async () => {
    says = failure('TOO_MANY_ATTEMPTS_TRY_LATER : Access to this account has been disabled.');
    expect(await thrown(check())).to.equal('429 auth/too-many-attempts');
  });

  it('sends no mail, and says nothing of it, where there is no account to send one for', async () => {
    for (const message of ['EMAIL_NOT_FOUND', 'USER_DISABLED', 'RESET_PASSWORD_EXCEED_LIMIT']) {
      says = failure(message);
      expect(await thrown(send()), message).to.deep.equal({ returned: undefined });
    }
  });

  it('says why a code set no password', async () => {
    for (const [message, refusal] of [
      ['EXPIRED_OOB_CODE', 'expired'],
      ['INVALID_OOB_CODE', 'invalid'],
      ['USER_DISABLED', 'invalid'],
      ['WEAK_PASSWORD : Password should be at least 6 characters', 'weak'],
      ['PASSWORD_DOES_NOT_MEET_REQUIREMENTS : Missing password requirements: []', 'weak'],
    ] as const) {
      says = failure(message);
      expect(await confirm(), message).to.equal(refusal);
    }
  });

  it('looks a code up without a password, so that it stays good', async () => {
    says = success({ email: 'foc@crewline.test', requestType: 'PASSWORD_RESET' });
    expect(await look()).to.deep.equal({ email: 'foc@crewline.test' });
    expect(asked.map(({ body }) => body)).to.deep.equal([{ oobCode: 'code' }]);
    says = failure('EXPIRED_OOB_CODE');
    expect(await look()).to.equal('expired');
  });

  it('is not asked to set an empty password, which it would take for a look at the code', async () => {
    says = success({ email: 'foc@crewline.test' });
    expect(await confirm('')).to.equal('weak');
    expect(asked).to.deep.equal([]);
  });

  it('is unavailable when it fails otherwise or answers something else: 503', async () => {
    for (const answer of [
      failure('QUOTA_EXCEEDED : Exceeded quota.'),
      { status: 502, body: '<html>Bad gateway</html>' },
      { status: 200, body: '[]' },
      { status: 500, body: '' },
    ]) {
      says = answer;
      for (const call of [check, send, look, confirm]) {
        expect(await thrown(call()), answer.body).to.equal('503 auth/unavailable');
      }
    }
  });
});
