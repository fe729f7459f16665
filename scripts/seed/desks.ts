import type { DeskName } from '../../functions/src/api.ts';
import { cgsSeed } from './cgs.ts';
import { communitySeed } from './community.ts';
import { ispSeed } from './isp.ts';
import type { DeskSeed } from './play.ts';
import { urbanSeed } from './urban.ts';

/** The demo data of each desk. */
export const SEEDS = {
  cgs: cgsSeed,
  community: communitySeed,
  isp: ispSeed,
  urban: urbanSeed,
} as const satisfies Record<DeskName, DeskSeed>;
