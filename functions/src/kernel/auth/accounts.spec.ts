import { expect } from 'chai';
import { initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import jwt from 'jsonwebtoken';
import { generateKeyPairSync } from 'node:crypto';
import { Agent } from 'node:https';
import { readConfig } from '../config.ts';
import { Problem } from '../problem.ts';
import { createAccounts } from './accounts.ts';

const PROJECT = 'demo-crewline';

/** Reaches nobody, as on a day without a network. */
const offline = new Agent({
  lookup: (_host, _options, done) => done(new Error('no network'), '', 4),
});

describe('an ID token', () => {
  const app = initializeApp({ projectId: PROJECT, httpAgent: offline }, 'offline');
  const accounts = createAccounts(
    getAuth(app),
    readConfig({ GCLOUD_PROJECT: PROJECT, WEB_API_KEY: 'key' }),
  );
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const token = jwt.sign({ auth_time: 1 }, privateKey, {
    algorithm: 'RS256',
    keyid: 'a-key-of-google',
    audience: PROJECT,
    issuer: `https://securetoken.google.com/${PROJECT}`,
    subject: 'uid',
    expiresIn: '1h',
  });

  it('is not called wrong while the keys to check it can not be fetched: 503', async () => {
    const outcome = await accounts.verify(token).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(Problem);
    expect(outcome).to.include({ status: 503, code: 'auth/unavailable' });
  });

  it('of no form at all is wrong, with or without a network', async () => {
    expect(await accounts.verify('no.token.this')).to.equal(undefined);
  });
});
