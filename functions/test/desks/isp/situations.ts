import { ispSeed } from '../../../../scripts/seed/isp.ts';
import { play } from '../../../../scripts/seed/play.ts';
import { ROLES } from '../../../src/desks/isp/domain/vocabulary.ts';
import { bearer } from '../../support/bearer.ts';
import type { TestApi } from '../../support/harness.ts';
import { identitySituations } from '../identity-situations.ts';
import { type Stage, createStage } from '../stage.ts';
import { peopleSituations } from '../person.ts';
import { ispWorld } from './world.ts';

/** The ISP desk for the matrix: its samples are the contract's, of ISP 1, branch 1 and user 1. */
export const ispStage = (api: TestApi): Stage => {
  const world = ispWorld(api);
  return createStage({
    roles: ROLES,
    person: (role) => world.agent({ role }),
    outsider: () => bearer(api, {}),
    situations: {
      ...identitySituations(api, {
        isp: { userId: 1, ispId: 1, branchIds: [1, 2], active: true },
      }),
      ...peopleSituations(
        api,
        'colleague',
        { isp: { role: 'staff', userId: 2, ispId: 1, branchIds: [1], active: true } },
        'rina.isp@example.com',
      ),
      subscriber: async () => {
        // Number 1, unless the stack's demo data has created it.
        await play(api.runtime, ispSeed, api.runtime.now());
        return { params: { id: '1' } };
      },
      'new subscriber': async (of) => ({
        params: { id: String(await world.subscriber(of('staff'))) },
      }),
      'subscriber with a ticket': async (of) => {
        const subscriber = await world.subscriber(of('staff'));
        await world.open(of('staff'), { subscriber_id: subscriber });
        return { params: { id: String(subscriber) } };
      },
      ticket: async (of) => {
        const id = await world.open(of('staff'));
        await world.reply(of('staff'), id);
        return { params: { id: String(id) } };
      },
    },
  });
};
