import type { Problem } from '../problem.ts';
import type { Write } from '../store/document.ts';

/** Why a change of a person is refused, or what its commit has to write as well. */
export interface Check {
  readonly refused?: Problem | undefined;
  readonly writes?: readonly Write[];
}
