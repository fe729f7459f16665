import { expect } from 'chai';
import { isProduction, params, readConfig } from './config.ts';
import { PLATFORM_PROXIES } from './proxies.ts';

const ENV = { GCLOUD_PROJECT: 'crewline-live', WEB_API_KEY: 'key' };

describe('the configuration', () => {
  it('needs only the project and the Web API key', () => {
    expect(readConfig(ENV)).to.deep.include({
      projectId: 'crewline-live',
      webApiKey: 'key',
      allowedOrigins: [],
      region: 'asia-southeast2',
      timeZone: 'Asia/Jakarta',
      trustedProxies: PLATFORM_PROXIES,
      sessionIdleMs: 12 * 3_600_000,
      sessionMaxMs: 7 * 24 * 3_600_000,
      authEmulator: undefined,
      storageBucket: 'crewline-live.firebasestorage.app',
      mediaHosts: [],
      mediaPerDay: 200,
      storageEmulator: undefined,
      webhooksToLoopback: false,
    });
  });

  it('has the defaults that a deployment is told', () => {
    const told = Object.values(params).flatMap(({ name, options: { default: value } }) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    );
    expect(readConfig({ ...ENV, ...Object.fromEntries(told) })).to.deep.equal(readConfig(ENV));
  });

  it('reads origins separated by commas', () => {
    const ALLOWED_ORIGINS = ' https://a.example, ,http://localhost:3000 ';
    expect(readConfig({ ...ENV, ALLOWED_ORIGINS }).allowedOrigins).to.deep.equal([
      'https://a.example',
      'http://localhost:3000',
    ]);
  });

  it('finds the bucket: the one that is named, the project’s, or what is usual', () => {
    const FIREBASE_CONFIG = JSON.stringify({ storageBucket: 'crewline-live.appspot.com' });
    expect(readConfig({ ...ENV, FIREBASE_CONFIG }).storageBucket).to.equal(
      'crewline-live.appspot.com',
    );
    const named = { ...ENV, FIREBASE_CONFIG, STORAGE_BUCKET: 'photos' };
    expect(readConfig(named).storageBucket).to.equal('photos');
    for (const none of ['{}', 'crewline.json']) {
      expect(readConfig({ ...ENV, FIREBASE_CONFIG: none }).storageBucket).to.equal(
        'crewline-live.firebasestorage.app',
      );
    }
  });

  it('reads hosts of photos separated by commas', () => {
    const MEDIA_HOSTS = 'media.example, Photos.Example,';
    expect(readConfig({ ...ENV, MEDIA_HOSTS }).mediaHosts).to.deep.equal([
      'media.example',
      'photos.example',
    ]);
  });

  it('reads the ranges of proxies; none of them if the list is empty', () => {
    const TRUSTED_PROXIES = ' 10.0.0.0/8, ,2001:db8::/32 ';
    expect(readConfig({ ...ENV, TRUSTED_PROXIES }).trustedProxies).to.deep.equal([
      '10.0.0.0/8',
      '2001:db8::/32',
    ]);
    expect(readConfig({ ...ENV, TRUSTED_PROXIES: '' }).trustedProxies).to.deep.equal([]);
  });

  it('says what has become of the number of proxies', () => {
    for (const TRUSTED_PROXIES of ['2', ' 0 ']) {
      expect(() => readConfig({ ...ENV, TRUSTED_PROXIES })).to.throw(
        /^Crewline cannot start\. Set these parameters: TRUSTED_PROXIES: is a list of address ranges now, no longer a number of proxies; remove it[^;]*$/,
      );
    }
  });

  it('names every parameter that is missing or wrong', () => {
    expect(() => readConfig({})).to.throw(/GCLOUD_PROJECT.*WEB_API_KEY/);
    for (const [name, value] of [
      ['ALLOWED_ORIGINS', 'noc.example'],
      ['REGION', 'projects/other'],
      ['TIME_ZONE', 'Asia/Atlantis'],
      ['MEDIA_HOSTS', 'https://media.example'],
      ['MEDIA_PER_DAY', '0'],
      ['TRUSTED_PROXIES', '169.254.0.0/16, everybody'],
      ['TRUSTED_PROXIES', '169.254.0.0'],
      ['TRUSTED_PROXIES', '0.0.0.0/0'],
      ['TRUSTED_PROXIES', '::/0'],
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

  it('has the Storage emulator’s address, but never in production', () => {
    const env = { ...ENV, FIREBASE_STORAGE_EMULATOR_HOST: '127.0.0.1:9199' };
    expect(readConfig(env).storageEmulator).to.equal('127.0.0.1:9199');
    expect(() => readConfig({ ...env, K_SERVICE: 'api' })).to.throw(
      'FIREBASE_STORAGE_EMULATOR_HOST',
    );
  });

  it('does not mistake the Functions emulator for production', () => {
    expect(isProduction({ K_SERVICE: 'api' })).to.equal(true);
    expect(isProduction({ K_SERVICE: 'api', FUNCTIONS_EMULATOR: 'true' })).to.equal(false);
    expect(isProduction({})).to.equal(false);
  });
});
