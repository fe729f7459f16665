import { DESK_CHECKS } from '../../../scripts/check-data/desks.ts';
import type { DeskChecks } from '../../../scripts/check-data/check.ts';
import { SEEDS } from '../../../scripts/seed/desks.ts';
import type { DeskSeed } from '../../../scripts/seed/play.ts';
import { type DeskName, served } from '../../src/api.ts';
import type { Desk } from '../../src/kernel/http/desk.ts';
import type { Desk as DeskRules } from '../rules/desk.ts';
import type { DeskHistory } from '../histories/desk-history.ts';
import { cgsHistory } from './cgs/history.ts';
import { cgsPhotos } from './cgs/photos.ts';
import { cgs } from './cgs/rules/desk.ts';
import { cgsStage } from './cgs/situations.ts';
import { communityHistory } from './community/history.ts';
import { communityPhotos } from './community/photos.ts';
import { community } from './community/rules/desk.ts';
import { communityStage } from './community/situations.ts';
import { ispHistory } from './isp/history.ts';
import { ispPhotos } from './isp/photos.ts';
import { isp } from './isp/rules.ts';
import { ispStage } from './isp/situations.ts';
import type { StageOf } from './stage.ts';
import type { PhotoPlaces } from './photo-place.ts';
import { urbanHistory } from './urban/history.ts';
import { urbanPhotos } from './urban/photos.ts';
import { urban } from './urban/rules.ts';
import { urbanStage } from './urban/situations.ts';

/** Everything that tests and scripts need of a desk. */
export interface DeskKit {
  readonly desk: Desk;
  /** Its people, and how the situations of its endpoints' samples are set up. */
  readonly stage: StageOf;
  /** Who may read and listen to what. */
  readonly rules: DeskRules;
  /** Its demo data. */
  readonly seed: DeskSeed;
  /** What must hold of its documents. */
  readonly checks: DeskChecks;
  /** Its people in random histories, their commands, and what those leave in the store. */
  readonly history: DeskHistory;
  /** Where it shows photos. */
  readonly photos: PhotoPlaces;
}

/** One kit for each desk that is served. */
export const KITS = {
  cgs: {
    desk: served.cgs,
    stage: cgsStage,
    rules: cgs,
    seed: SEEDS.cgs,
    checks: DESK_CHECKS.cgs,
    history: cgsHistory,
    photos: cgsPhotos,
  },
  community: {
    desk: served.community,
    stage: communityStage,
    rules: community,
    seed: SEEDS.community,
    checks: DESK_CHECKS.community,
    history: communityHistory,
    photos: communityPhotos,
  },
  isp: {
    desk: served.isp,
    stage: ispStage,
    rules: isp,
    seed: SEEDS.isp,
    checks: DESK_CHECKS.isp,
    history: ispHistory,
    photos: ispPhotos,
  },
  urban: {
    desk: served.urban,
    stage: urbanStage,
    rules: urban,
    seed: SEEDS.urban,
    checks: DESK_CHECKS.urban,
    history: urbanHistory,
    photos: urbanPhotos,
  },
} as const satisfies Record<DeskName, DeskKit>;
