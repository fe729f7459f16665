import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Problem, refuseFor } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { change } from '../store/change.ts';
import type { Store } from '../store/store.ts';
import { type Attempt, attemptKeys, reserve, type Subjects } from './throttle.ts';

/** Where sign-ins of one process wait for their reservation. */
export interface AttemptLine {
  /**
   * Reserves an attempt to sign in; 429 with `Retry-After` when there were too many. Throws a
   * problem or the store's error when the store does not answer.
   */
  reserve(
    runtime: Pick<Runtime, 'groups' | 'now'>,
    store: Store,
    subjects: Subjects,
  ): Promise<Attempt | Problem>;
}

interface Waiting {
  readonly runtime: Pick<Runtime, 'groups' | 'now'>;
  readonly store: Store;
  readonly subjects: Subjects;
  readonly paths: readonly string[];
  readonly resolve: (result: Attempt | Problem) => void;
  readonly reject: (error: unknown) => void;
}

/** Who waits for the same documents, and these documents. */
interface Group {
  readonly members: readonly Waiting[];
  readonly paths: ReadonlySet<string>;
}

const LARGEST_GROUP = 200;

/**
 * Takes from the queue all who can go now, in groups that share no document with each other nor
 * with those that are under way.
 */
const takeGroups = (queue: Waiting[], busy: ReadonlySet<string>): readonly Group[] => {
  let groups: readonly Group[] = [];
  for (const waiting of queue.splice(0)) {
    const shares = ({ paths }: Group) => waiting.paths.some((path) => paths.has(path));
    const linked = groups.filter(shares);
    const members = [...linked.flatMap((group) => group.members), waiting];
    if (waiting.paths.some((path) => busy.has(path)) || members.length > LARGEST_GROUP) {
      queue.push(waiting);
    } else {
      const paths = new Set(members.flatMap((member) => member.paths));
      groups = [...groups.filter((group) => !linked.includes(group)), { members, paths }];
    }
  }
  return groups;
};

/** One read and one commit for all of a group, by the store of its first member. */
const reserveGroup = async ({ members }: Group): Promise<readonly (Attempt | Problem)[]> => {
  const [first] = members;
  if (first === undefined) return [];
  const { runtime, store } = first;
  const wanted = members.map(({ subjects }) => subjects);
  const outcome = await change(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([...wanted.flatMap(attemptKeys), ...more]),
    decide: ({ reads }) => {
      const { results, writes } = reserve(wanted, reads, runtime.now());
      return writes.length === 0
        ? { kind: 'stop', value: results }
        : { kind: 'write', plan: { writes, answer: results } };
    },
  });
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};

const isBusy = (error: unknown): boolean => error instanceof Problem && error.code === 'store/busy';

const run = async (group: Group): Promise<void> => {
  try {
    const results = await reserveGroup(group);
    for (const [index, { resolve }] of group.members.entries()) {
      const result = results[index];
      if (result !== undefined) resolve(result);
    }
  } catch (error) {
    for (const { resolve, reject } of group.members) {
      // So many other instances write the same documents that there is no turn for this one.
      if (isBusy(error)) resolve(refuseFor('auth/too-many-attempts', 1));
      else reject(error);
    }
  }
};

/**
 * The line of one process. A thousand guesses at once are a few reads and commits here: those that
 * arrive while others of the same account or network are under way share the next ones.
 */
export const createAttemptLine = (): AttemptLine => {
  const queue: Waiting[] = [];
  const busy = new Set<string>();
  const serve = async (group: Group): Promise<void> => {
    for (const path of group.paths) busy.add(path);
    await run(group);
    for (const path of group.paths) busy.delete(path);
    start();
  };
  const start = (): void => {
    for (const group of takeGroups(queue, busy)) void serve(group);
  };
  return {
    reserve: async (runtime, store, subjects) => {
      const { promise, resolve, reject } = Promise.withResolvers<Attempt | Problem>();
      const paths = attemptKeys(subjects).map(({ path }) => path);
      queue.push({ runtime, store, subjects, paths, resolve, reject });
      await nextTurn(); // let everyone who arrived in this turn of the event loop join
      start();
      return promise;
    },
  };
};
