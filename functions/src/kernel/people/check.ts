import type { Problem } from '../problem.ts';
import type { Write } from '../store/document.ts';

/** Why a change of a person is refused, or what its commit has to write as well. */
export interface Check {
  readonly refused?: Problem | undefined;
  readonly writes?: readonly Write[];
}

/** Several checks as one: the first refusal, or everything that they have to write. */
export const allOf = async (checks: readonly Promise<Check>[]): Promise<Check> => {
  const done = await Promise.all(checks);
  const refused = done.find((each) => each.refused !== undefined)?.refused;
  return refused === undefined
    ? { writes: done.flatMap(({ writes = [] }) => writes) }
    : { refused };
};
