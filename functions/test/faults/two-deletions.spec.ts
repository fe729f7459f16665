import { expect } from 'chai';
import { KITS } from '../desks/kits.ts';
import type { Scene, Stage } from '../desks/stage.ts';
import { type Case, nameOf, sendSample } from '../http/matrix/case.ts';
import { send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

for (const { desk, stage: stageOf } of Object.values(KITS)) {
  describe(`two deletions at once at the desk ${desk.name}`, function () {
    this.timeout(60_000);
    let api: TestApi;
    let stage: Stage;

    before(async () => {
      api = await startApi();
      stage = stageOf(api);
    });
    after(() => api.stop());

    for (const endpoint of desk.endpoints.filter(({ method }) => method === 'delete')) {
      const each: Case = {
        desk,
        endpoint,
        stage: () => stage,
        ask: async (...sent) => ({ ...(await send(api.url, ...sent)), reads: 0, writes: 0 }),
      };
      const statusOf = async (scene: Scene) => (await sendSample(each, scene)).status;

      it(`by ${nameOf(each)} are answered like one after the other`, async () => {
        const [one, other] = [
          await stage.bring(endpoint.sample.given),
          await stage.bring(endpoint.sample.given),
        ];
        const inTurn = [await statusOf(one), await statusOf(one)];
        const atOnce = await Promise.all([statusOf(other), statusOf(other)]);
        expect(inTurn[0]).to.equal(endpoint.status);
        expect(atOnce.toSorted((low, high) => low - high)).to.deep.equal(inTurn);
      });
    }
  });
}
