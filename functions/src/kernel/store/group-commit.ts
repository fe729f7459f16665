import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { refuseFor } from '../problem.ts';
import { collection } from './collection.ts';
import type { DocKey, Fields, Loaded, Write } from './document.ts';
import { backOff, MOST_LOST, outcomeOf, startPatience } from './outcome.ts';
import { subjectOf } from './stamp.ts';
import type { Store } from './store.ts';

/** A document that numbers things without gaps and without repeats. */
export interface Counter {
  readonly collection: string;
  readonly id: string;
  /** The counter's other fields, written when it is created. */
  readonly initial: Fields;
}

/** One create that waits for its number, or several that take the numbers from one on. */
export interface Member {
  readonly changeId: string;
  /** How many numbers it takes; one by default. */
  readonly size?: number;
  /** Pure: its stamped writes under a number, the first of its own. */
  readonly build: (n: number) => readonly Write[];
  /** The number of an earlier attempt of the same change, which may have been committed. */
  readonly tried?: number | undefined;
}

/** How joining ended: the first number that was sent last, and why it failed if it did. */
export interface Joined {
  readonly number: number | undefined;
  readonly error?: unknown;
}

interface Waiting extends Omit<Member, 'tried'> {
  readonly store: Store;
  readonly size: number;
  /** The documents that it writes whatever its number is: where it can collide with others. */
  readonly fixedPaths: readonly string[];
  readonly bytes: number;
  /** The number that it was sent with last, and the document by which it knows that commit. */
  sent: { readonly number: number; readonly subject: DocKey<unknown> } | undefined;
  readonly end: (error?: unknown) => void;
}

export interface GroupCommit {
  /** Commits a member with the counter's next number. Never rejects. */
  join(store: Store, counter: Counter, member: Member): Promise<Joined>;
}

const LARGEST_GROUP = 200;
const LARGEST_BYTES = 4_000_000;

const counterSchema = z.looseObject({ count: z.number().int().nonnegative() });
type CounterData = z.output<typeof counterSchema>;
type Seen = Loaded<CounterData> | undefined;

const sizeOf = (group: readonly Waiting[]): number =>
  group.reduce((sum, { size }) => sum + size, 0);

/** Members that can share a commit: no two write one document, and the request stays small. */
const takeGroup = (queue: Waiting[]): Waiting[] => {
  const paths = new Set<string>();
  const group: Waiting[] = [];
  const left: Waiting[] = [];
  let bytes = 0;
  for (const member of queue.splice(0)) {
    // One that may have been committed already is looked for by itself, before all others.
    const isAlone = [member, ...group].some(({ sent }) => sent !== undefined);
    const fits =
      group.length === 0 ||
      (!isAlone &&
        sizeOf(group) + member.size <= LARGEST_GROUP &&
        bytes + member.bytes < LARGEST_BYTES);
    if (fits && !member.fixedPaths.some((path) => paths.has(path))) {
      for (const path of member.fixedPaths) paths.add(path);
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

const end = (group: readonly Waiting[], error?: unknown): void => {
  for (const member of group) member.end(error);
};

/** Whether a commit failed for something else than the counter, which has not moved since. */
const isMembersFault = ({ error, seen }: Failed, now: Seen): boolean => {
  const outcome = outcomeOf(error);
  if (outcome !== 'conflict') return outcome === 'permanent';
  return now === undefined || seen?.version.isEqual(now.version) === true;
};

/** The line of one counter. */
interface Line {
  readonly counter: Counter;
  readonly key: DocKey<CounterData>;
}

/** The counter now, and whether the commit that the leader was sent with was applied after all. */
const look = async ({ key }: Line, { store, changeId, sent }: Waiting) => {
  if (sent === undefined) return { seen: await store.get(key), isCommitted: false };
  const reads = await store.load([key, sent.subject]);
  const isCommitted = reads.get(sent.subject)?.changeIds.includes(changeId) === true;
  return { seen: reads.get(key), isCommitted };
};

/** Sends the members of a group with the next numbers; undefined, or the error that came back. */
const send = async ({ counter }: Line, group: readonly Waiting[], seen: Seen) => {
  const [leader] = group;
  const count = seen?.data.count ?? 0;
  try {
    const writes = group.flatMap((member, index) => {
      const number = count + sizeOf(group.slice(0, index)) + 1;
      const its = member.build(number);
      member.sent = { number, subject: subjectOf(member.changeId, its) };
      return its;
    });
    await leader?.store.commit([counterWrite(counter, seen, count + sizeOf(group)), ...writes]);
    return undefined;
  } catch (error) {
    return { error, seen };
  }
};

/** One bad member must not fail its neighbours: halves, until it is alone. */
const commitHalves = async (line: Line, group: readonly Waiting[], error: unknown) => {
  if (group.length === 1) return end(group, error);
  const half = Math.ceil(group.length / 2);
  await commitGroup(line, group.slice(0, half));
  await commitGroup(line, group.slice(half));
};

/** Commits a group, in halves when one of its members can not be committed. */
const commitGroup = async (line: Line, group: readonly Waiting[]): Promise<void> => {
  const [leader] = group;
  if (leader === undefined) return;
  const patience = startPatience();
  let failed: Failed | undefined;
  let lost = 0;
  for (let attempt = 0; ; attempt += 1) {
    // An attempt builds anew, with other numbers perhaps: only once the last one is known to
    // have failed. Both documents come from one moment, so the two can't be taken for each other.
    const { seen, isCommitted } = await look(line, leader);
    if (isCommitted) return end(group);
    if (failed !== undefined && isMembersFault(failed, seen)) {
      return commitHalves(line, group, failed.error);
    }
    if (lost === MOST_LOST) return end(group, refuseFor('store/unavailable', 5));
    if (patience.isOver()) return end(group, refuseFor('store/busy', 1));
    failed = await send(line, group, seen);
    if (failed === undefined) return end(group);
    if (outcomeOf(failed.error) === 'unknown') lost += 1;
    await backOff(attempt);
  }
};

/** Creates that wait for a counter at the same moment share a commit. */
const createLine = (counter: Counter) => {
  const line = { counter, key: collection(counter.collection, counterSchema).doc(counter.id) };
  const queue: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    await nextTurn(); // let everyone who arrived in this turn of the event loop join
    while (queue.length > 0) {
      const group = takeGroup(queue);
      try {
        await commitGroup(line, group);
      } catch (error) {
        end(group, error);
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
      new Promise((resolve) => {
        // Built with two numbers, to see which documents it writes whatever its number is.
        const [writes, others] = [member.build(1), member.build(2)];
        const { size = 1, tried } = member;
        const otherPaths = new Set(others.map(({ path }) => path));
        const waiting: Waiting = {
          ...member,
          store,
          size,
          sent:
            tried === undefined
              ? undefined
              : { number: tried, subject: subjectOf(member.changeId, member.build(tried)) },
          fixedPaths: writes.map(({ path }) => path).filter((path) => otherPaths.has(path)),
          bytes: Buffer.byteLength(JSON.stringify(writes)),
          end: (error) => resolve({ number: waiting.sent?.number, error }),
        };
        lineOf(counter)(waiting);
      }),
  };
};
