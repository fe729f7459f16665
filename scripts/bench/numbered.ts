import type { Scene } from '../../functions/test/desks/stage.ts';
import { nameOf, sendSample } from '../../functions/test/http/matrix/case.ts';
import { startApi } from '../../functions/test/support/harness.ts';
import { hookedStore } from '../../functions/test/support/hooked-store.ts';
import { numberedAmong, scenesFor, watchedGroups } from '../../functions/test/support/numbered.ts';
import { casesOf, unbilled } from './bench-world.ts';
import { type Figure, type Line, timed } from './line.ts';

const CREATES = 100;

/** Creates that are sent at once to each endpoint that numbers what it creates: its commits. */
export const numberedCreates: Line = {
  name: 'numbered',
  run: async ({ api: { runtime } }) => {
    const watched = watchedGroups();
    let commits = 0;
    const store = hookedStore(runtime.store, {
      commit: (_, go) => {
        commits += 1;
        return go();
      },
    });
    const api = await startApi({ store, groups: watched.groups });
    const figures: Figure[] = [];
    for (const each of await numberedAmong(casesOf(api, unbilled(api)), watched)) {
      const create = async (scene: Scene): Promise<void> => {
        const { status, text } = await sendSample(each, scene);
        if (status !== each.endpoint.status) throw new Error(`${nameOf(each)}: ${status} ${text}`);
      };
      const createAll = async (): Promise<number> => {
        const scenes = await scenesFor(each, CREATES);
        commits = 0;
        return timed(() => Promise.all(scenes.map(create)));
      };
      // The code is slower when it runs for the first time.
      await createAll();
      const took = await createAll();
      figures.push({
        what: `${each.desk.name}: ${CREATES} at once by ${nameOf(each)}`,
        value: commits,
        unit: 'commits',
        atMost: 2,
        note: `${Math.round(CREATES / (took / 1000))} creates per second through HTTP`,
      });
    }
    await api.stop();
    return figures;
  },
};
