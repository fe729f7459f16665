import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { refuseFor } from '../problem.ts';
import { backOff, outcomeOf } from './change.ts';
import { anyDocument, collection, type Fields, type Loaded, type Write } from './document.ts';
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
const ATTEMPTS = 12;

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

/** The line of one counter: whoever waits at the same moment shares a commit. */
const createLine = (counter: Counter) => {
  const key = collection(counter.collection, counterSchema).doc(counter.id);
  const queue: Waiting[] = [];
  let running = false;

  const read = async (store: Store): Promise<Seen> => (await store.load([key])).get(key);

  /** After a failed commit: was it applied after all, is another try of use, or is a member bad? */
  const inspect = async (leader: Waiting, seen: Seen, error: unknown) => {
    if (outcomeOf(error) === 'permanent') return 'bad-member';
    const created = anyDocument(leader.subject);
    const reads = await leader.store.load([key, created]);
    if (reads.get(created)?.changeIds.includes(leader.changeId) === true) return 'committed';
    const now = reads.get(key);
    const moved = now !== undefined && !(seen?.version.isEqual(now.version) ?? false);
    return moved || outcomeOf(error) === 'unknown' ? 'again' : 'bad-member';
  };

  /** One attempt at the whole group. */
  const send = async (leader: Waiting, group: readonly Waiting[]) => {
    const seen = await read(leader.store);
    const count = seen?.data.count ?? 0;
    try {
      const writes = group.flatMap((member, index) => [...member.build(count + index + 1)]);
      const counted = counterWrite(counter, seen, count + group.length);
      await leader.store.commit([counted, ...writes]);
      return { result: 'committed' } as const;
    } catch (error) {
      return { result: await inspect(leader, seen, error), error } as const;
    }
  };

  const settle = async (group: readonly Waiting[]): Promise<void> => {
    const [leader] = group;
    if (leader === undefined) return;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const sent = await send(leader, group);
      if (sent.result === 'committed') {
        for (const member of group) member.done();
        return;
      }
      if (sent.result === 'bad-member') {
        if (group.length === 1) leader.failed(sent.error);
        // One bad member must not fail its neighbours: each goes again, alone.
        else for (const member of group) await settle([member]);
        return;
      }
      await backOff(attempt);
    }
    for (const member of group) member.failed(refuseFor('store/busy', 1));
  };

  const run = async (): Promise<void> => {
    await nextTurn(); // let everyone who arrived in this turn of the event loop join
    while (queue.length > 0) {
      const group = takeGroup(queue);
      try {
        await settle(group);
      } catch (error) {
        for (const member of group) member.failed(error);
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
