import { createGroupCommit, type GroupCommit } from '../../src/kernel/store/group-commit.ts';
import { type Case, sendSample } from '../http/matrix/case.ts';

/** Group commits of which a test sees who asks for a number. */
export interface WatchedGroups {
  readonly groups: GroupCommit;
  /** How many changes have asked for a number so far. */
  readonly asked: () => number;
  /** Resolves when this many have asked since now. */
  readonly untilAsked: (more: number) => Promise<void>;
}

export const watchedGroups = (): WatchedGroups => {
  const groups = createGroupCommit();
  let asked = 0;
  let wake = (): void => {};
  return {
    groups: {
      join: (...change) => {
        asked += 1;
        wake();
        return groups.join(...change);
      },
    },
    asked: () => asked,
    untilAsked: (more) => {
      const last = asked + more;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = () => {
        if (asked >= last) resolve();
      };
      return promise;
    },
  };
};

/**
 * Those of some endpoints whose samples are numbered by a counter: each sample is sent once to an
 * API with these groups.
 */
export const numberedAmong = async (
  cases: readonly Case[],
  { asked }: WatchedGroups,
): Promise<Case[]> => {
  const numbered: Case[] = [];
  for (const each of cases.filter(({ endpoint }) => endpoint.method === 'post')) {
    const scene = await each.stage().bring(each.endpoint.sample.given);
    const before = asked();
    await sendSample(each, scene);
    if (asked() > before) numbered.push(each);
  }
  return numbered;
};

/** Situations for this many samples of one endpoint, each with values of its own. */
export const scenesFor = ({ endpoint, stage }: Case, count: number) =>
  Promise.all(Array.from({ length: count }, () => stage().bring(endpoint.sample.given)));
