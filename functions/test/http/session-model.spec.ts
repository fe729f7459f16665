import fc from 'fast-check';
import { setLogLevel } from 'firebase/firestore';
import { loadRules, readRules } from '../rules/environment.ts';
import { PROJECT, startApi, type TestApi } from '../support/harness.ts';
import { moves, PEOPLE } from './session-model/moves.ts';
import { Play } from './session-model/play.ts';

/**
 * The rules go by the emulator's clock, so hours pass by setting back the times of all sessions in
 * the store. An ID token lives for one real hour: none expires here, as none does in an app, which
 * renews it. The emulator judges a listener again only when its own document changes; so the one
 * that is tried is that of one's own grant, by which apps notice the end of their session.
 */
describe('a model of sessions', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi();
    setLogLevel('silent');
    await loadRules(PROJECT, readRules());
  });
  after(() => api.stop());

  it('agrees with the API and the rules after every move of a random history', async function () {
    this.timeout(300_000);
    const history = fc.array(moves, { minLength: 30, maxLength: 30 });
    const property = fc.asyncProperty(history, async (made) => {
      const play = await Play.start(api, PEOPLE);
      try {
        for (const { make } of made) {
          await make(play);
          await play.look();
        }
        await play.lookClosely();
      } finally {
        await play.close();
      }
    });
    await fc.assert(property, { numRuns: 5, endOnFailure: true, timeout: 60_000 });
  });
});
