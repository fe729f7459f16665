import { expect } from 'chai';
import { initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import jwt from 'jsonwebtoken';
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { readConfig } from '../config.ts';
import { type Accounts, createAccounts } from './accounts.ts';

const PROJECT = 'crewline-live';
const SID = 's'.repeat(43);

const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

// The Authentication emulator signs nothing, so no test on it can tell a forged token.
describe('the signature of an ID token', () => {
  const google = keyPair();
  const stranger = keyPair();
  const published = pemOf(google.publicKey);
  const asked: string[] = [];
  const keys = createServer((req, res) => {
    asked.push(`${req.headers.host}${req.url}`);
    res.setHeader('Content-Type', 'application/json');
    res.setHeader('Cache-Control', 'max-age=60');
    res.end(JSON.stringify({ current: published }));
  });
  let accounts: Accounts;

  before(async () => {
    await new Promise<void>((listening) => keys.listen(0, '127.0.0.1', listening));
    const address = keys.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const httpAgent = new Agent();
    httpAgent.createConnection = () => connect(port, '127.0.0.1');
    const app = initializeApp({ projectId: PROJECT, httpAgent }, 'signatures');
    const config = readConfig({ GCLOUD_PROJECT: PROJECT, WEB_API_KEY: 'key' });
    accounts = createAccounts(getAuth(app), config);
  });
  after(() => keys.close());

  const claims = (): object => {
    const now = Math.floor(Date.now() / 1000);
    const issuer = `https://securetoken.google.com/${PROJECT}`;
    const times = { iat: now - 60, exp: now + 3540, auth_time: now - 60 };
    return { iss: issuer, aud: PROJECT, sub: 'uid', sid: SID, ...times };
  };
  const signed = (more: object = {}, header: object = {}, key = google.privateKey): string =>
    jwt.sign({ ...claims(), ...more }, key, {
      header: { alg: 'RS256', kid: 'current', ...header },
    });
  const verified = (token: string) => accounts.verify(token);

  it('is checked with the keys that Google publishes, and nobody else', async () => {
    expect(await verified(signed())).to.deep.equal({ uid: 'uid', sid: SID });
    expect(new Set(asked).size).to.equal(1);
    expect(asked[0]).to.match(/^www\.googleapis\.com\/.*securetoken@system/);
    expect(await verified(signed({}, {}, stranger.privateKey))).to.equal(undefined);
    expect(await verified(signed({}, { kid: 'unknown' }))).to.equal(undefined);
  });

  it('is not checked with a key that the token brings or names', async () => {
    const jwk = stranger.publicKey.export({ format: 'jwk' });
    const url = 'https://evil.example/keys';
    for (const header of [{ jwk }, { jku: url }, { x5u: url }]) {
      const forged = signed({}, header, stranger.privateKey);
      expect(await verified(forged), Object.keys(header).join()).to.equal(undefined);
    }
    expect(asked.filter((host) => host.includes('evil'))).to.deep.equal([]);
  });

  it('covers what the token says', async () => {
    const [head, body, signature] = signed().split('.');
    const other = part({ ...claims(), sub: 'somebody-else' });
    expect(await verified(`${head}.${body}.${signature}`)).to.be.an('object');
    expect(await verified(`${head}.${other}.${signature}`)).to.equal(undefined);
  });

  it('is by RS256, and by no other algorithm nor none', async () => {
    const none = `${part({ alg: 'none', kid: 'current' })}.${part(claims())}.`;
    expect(await verified(none)).to.equal(undefined);
    // The published key as a shared secret: jsonwebtoken refuses to sign so, an attacker does not.
    const content = `${part({ alg: 'HS256', kid: 'current' })}.${part(claims())}`;
    const mac = createHmac('sha256', published).update(content).digest('base64url');
    expect(await verified(`${content}.${mac}`)).to.equal(undefined);
    expect(await verified(signed({}, { alg: 'RS384' }))).to.equal(undefined);
  });

  it('does not help a token that has expired, is not valid yet, or is for another project', async () => {
    const now = Math.floor(Date.now() / 1000);
    const others = [
      { exp: now - 1 },
      { nbf: now + 600 },
      { aud: 'another-project' },
      { iss: 'https://securetoken.google.com/another-project' },
      { sub: '' },
    ];
    for (const other of others) {
      expect(await verified(signed(other)), Object.keys(other).join()).to.equal(undefined);
    }
  });
});
