import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { at } from '../support/client.ts';
import { ask, signIn } from './stack.ts';

const run = (...args: string[]) => {
  const script = join(ROOT, 'scripts/admin-create.ts');
  const env = { ...process.env, GCLOUD_PROJECT: 'demo-crewline' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { status, stdout, stderr };
};

const who = (email: string) => ['--email', email, '--name', 'Ny. Utama', '--region', 'Central'];
const fresh = () => `admin.${randomUUID()}@crewline.test`;

describe('npm run admin:create', () => {
  it('makes a SuperAdmin who can log in, and never prints the password it was given', async () => {
    const email = fresh();
    const { status, stdout, stderr } = run(...who(email), '--password', 'tembok-tinggi');
    expect(status, stderr).to.equal(0);
    expect(stdout + stderr).not.to.include('tembok-tinggi');
    const me = await ask('GET', '/v1/users/me', { as: await signIn(email, 'tembok-tinggi') });
    expect(at(me.body, 'data', 'result')).to.include({
      email,
      name: 'Ny. Utama',
      role: 'SuperAdmin',
      region: 'Central',
    });
  });

  it('generates a password when there is no terminal, and shows it once', async () => {
    const email = fresh();
    const { stdout } = run(...who(email));
    const password = /shown only here: (\S+)/.exec(stdout)?.[1] ?? '';
    expect(password.length).to.be.at.least(20);
    await signIn(email, password);
  });

  it('changes nothing when a person has the address', async () => {
    const email = 'noc.west@crewline.test';
    const { status, stderr } = run(...who(email), '--password', 'tembok-tinggi');
    expect(status).to.equal(1);
    expect(stderr).to.include(email).and.to.include('Nothing was changed');
    const me = await ask('GET', '/v1/users/me', { as: await signIn(email) });
    expect(at(me.body, 'data', 'result', 'role')).to.equal('NOC');
  });

  it('names each option that is missing or wrong', () => {
    const { status, stderr } = run('--email', 'x', '--region', 'North');
    expect(status).to.equal(1);
    for (const option of ['--email', '--name', '--region']) expect(stderr).to.include(option);
    expect(stderr).not.to.match(/^\s+at /m);
  });

  it('refuses half a set of emulators', () => {
    const host = process.env['FIREBASE_AUTH_EMULATOR_HOST'];
    delete process.env['FIREBASE_AUTH_EMULATOR_HOST'];
    const { status, stderr } = run(...who(fresh()), '--password', 'tembok-tinggi');
    process.env['FIREBASE_AUTH_EMULATOR_HOST'] = host;
    expect(status).to.equal(1);
    expect(stderr).to.include('FIREBASE_AUTH_EMULATOR_HOST is not set');
  });
});
