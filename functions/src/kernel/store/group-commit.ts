import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { refuseFor } from '../problem.ts';
import { collection } from './collection.ts';
import { anyDocument, type Fields, type Loaded, type Write } from './document.ts';
import { backOff, MOST_ATTEMPTS, MOST_LOST, outcomeOf } from './outcome.ts';
import type { Store } from './store.ts';

/** A document that numbers things without gaps and without repeats. */
export interface Counter {
  readonly collection: string;
  readonly id: string;
  /** The counter's other fields, written when it is created. */
  readonly initial: Fields;
}

/** One create that waits for its number. */
export interface Member {
  readonly changeId: string;
  readonly build: (n: number) => readonly Write[];
}

interface Waiting extends Member {
  readonly store: Store;
  /** The document that it creates, by which it knows its own commit. */
  readonly subject: string;
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export interface GroupCommit {
  /** Commits a member with the counter's next number. Rejects with the store's error. */
  join(store: Store, counter: Counter, member: Member): Promise<void>;
}

const LARGEST_GROUP = 200;
const LARGEST_BYTES = 4_000_000;

const counterSchema = z.looseObject({ count: z.number().int().nonnegative() });
type CounterData = z.output<typeof counterSchema>;
type Seen = Loaded<CounterData> | undefined;

/** Members that can share a commit: no two write one document, and the request stays small. */
const takeGroup = (queue: Waiting[]): Waiting[] => {
  const paths = new Set<string>();
  const group: Waiting[] = [];
  const left: Waiting[] = [];
  let bytes = 0;
  for (const member of queue.splice(0)) {
    const fits =
      group.length < LARGEST_GROUP && (bytes + member.bytes < LARGEST_BYTES || bytes === 0);
    if (fits && !member.paths.some((path) => paths.has(path))) {
      for (const path of member.paths) paths.add(path);
      bytes += member.bytes;
      group.push(member);
    } else {
      left.push(member);
    }
  }
  queue.push(...left);
  return group;
};

const counterWrite = (counter: Counter, seen: Seen, count: number): Write =>
  seen === undefined
    ? {
        op: 'create',
        path: `${counter.collection}/${counter.id}`,
        data: { ...counter.initial, count },
      }
    : {
        op: 'update',
        path: seen.key.path,
        data: { count },
        version: seen.version,
        changeIds: seen.changeIds,
      };

interface Failed {
  readonly error: unknown;
  /** The counter that the failed commit depended on. */
  readonly seen: Seen;
}

const done = (group: readonly Waiting[]): void => {
  for (const member of group) member.done();
};

const fail = (group: readonly Waiting[], error: unknown): void => {
  for (const member of group) member.failed(error);
};

/** Whether a commit failed for something else than the counter, which has not moved since. */
const isMembersFault = ({ error, seen }: Failed, now: Seen): boolean => {
  const outcome = outcomeOf(error);
  if (outcome !== 'conflict') return outcome === 'permanent';
  return now === undefined || seen?.version.isEqual(now.version) === true;
};

/** The line of one counter: whoever waits at the same moment shares a commit. */
const createLine = (counter: Counter) => {
  const key = collection(counter.collection, counterSchema).doc(counter.id);
  const queue: Waiting[] = [];
  let running = false;

  /** The counter now, and whether the leader's last commit was applied after all. */
  const look = async ({ store, subject, changeId }: Waiting, isRetry: boolean) => {
    const created = anyDocument(subject);
    const reads = await store.load(isRetry ? [key, created] : [key]);
    const isCommitted = isRetry && reads.get(created)?.changeIds.includes(changeId) === true;
    return { seen: reads.get(key), isCommitted };
  };

  const commit = async (leader: Waiting, group: readonly Waiting[], seen: Seen) => {
    const count = seen?.data.count ?? 0;
    const writes = group.flatMap((member, index) => [...member.build(count + index + 1)]);
    await leader.store.commit([counterWrite(counter, seen, count + group.length), ...writes]);
  };

  const settle = async (group: readonly Waiting[], isRetry = false): Promise<void> => {
    const [leader] = group;
    if (leader === undefined) return;
    let failed: Failed | undefined;
    let lost = 0;
    for (let attempt = 0; ; attempt += 1) {
      // An attempt builds anew, with other numbers perhaps: only once the last one is known to
      // have failed. Both documents come from one moment, so the two can't be taken for each other.
      const { seen, isCommitted } = await look(leader, isRetry || attempt > 0);
      if (isCommitted) return done(group);
      if (failed !== undefined && isMembersFault(failed, seen)) {
        if (group.length === 1) return leader.failed(failed.error);
        // One bad member must not fail its neighbours: halves, until it is alone.
        const half = Math.ceil(group.length / 2);
        await settle(group.slice(0, half), true);
        return settle(group.slice(half), true);
      }
      if (lost === MOST_LOST) return fail(group, refuseFor('store/unavailable', 5));
      if (attempt === MOST_ATTEMPTS) return fail(group, refuseFor('store/busy', 1));
      try {
        await commit(leader, group, seen);
        return done(group);
      } catch (error) {
        failed = { error, seen };
        if (outcomeOf(error) === 'unknown') lost += 1;
      }
      await backOff(attempt);
    }
  };

  const run = async (): Promise<void> => {
    await nextTurn(); // let everyone who arrived in this turn of the event loop join
    while (queue.length > 0) {
      const group = takeGroup(queue);
      try {
        await settle(group);
      } catch (error) {
        fail(group, error);
      }
    }
    running = false;
  };

  return (waiting: Waiting): void => {
    queue.push(waiting);
    if (running) return;
    running = true;
    void run();
  };
};

/** The lines of all counters of one process. */
export const createGroupCommit = (): GroupCommit => {
  const lines = new Map<string, (waiting: Waiting) => void>();
  const lineOf = (counter: Counter) => {
    const path = `${counter.collection}/${counter.id}`;
    const line = lines.get(path) ?? createLine(counter);
    lines.set(path, line);
    return line;
  };
  return {
    join: (store, counter, member) =>
      new Promise((resolve, reject) => {
        // Built once with a likely number, to see which documents it writes and how large they are.
        const writes = member.build(1);
        const paths = writes.map(({ path }) => path);
        const [subject] = paths;
        if (subject === undefined) throw new Error('a numbered change must write something');
        lineOf(counter)({
          ...member,
          store,
          subject,
          paths,
          bytes: Buffer.byteLength(JSON.stringify(writes)),
          done: resolve,
          failed: reject,
        });
      }),
  };
};
