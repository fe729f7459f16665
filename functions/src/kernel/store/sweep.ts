import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import type { Collection } from './collection.ts';
import { type Loaded, type Reads, readsOf, type Write } from './document.ts';
import { stamp } from './stamp.ts';
import { pagesOf, unread } from './page.ts';
import type { Criteria } from './query.ts';
import type { Store } from './store.ts';
import { updateGathering } from './update.ts';

/** Which documents are due in one run of a sweep, and how each is changed. */
export interface DueWork<T> {
  /** Sorted by a field that the change of a document changes. */
  readonly due: (now: Date) => Criteria<T>;
  /**
   * Empty when nothing is due any more. Throws for what cannot be changed. It runs anew at each
   * attempt: pure, or a promise where it depends on more than the document, or does something
   * before it that may be repeated.
   */
  readonly decide: (seen: Loaded<T>, now: Date) => readonly Write[] | Promise<readonly Write[]>;
}

/** The sweep of one collection: how to find the work of a run. */
export interface SweepJob<T> {
  /** Its name in the log. */
  readonly name: string;
  readonly collection: Collection<T>;
  /** Undefined when there is nothing to do at all. */
  readonly plan: (store: Store, runtime: Runtime) => Promise<DueWork<T> | undefined>;
}

/** Runs a sweep until its work is done or the time is up. Never rejects. */
export type Sweep = (runtime: Runtime, until: Date) => Promise<SweepReport>;

export interface SweepReport {
  readonly name: string;
  readonly changed: number;
  /** Documents that could not be changed; they stay due and are named in the log. */
  readonly failed: number;
  /** False when it had to end early; the next sweep continues. */
  readonly finished: boolean;
}

/** Documents in one commit, and commits in parallel. */
const TOGETHER = 20;
const AT_ONCE = 50;
/** A change may make its document due again: how often a sweep looks for such documents. */
const MOST_PASSES = 5;

/** One run: what it works on and what it has done. */
interface SweepRun<T> {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly collection: Collection<T>;
  readonly work: DueWork<T>;
  readonly isOver: () => boolean;
  readonly tally: { changed: number; readonly failed: Set<string> };
}

const fail = <T>({ runtime, tally }: SweepRun<T>, document: string, error: unknown): void => {
  if (tally.failed.has(document)) return;
  tally.failed.add(document);
  const fields = { document, ...describeError(error) };
  runtime.log.write('ERROR', 'a due document could not be changed', fields);
};

const writesOf = async <T>(
  { collection, runtime, work }: SweepRun<T>,
  id: string,
  reads: Reads,
): Promise<readonly Write[]> => {
  const seen = reads.get(collection.doc(id));
  return seen === undefined ? [] : work.decide(seen, runtime.now());
};

/** Changes one due document; decided again when it has changed. */
const changeOne = async <T>(run: SweepRun<T>, found: Loaded<unknown>): Promise<void> => {
  const { runtime, store, collection, isOver, tally } = run;
  if (isOver()) return;
  try {
    const isChanged = await updateGathering(store, runtime, {
      keys: [collection.doc(found.id)],
      first: readsOf(found),
      gather: async (reads) => writesOf(run, found.id, reads),
      decide: ({ gathered }) => gathered,
    });
    if (isChanged) tally.changed += 1;
  } catch (error) {
    fail(run, found.key.path, error);
  }
};

/** Changes due documents in one commit; if that fails, each in a commit of its own. */
const changeTogether = async <T>(run: SweepRun<T>, group: readonly Loaded<unknown>[]) => {
  if (run.isOver()) return;
  const plans = group.map(async (found) => {
    try {
      const writes = await writesOf(run, found.id, readsOf(found));
      return writes.length === 0 ? [] : [{ found, writes }];
    } catch (error) {
      fail(run, found.key.path, error);
      return [];
    }
  });
  const planned = (await Promise.all(plans)).flat();
  if (planned.length === 0) return;
  try {
    const writes = planned.flatMap((each) => each.writes);
    await run.store.commit(stamp(randomUUID(), writes));
    run.tally.changed += planned.length;
  } catch {
    await Promise.all(planned.map(({ found }) => changeOne(run, found)));
  }
};

const groupsOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );

/** Changes everything that is due now. */
const passOnce = async <T>(run: SweepRun<T>): Promise<void> => {
  const criteria = unread(run.work.due(run.runtime.now()));
  for await (const page of pagesOf(run.store, criteria)) {
    if (run.isOver()) return;
    const groups = groupsOf(page, TOGETHER);
    await pMap(groups, (group) => changeTogether(run, group), { concurrency: AT_ONCE });
  }
};

/**
 * Makes the sweep of one collection: changes documents that are due, page by page, until none is or
 * the time is up. It may be interrupted at any point, and two may run in parallel: each commit
 * depends on the version that was read. A document that cannot be read or changed is skipped.
 */
export const sweepOf =
  <T>({ name, collection, plan }: SweepJob<T>): Sweep =>
  async (runtime, until) => {
    const store = runtime.store.metered();
    const isOver = () => runtime.now() >= until;
    const tally = { changed: 0, failed: new Set<string>() };
    const report = (finished: boolean): SweepReport => ({
      name,
      changed: tally.changed,
      failed: tally.failed.size,
      finished,
    });
    try {
      const work = await plan(store, runtime);
      if (work === undefined) return report(true);
      for (let passes = 0; passes < MOST_PASSES && !isOver(); passes += 1) {
        const before = tally.changed;
        await passOnce({ runtime, store, collection, work, isOver, tally });
        if (tally.changed === before && !isOver()) return report(true);
      }
    } catch (error) {
      const fields = { sweep: name, ...describeError(error) };
      runtime.log.write('ERROR', 'a sweep could not go on', fields);
    }
    return report(false);
  };
