import { follow } from '../../../src/desks/cgs/figures/follow-tickets.ts';
import type { Role } from '../../../src/desks/cgs/domain/vocabulary.ts';
import type { TestApi } from '../../support/harness.ts';
import type { Bring } from '../stage.ts';
import type { CgsWorld, Member } from './world.ts';

/** Situations for the samples of figures: no trigger runs here, so it is called. */
export const figureSituations = (api: TestApi, world: CgsWorld) =>
  ({
    figures: async (of) => {
      await follow(api.runtime, await world.ticket('Closed', { noc: of('NOC'), foc: of('FOC') }));
      return {};
    },
  }) as const satisfies Record<string, Bring<Role, Member>>;
