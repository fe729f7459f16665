import { expect } from 'chai';
import { KITS } from '../desks/kits.ts';
import { type Case, nameOf, sendSample } from '../http/matrix/case.ts';
import { send } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore } from '../support/hooked-store.ts';
import { numberedAmong, scenesFor, watchedGroups } from '../support/numbered.ts';

const AT_ONCE = 20;

describe('creates that are sent at once to an endpoint that numbers them', function () {
  this.timeout(60_000);
  const watched = watchedGroups();
  let plain: TestApi;
  let api: TestApi;
  let commits = 0;
  /** Opens when everybody has asked for a number; commits wait for it. */
  let everybody = Promise.resolve();

  before(async () => {
    plain = await startApi();
    const store = hookedStore(plain.runtime.store, {
      commit: async (_, go) => {
        commits += 1;
        await everybody;
        return go();
      },
    });
    api = await startApi({ store, groups: watched.groups });
  });
  after(() => Promise.all([plain.stop(), api.stop()]));

  const casesOf = ({ desk, stage }: (typeof KITS)[keyof typeof KITS]): Case[] => {
    const own = stage(plain);
    return desk.endpoints.map((endpoint) => ({
      desk,
      endpoint,
      stage: () => own,
      ask: async (...request) => ({
        ...(await send(api.url, ...request)),
        reads: 0,
        writes: 0,
      }),
    }));
  };

  /** Sends the sample of one endpoint many times at once. */
  const createAll = async (each: Case): Promise<void> => {
    const scenes = await scenesFor(each, AT_ONCE);
    commits = 0;
    everybody = watched.untilAsked(AT_ONCE);
    const answers = await Promise.all(scenes.map((scene) => sendSample(each, scene)));
    for (const { status, text } of answers) expect(status, text).to.equal(each.endpoint.status);
  };

  const found: string[] = [];

  // Which endpoints number is seen from what their samples ask of the counters, so none is left out.
  for (const [name, kit] of Object.entries(KITS)) {
    it(`are at most two commits at each endpoint of the desk ${name}`, async () => {
      const numbered = await numberedAmong(casesOf(kit), watched);
      found.push(...numbered.map(nameOf));
      for (const each of numbered) {
        await createAll(each);
        // The first one may have been on its way before the others came.
        expect(commits, nameOf(each)).to.be.at.most(2);
      }
    });
  }

  it('are found by their samples', () => {
    expect(found).not.to.deep.equal([]);
  });
});
