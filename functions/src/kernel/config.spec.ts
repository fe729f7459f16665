import { expect } from 'chai';
import { isProduction, readConfig } from './config.ts';

const ENV = { GCLOUD_PROJECT: 'crewline-live', WEB_API_KEY: 'key' };

describe('the configuration', () => {
  it('needs only the project and the Web API key', () => {
    expect(readConfig(ENV)).to.deep.include({
      projectId: 'crewline-live',
      webApiKey: 'key',
      allowedOrigins: [],
      timeZone: 'Asia/Jakarta',
      trustedProxies: 2,
      sessionIdleMs: 12 * 3_600_000,
      sessionMaxMs: 7 * 24 * 3_600_000,
      authEmulator: undefined,
    });
  });

  it('reads origins separated by commas', () => {
    const ALLOWED_ORIGINS = ' https://a.example, ,http://localhost:3000 ';
    expect(readConfig({ ...ENV, ALLOWED_ORIGINS }).allowedOrigins).to.deep.equal([
      'https://a.example',
      'http://localhost:3000',
    ]);
  });

  it('names every parameter that is missing or wrong', () => {
    expect(() => readConfig({})).to.throw(/GCLOUD_PROJECT.*WEB_API_KEY/);
    for (const [name, value] of [
      ['ALLOWED_ORIGINS', 'noc.example'],
      ['TIME_ZONE', 'Asia/Atlantis'],
      ['TRUSTED_PROXIES', '-1'],
      ['SESSION_IDLE_MINUTES', '0'],
      ['SESSION_MAX_MINUTES', 'week'],
    ] as const) {
      expect(() => readConfig({ ...ENV, [name]: value })).to.throw(name);
    }
  });

  it('never repeats the value of a parameter', () => {
    const env = { WEB_API_KEY: 'very-secret', TIME_ZONE: 'x' };
    expect(() => readConfig(env))
      .to.throw()
      .with.property('message')
      .not.include('very-secret');
  });

  it('has the Authentication emulator’s address, but never in production', () => {
    const env = { ...ENV, FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' };
    expect(readConfig(env).authEmulator).to.equal('127.0.0.1:9099');
    expect(() => readConfig({ ...env, K_SERVICE: 'api' })).to.throw('FIREBASE_AUTH_EMULATOR_HOST');
  });

  it('does not mistake the Functions emulator for production', () => {
    expect(isProduction({ K_SERVICE: 'api' })).to.equal(true);
    expect(isProduction({ K_SERVICE: 'api', FUNCTIONS_EMULATOR: 'true' })).to.equal(false);
    expect(isProduction({})).to.equal(false);
  });
});
