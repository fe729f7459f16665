import type { Desk } from '../../../src/kernel/http/desk.ts';
import type { TestApi } from '../../support/harness.ts';
import { cgsStage } from './cgs-stage.ts';
import { communityStage } from './community-stage.ts';
import { ispStage } from './isp-stage.ts';
import type { Stage, StageOf } from './stage.ts';
import { urbanStage } from './urban-stage.ts';

/** How each desk's people and situations are brought about: a new desk adds a line. */
const STAGES: Readonly<Record<string, StageOf>> = {
  cgs: cgsStage,
  community: communityStage,
  isp: ispStage,
  urban: urbanStage,
};

/** @throws Error for a desk without one */
export const stageOf = ({ name }: Pick<Desk, 'name'>, api: TestApi): Stage => {
  const create = STAGES[name];
  if (create === undefined) throw new Error(`matrix/stages.ts has no stage for the desk ${name}`);
  return create(api);
};
