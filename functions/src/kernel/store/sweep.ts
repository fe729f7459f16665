import { randomUUID } from 'node:crypto';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { change, type Plan } from './change.ts';
import type { Collection, Loaded } from './document.ts';
import type { QueryShape } from './query-shape.ts';
import type { Store } from './store.ts';

/** Documents that wait for a moment, and what happens to one when it has come. */
export interface Timers<T> {
  readonly collection: Collection<T>;
  /** Ordered by the moment, which is its `inequality` too. */
  readonly shape: QueryShape & { readonly inequality: string };
  readonly dueAt: (data: T) => Date | null;
  /** Pure; undefined when nothing is due any more. */
  readonly decide: (seen: Loaded<T>, now: Date) => Plan<undefined> | undefined;
}

/** A sweep of one kind of timer, its types sealed inside. */
export type Sweep = (runtime: Runtime, until: Date) => Promise<SweepReport>;

export interface SweepReport {
  readonly changed: number;
  /** Documents that could not be changed; they stay due and are named in the log. */
  readonly failed: number;
  /** False when the time ran out: the next sweep goes on where this one ended. */
  readonly finished: boolean;
}

const PAGE = 300;
const AT_ONCE = 50;

/** Changes one due document, deciding anew when it moves meanwhile. */
const settle = async <T>(
  runtime: Runtime,
  store: Store,
  { collection, decide }: Timers<T>,
  found: Loaded<T>,
): Promise<boolean> => {
  const key = collection.doc(found.id);
  const nothing = await store.load([]);
  let seen: Loaded<T> | undefined = found;
  const outcome = await change<true, false>(store, runtime.groups, {
    changeId: randomUUID(),
    first: nothing,
    read: async (more) => {
      const reads = await store.load([key, ...more]);
      seen = reads.get(key);
      return reads;
    },
    decide: () => {
      const plan = seen === undefined ? undefined : decide(seen, runtime.now());
      return plan === undefined
        ? { kind: 'stop', value: false }
        : { kind: 'write', plan: { ...plan, answer: true } };
    },
  });
  return 'answer' in outcome;
};

/** Runs a task for each item, a few at a time. */
const eachAtOnce = async <T>(
  items: readonly T[],
  task: (item: T) => Promise<void>,
): Promise<void> => {
  const left = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of left) await task(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

/**
 * The sweep of one kind of timer: takes what is due in pages, oldest first, until nothing is or
 * the time is up. It may be cut anywhere and run twice at once: each change is one commit on the
 * condition that the document has not moved.
 */
export const sweepOf =
  <T>(timers: Timers<T>): Sweep =>
  async (runtime, until) => {
    const store = runtime.store.metered();
    const report = { changed: 0, failed: 0 };
    let startAfter: readonly unknown[] | undefined;
    for (;;) {
      const now = runtime.now();
      if (now >= until) return { ...report, finished: false };
      const page = await store.find(timers.collection.doc, {
        anyOf: [{ shape: timers.shape, equal: {} }],
        range: { to: now },
        limit: PAGE,
        ...(startAfter === undefined ? {} : { startAfter }),
      });
      await eachAtOnce(page, async (found) => {
        try {
          if (await settle(runtime, store, timers, found)) report.changed += 1;
        } catch (error) {
          report.failed += 1;
          const fields = { document: found.key.path, ...describeError(error) };
          runtime.log.write('ERROR', 'a due document could not be changed', fields);
        }
      });
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return { ...report, finished: true };
      startAfter = [timers.dueAt(last.data), last.id];
    }
  };
