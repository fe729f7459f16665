import { ispSeed } from '../../../../scripts/seed/isp.ts';
import { play } from '../../../../scripts/seed/play.ts';
import { bearer } from '../../support/bearer.ts';
import type { TestApi } from '../../support/harness.ts';
import { type Agent, ispWorld } from './world.ts';
import type { Scene, Stage } from '../stage.ts';

type Bring = (as: Agent) => Promise<Scene['params']>;

/** The ISP desk for the matrix: its samples are the contract's, of ISP 1, branch 1 and user 1. */
export const ispStage = (api: TestApi): Stage => {
  const world = ispWorld(api);
  const situations: Readonly<Record<string, Bring>> = {
    subscriber: async () => {
      // Number 1, unless the stack's demo data has it already.
      await play(api.runtime, ispSeed, api.runtime.now());
      return { id: '1' };
    },
    'new subscriber': async (as) => ({ id: String(await world.subscriber(as)) }),
    ticket: async (as) => {
      const id = await world.open(as);
      await world.reply(as, id);
      return { id: String(id) };
    },
  };
  return {
    member: () => world.agent(),
    outsider: () => bearer(api, {}),
    bring: async (given) => {
      const bring = given === undefined ? async () => ({}) : situations[given];
      if (bring === undefined) throw new Error(`no test knows how to bring about ${given}`);
      const as = await world.agent();
      return { as: () => as, params: await bring(as), words: {} };
    },
  };
};
