import { randomUUID } from 'node:crypto';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { changeGathering, type Plan } from './change.ts';
import { type Collection, type Lenient, leniently, type Loaded, stamp } from './document.ts';
import { backOff, outcomeOf } from './outcome.ts';
import { fieldOf } from './page.ts';
import type { QueryShape } from './query-shape.ts';
import type { Equal, Store } from './store.ts';

/** What is due in one run of a sweep, and what happens to it. */
export interface Round<T> {
  readonly equal?: Equal;
  /** A document is due whose `inequality` field is at most this. */
  readonly upTo: (now: Date) => unknown;
  /** Pure; undefined when nothing is due any more. Throws for what cannot be settled. */
  readonly decide: (seen: Loaded<T>, now: Date) => Plan<undefined> | undefined;
}

/** Documents that wait for something, and how to find out what it is. */
export interface Chore<T> {
  /** What the log calls it. */
  readonly name: string;
  readonly collection: Collection<T>;
  /** Ordered by its `inequality`, which is a field that settling a document changes. */
  readonly shape: QueryShape & { readonly inequality: string };
  /** Undefined when there is nothing to do at all. */
  readonly round: (store: Store) => Promise<Round<T> | undefined>;
}

/** A sweep of one kind of document, its types sealed inside. Never rejects. */
export type Sweep = (runtime: Runtime, until: Date) => Promise<SweepReport>;

export interface SweepReport {
  readonly name: string;
  readonly changed: number;
  /** Documents that could not be changed; they stay due and are named in the log. */
  readonly failed: number;
  /** False when it had to end early: the next sweep goes on where this one ended. */
  readonly finished: boolean;
}

const PAGE = 500;
/** Documents that share a commit, and commits under way at once. */
const TOGETHER = 20;
const AT_ONCE = 50;
/** What one timer sets off may be due at once as well: how often a sweep looks again for that. */
const MOST_PASSES = 5;

/** One run: what it works on and what it has done. */
interface Run<T> {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly chore: Chore<T>;
  readonly round: Round<T>;
  readonly isOver: () => boolean;
  readonly tally: { changed: number; readonly failed: Set<string> };
}

/** Changes one due document, deciding anew when it moves meanwhile. */
const settle = async <T>(run: Run<T>, found: Loaded<T>): Promise<boolean> => {
  const { runtime, store, round } = run;
  const { key } = found;
  const first = await store.load([]);
  const outcome = await changeGathering<true, false, Loaded<T> | undefined>(store, runtime.groups, {
    changeId: randomUUID(),
    first,
    read: (more) => store.load([key, ...more]),
    gather: async (reads) => (reads === first ? found : reads.get(key)),
    decide: ({ gathered: seen }) => {
      const plan = seen === undefined ? undefined : round.decide(seen, runtime.now());
      return plan === undefined
        ? { kind: 'stop', value: false }
        : { kind: 'write', plan: { ...plan, answer: true } };
    },
  });
  return 'answer' in outcome;
};

/** Runs a task for each item, a few at a time. */
export const eachAtOnce = async <T>(
  items: readonly T[],
  task: (item: T) => Promise<void>,
): Promise<void> => {
  const left = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of left) await task(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

const TRIES = 3;

/** Asks again when the answer to a query did not come. */
const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === TRIES || outcomeOf(error) !== 'unknown') throw error;
      await backOff(attempt);
    }
  }
};

type Found<T> = Loaded<Lenient<T>>;

/** What is due, in pages; each is fetched while the one before is being settled. */
async function* duePages<T>({ runtime, store, chore, round }: Run<T>) {
  const { collection, shape } = chore;
  const find = (last?: Found<T>): Promise<Found<T>[]> =>
    patiently(() =>
      store.find((id) => leniently(collection.doc(id)), {
        anyOf: [{ shape, equal: round.equal ?? {} }],
        range: { to: round.upTo(runtime.now()) },
        limit: PAGE,
        ...(last && { startAfter: [fieldOf(last.data.raw, shape.inequality), last.id] }),
      }),
    );
  let page = await find();
  for (;;) {
    const next = page.length < PAGE ? undefined : find(page.at(-1));
    // Its failure is met below, or of no interest when the sweep ends here.
    next?.catch(() => {});
    yield page;
    if (next === undefined) return;
    page = await next;
  }
}

/** Those that belong together, a few at a time. */
const groupsOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );

/** Settles everything that is due now. */
const pass = async <T>(run: Run<T>): Promise<void> => {
  const { runtime, store, round, chore, isOver, tally } = run;
  const guarded = async (path: string, task: () => Promise<void> | void): Promise<void> => {
    try {
      await task();
    } catch (error) {
      if (tally.failed.has(path)) return;
      tally.failed.add(path);
      const fields = { document: path, ...describeError(error) };
      runtime.log.write('ERROR', 'a due document could not be changed', fields);
    }
  };
  const takeOne = (found: Loaded<T>): Promise<void> =>
    guarded(found.key.path, async () => {
      if (!isOver() && (await settle(run, found))) tally.changed += 1;
    });
  const take = async (group: readonly Found<T>[]): Promise<void> => {
    if (isOver()) return;
    const due: { found: Loaded<T>; plan: Plan<undefined> }[] = [];
    for (const { data: read, ...rest } of group) {
      await guarded(rest.key.path, () => {
        if ('error' in read) throw read.error;
        const found = { ...rest, key: chore.collection.doc(rest.id), data: read.data };
        const plan = round.decide(found, runtime.now());
        if (plan !== undefined) due.push({ found, plan });
      });
    }
    if (due.length === 0) return;
    const changeId = randomUUID();
    try {
      await store.commit(due.flatMap(({ plan }) => stamp(changeId, plan.writes)));
      tally.changed += due.length;
    } catch {
      // One of them has moved, or can't be written: each for itself, so that it stops no other.
      await Promise.all(due.map(({ found }) => takeOne(found)));
    }
  };
  for await (const page of duePages(run)) {
    if (isOver()) break;
    await eachAtOnce(groupsOf(page, TOGETHER), take);
  }
};

/**
 * The sweep of one kind of document: takes what is due in pages until nothing is, or the time is
 * up. It may be cut anywhere and run twice at once: each change is one commit on the condition
 * that the document has not moved. A document that cannot be read or changed is passed over.
 */
export const sweepOf =
  <T>(chore: Chore<T>): Sweep =>
  async (runtime, until) => {
    const store = runtime.store.metered();
    const isOver = () => runtime.now() >= until;
    const tally = { changed: 0, failed: new Set<string>() };
    const report = (finished: boolean): SweepReport => ({
      name: chore.name,
      changed: tally.changed,
      failed: tally.failed.size,
      finished,
    });
    try {
      const round = await chore.round(store);
      if (round === undefined) return report(true);
      const run = { runtime, store, chore, round, isOver, tally };
      for (let passes = 0; passes < MOST_PASSES && !isOver(); passes += 1) {
        const before = tally.changed;
        await pass(run);
        if (tally.changed === before && !isOver()) return report(true);
      }
    } catch (error) {
      const fields = { sweep: chore.name, ...describeError(error) };
      runtime.log.write('ERROR', 'a sweep could not go on', fields);
    }
    return report(false);
  };
