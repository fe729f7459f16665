import { expect } from 'chai';
import { sessionOf } from '../../src/kernel/auth/session.ts';
import { KITS } from '../desks/kits.ts';
import type { Stage } from '../desks/stage.ts';
import { idTokenOf } from '../support/bearer.ts';
import type { Sender } from '../support/client.ts';
import { type Ask, guarded } from '../support/guard.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore } from '../support/hooked-store.ts';
import { billedStore } from '../support/wire-meter.ts';
import { nameOf, sendSample } from './matrix/case.ts';
import { declaredReads } from './matrix/sample.ts';

/** The matrix measures what an endpoint declares; this is what it may declare. */
const BUDGETS: Readonly<Record<string, object>> = {
  '/login': { reads: 5, writes: 7 },
  '/logout': { reads: 1, writes: 1 },
};

for (const { desk, stage: setUp } of Object.values(KITS)) {
  describe(`what a session costs at the desk ${desk.name}`, () => {
    let api: TestApi;
    let guardedAsk: Ask;
    let built: Stage;
    let loaded: string[];

    before(async () => {
      loaded = [];
      const store = hookedStore(billedStore(), {
        load: (keys, go) => {
          loaded.push(...keys.map(({ path }) => path));
          return go();
        },
      });
      api = await startApi({ store });
      guardedAsk = guarded(api);
      built = setUp(api);
    });
    after(() => api.stop());

    /** Sends a request; returns the answer and how often it read this document. */
    const counting = (path: string) => {
      let times = 0;
      const ask: Ask = async (...sending) => {
        loaded = [];
        const answer = await guardedAsk(...sending);
        times = loaded.filter((each) => each === path).length;
        return answer;
      };
      return { ask, times: () => times };
    };

    for (const endpoint of desk.endpoints) {
      const each = { desk, endpoint, ask: (...args: Parameters<Ask>) => guardedAsk(...args) };
      const name = nameOf(each);

      if (endpoint.roles === 'public') {
        const budget = BUDGETS[endpoint.path];
        if (budget === undefined) continue;
        it(`${name} has its budget`, () => expect(endpoint.cost).to.deep.equal(budget));
      } else if (endpoint.method === 'get') {
        it(`${name} reads one document for a credential, whichever it is`, async () => {
          const scene = await built.bring(endpoint.sample.given);
          const { cookie = '' } = scene.as(endpoint.sample.as);
          const ways: Sender[] = [
            { cookie },
            { token: cookie },
            { token: await idTokenOf(api, cookie) },
          ];
          for (const as of ways) {
            const { ask, times } = counting(`grants/${sessionOf(cookie)?.uid}`);
            const answer = await sendSample({ ...each, stage: () => built, ask }, scene, { as });
            expect(answer.status, answer.text).to.equal(endpoint.status);
            expect(times()).to.equal(1);
            const { reads, writes } = answer;
            expect({ reads, writes }).to.deep.equal({
              reads: declaredReads(endpoint, answer),
              writes: 0,
            });
          }
        });
      }
    }
  });
}
