import { expect } from 'chai';
import { isProduction, readConfig } from '../../src/kernel/config.ts';
import { startRuntime } from '../../src/kernel/start.ts';

const PARAMETERS = { GCLOUD_PROJECT: 'crewline-live', WEB_API_KEY: 'key' };
const LIVE = { ...PARAMETERS, K_SERVICE: 'api' };

describe('a start in production', () => {
  for (const name of [
    'FIRESTORE_EMULATOR_HOST',
    'FIREBASE_AUTH_EMULATOR_HOST',
    'FIREBASE_STORAGE_EMULATOR_HOST',
    'CLOUD_TASKS_EMULATOR_HOST',
    'WEBHOOKS_TO_LOOPBACK',
  ]) {
    it(`fails when ${name} is set, and names it`, () => {
      const env = { ...LIVE, [name]: '127.0.0.1:1' };
      expect(() => readConfig(env)).to.throw(name);
      expect(() => startRuntime(env)).to.throw(name);
    });
  }

  for (const name of ['GCLOUD_PROJECT', 'WEB_API_KEY']) {
    it(`fails without ${name}, and names it`, () => {
      for (const value of [undefined, '']) {
        expect(() => startRuntime({ ...LIVE, [name]: value })).to.throw(name);
      }
    });
  }

  it('names all missing parameters at once', () => {
    expect(() => readConfig({ K_SERVICE: 'api' })).to.throw(/GCLOUD_PROJECT.*WEB_API_KEY/);
  });

  it('is not confused with the Functions emulator, which names a service too', () => {
    expect(isProduction(LIVE)).to.equal(true);
    expect(isProduction({ ...LIVE, FUNCTIONS_EMULATOR: 'true' })).to.equal(false);
    expect(isProduction(PARAMETERS)).to.equal(false);
  });
});
