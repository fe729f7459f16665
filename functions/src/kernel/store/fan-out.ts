import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import type { Collection } from './collection.ts';
import { type CopyTrigger, planCopyRun } from './copy-runs.ts';
import { type Loaded, type Reads, readsOf, type Write } from './document.ts';
import { pagesOf, unread } from './page.ts';
import type { Criteria } from './query.ts';
import type { Store } from './store.ts';
import { passingOverUnreadable, Unreadable } from './unreadable.ts';
import { update } from './update.ts';

/** The part of a source that is copied: as it is now, and the versions known from before. */
export interface SourceVersions<P extends object> {
  readonly now: P;
  readonly past: readonly P[];
}

/** How the documents of one collection hold copies of a source. */
export interface CopyRule<P extends object, T extends object> {
  readonly collection: Collection<T>;
  /** Queries for the documents that may hold a copy, sorted `BY_ID` so that pages don't shift. */
  readonly holders: (id: string, versions: SourceVersions<P>) => Criteria<object>['anyOf'];
  /** Pure: the fields with the right copy. A holder that has them already is not written. */
  readonly follow: (holder: T, versions: SourceVersions<P>, id: string) => Partial<T>;
  /** More fields of a holder that changes: the date of its last change. */
  readonly dated?: (holder: T, now: Date) => Partial<T>;
  /** What must be written together with a holder, such as what is shown of a person. */
  readonly together?: (holderId: string, patch: Partial<T>) => readonly Write[];
}

/** One run over the copies of a source that has changed. */
interface FanOutRun<P extends object> {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly id: string;
  readonly versions: SourceVersions<P>;
  readonly pageSize: number;
}

interface Tally {
  changed: number;
  failed: number;
}

/** Updates all holders of one kind. */
export type HolderUpdate<P extends object> = (run: FanOutRun<P>) => Promise<Tally>;

export interface FanOut<S, P extends object> {
  /** Part of the deployed function's name. */
  readonly name: string;
  readonly source: Collection<S>;
  /** Pure: the part of the source that is copied; undefined leaves the copies as they are. */
  readonly part: (source: S) => P | undefined;
  readonly copies: readonly HolderUpdate<P>[];
}

const PAGE = 300;
const AT_ONCE = 50;

/** The holder as it was read and the fields to update; undefined when it is up to date. */
const staleHolder = <P extends object, T extends object>(
  { collection, follow, dated }: CopyRule<P, T>,
  { runtime, versions, id }: FanOutRun<P>,
  holderId: string,
  reads: Reads,
) => {
  const seen = reads.get(collection.doc(holderId));
  if (seen === undefined) return undefined;
  const patch = follow(seen.data, versions, id);
  const isRight = isDeepStrictEqual({ ...seen.data, ...patch }, seen.data);
  return isRight ? undefined : { seen, patch: { ...patch, ...dated?.(seen.data, runtime.now()) } };
};

/** Updates one holder from the source; decided again when the holder has changed. */
const updateHolder = <P extends object, T extends object>(
  rule: CopyRule<P, T>,
  run: FanOutRun<P>,
  found: Loaded<unknown>,
): Promise<boolean> =>
  update(run.store, run.runtime, {
    keys: [rule.collection.doc(found.id)],
    first: readsOf(found),
    decide: ({ reads }) => {
      const stale = staleHolder(rule, run, found.id, reads);
      if (stale === undefined) return [];
      const { seen, patch } = stale;
      return [rule.collection.update(seen, patch), ...(rule.together?.(found.id, patch) ?? [])];
    },
  });

/** Makes the update of the holders in one collection. */
export const copiesIn =
  <P extends object, T extends object>(rule: CopyRule<P, T>): HolderUpdate<P> =>
  async (run) => {
    const { store, runtime, id, versions, pageSize } = run;
    const tally = { changed: 0, failed: 0 };
    const updateFound = async (found: Loaded<unknown>): Promise<void> => {
      try {
        if (await updateHolder(rule, run, found)) tally.changed += 1;
      } catch (error) {
        // A document that does not fit its schema would fail again: it is logged, not retried.
        const isUnreadable = error instanceof Unreadable;
        if (!isUnreadable) tally.failed += 1;
        runtime.log.write('ERROR', 'a copy could not be brought up to date', {
          document: isUnreadable ? error.document : found.key.path,
          ...describeError(error),
        });
      }
    };
    const criteria = unread({ anyOf: rule.holders(id, versions) });
    for await (const page of pagesOf(store, criteria, pageSize)) {
      await pMap(page, updateFound, { concurrency: AT_ONCE });
    }
    return tally;
  };

/** The copied part of an event's data: none, or unknown if the data does not fit the schema. */
const partOf = <S, P extends object>(
  { source, part }: FanOut<S, P>,
  id: string,
  data: unknown,
): P | undefined | 'unknown' => {
  if (data === undefined) return undefined;
  try {
    return part(source.doc(id).parse(data));
  } catch {
    return 'unknown';
  }
};

/** Brings all copies to where the source is now, and again while the source moves meanwhile. */
const copyAll = async <S, P extends object>(
  { source, part, copies }: FanOut<S, P>,
  runtime: Runtime,
  id: string,
  was: readonly P[],
  pageSize: number,
): Promise<void> => {
  const store = runtime.store.metered();
  const key = source.doc(id);
  const current = async () => {
    const seen = await store.get(key);
    return seen && part(seen.data);
  };
  const past = [...was];
  for (let now = await current(); now !== undefined; ) {
    const run = { runtime, store, id, versions: { now, past }, pageSize };
    const tallies = await pMap(copies, (each) => each(run), { concurrency: 1 });
    const failed = tallies.reduce((sum, each) => sum + each.failed, 0);
    if (failed > 0) throw new Error(`${failed} copies of ${key.path} are not up to date`);
    const isChanged = tallies.some(({ changed }) => changed > 0);
    const then = isChanged ? await current() : now;
    if (isDeepStrictEqual(then, now)) return;
    past.push(now);
    now = then;
  }
};

/**
 * Follows a source: whenever what others copy of it has changed, brings each copy to where the
 * source is now, in pages, and once more after the longest time that a request can be under way
 * (`copy-runs.ts`). An event says what the source was, never what it is, so late, repeated and
 * disordered deliveries come to the same end; a run that is cut is delivered again and passes over
 * what is done. When the source moves during a run, the run starts again: else a copy that it wrote
 * last could be older than what a later run has left as right.
 *
 * A source, or anything else, that can't be read is reported; its event would fail again.
 *
 * @throws Error when a copy could not be written, so that the event is delivered again.
 */
export const fanOut = <S, P extends object>(
  declared: FanOut<S, P>,
  pageSize = PAGE,
): CopyTrigger => {
  const { name, source } = declared;
  const partsOf = (id: string, versions: readonly unknown[]): P[] =>
    versions.flatMap((data) => {
      const part = partOf(declared, id, data);
      return part === undefined || part === 'unknown' ? [] : [part];
    });
  const copy = (runtime: Runtime, id: string, past: readonly unknown[]): Promise<void> =>
    passingOverUnreadable(runtime, () =>
      copyAll(declared, runtime, id, partsOf(id, past), pageSize),
    );
  return {
    name,
    document: `${source.name}/{id}`,
    handle: async (runtime, { id, before, after }) => {
      const [was, became] = [before, after].map((data) => partOf(declared, id, data));
      if (became !== 'unknown' && isDeepStrictEqual(was, became)) return;
      if (was !== undefined && became !== undefined) {
        const plan = () => planCopyRun(runtime, name, id, [before, after]);
        await passingOverUnreadable(runtime, plan);
      }
      await copy(runtime, id, [before, after]);
    },
    repeat: copy,
  };
};
