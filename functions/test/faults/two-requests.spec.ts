import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { withoutSecrets } from '../../src/kernel/audit/left-out.ts';
import { KITS } from '../desks/kits.ts';
import type { Scene, Stage } from '../desks/stage.ts';
import { type Case, nameOf, sendSample } from '../http/matrix/case.ts';
import { type Sending, send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

/** What a repeat shows of a response. */
const repeated = (text: string): unknown => JSON.parse(text, withoutSecrets);

for (const { desk, stage: stageOf } of Object.values(KITS)) {
  describe(`two requests at once at the desk ${desk.name}`, function () {
    this.timeout(60_000);
    let api: TestApi;
    let stage: Stage;

    before(async () => {
      api = await startApi();
      stage = stageOf(api);
    });
    after(() => api.stop());

    for (const endpoint of desk.endpoints.filter(({ cost }) => cost.writes > 0)) {
      const each: Case = {
        desk,
        endpoint,
        stage: () => stage,
        ask: async (...sent) => ({ ...(await send(api.url, ...sent)), reads: 0, writes: 0 }),
      };
      const bring = () => stage.bring(endpoint.sample.given);
      const statusOf = async (scene: Scene) => (await sendSample(each, scene)).status;
      const twice = (scene: Scene, sending: Sending = {}) =>
        Promise.all([sendSample(each, scene, sending), sendSample(each, scene, sending)]);

      it(`by ${nameOf(each)} are answered like one after the other`, async () => {
        const one = await bring();
        const inTurn = [await statusOf(one), await statusOf(one)];
        const atOnce = (await twice(await bring())).map(({ status }) => status);
        expect(inTurn[0]).to.equal(endpoint.status);
        // Authentication knows no condition: both may have shown the password that was valid.
        if (endpoint.path === '/me/password') expect(atOnce).to.include(endpoint.status);
        else expect(atOnce.toSorted((low, high) => low - high)).to.deep.equal(inTurn);
      });

      if (endpoint.method !== 'post' || endpoint.roles === 'public') continue;
      it(`by ${nameOf(each)} under one key are one request`, async () => {
        const headers = { 'Idempotency-Key': randomUUID() };
        const answers = await twice(await bring(), { headers });
        const statuses = answers.map(({ status }) => status);
        if (endpoint.path === '/me/password') {
          // The second may find the first one's password before there is a response to repeat.
          expect(statuses).to.include(endpoint.status);
          return;
        }
        expect(statuses).to.deep.equal([endpoint.status, endpoint.status]);
        const [one, other] = answers.map(({ text }) => repeated(text));
        expect(one).to.deep.equal(other);
        const repeats = answers.filter((answer) => answer.headers.has('Idempotent-Replayed'));
        expect(repeats).to.have.length(1);
      });
    }
  });
}
