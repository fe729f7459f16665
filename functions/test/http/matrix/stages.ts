import type { Desk } from '../../../src/kernel/http/desk.ts';
import type { TestApi } from '../../support/harness.ts';
import { cgsStage } from '../../desks/cgs/situations.ts';
import { communityStage } from '../../desks/community/situations.ts';
import { ispStage } from '../../desks/isp/situations.ts';
import type { Stage, StageOf } from '../../desks/stage.ts';
import { urbanStage } from '../../desks/urban/situations.ts';

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
