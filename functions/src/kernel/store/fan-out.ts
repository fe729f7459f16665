import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { changeGathering } from './change.ts';
import { type Collection, type Lenient, leniently, type Loaded, type Write } from './document.ts';
import type { QueryValues, Store } from './store.ts';
import { eachAtOnce } from './sweep.ts';
import type { Trigger } from './trigger.ts';

/** What others copy of a source: as it is now, and as it is known to have been before. */
export interface Course<P extends object> {
  readonly now: P;
  readonly past: readonly P[];
}

/**
 * Fetches the documents that must be written together with a holder, such as the sessions of a
 * person, after the holder was read; returns how to write them.
 */
export type Beside<T> = (store: Store, holderId: string) => Promise<(after: T) => readonly Write[]>;

/** One kind of document that holds copies of a source. */
export interface Copies<P extends object, T extends object> {
  readonly collection: Collection<T>;
  /** Those that may hold one; shapes sorted `BY_ID`, so that pages stand still. */
  readonly holders: (id: string, course: Course<P>) => QueryValues['anyOf'];
  /** Pure: the fields with the copy as it should be. What is so already is not written. */
  readonly follow: (holder: T, course: Course<P>, id: string) => Partial<T>;
  /** What a holder that changes changes besides: the date of its last change. */
  readonly dated?: (holder: T, now: Date) => Partial<T>;
  readonly beside?: Beside<T>;
}

interface Pass<P extends object> {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly id: string;
  readonly course: Course<P>;
  readonly pageSize: number;
}

interface Tally {
  readonly changed: number;
  readonly failed: number;
}

/** One pass over all holders of one kind, their type sealed inside. */
export type CopiesOf<P extends object> = (pass: Pass<P>) => Promise<Tally>;

export interface FanOut<S, P extends object> {
  /** Part of the deployed function's name. */
  readonly name: string;
  readonly source: Collection<S>;
  /** Pure: what others copy of the source. Undefined: nothing; the copies then stay. */
  readonly part: (source: S) => P | undefined;
  readonly copies: readonly CopiesOf<P>[];
}

const PAGE = 300;

const patchFor = <P extends object, T extends object>(
  { follow, dated }: Copies<P, T>,
  { runtime, course, id }: Pass<P>,
  holder: T,
): Partial<T> | undefined => {
  const patch = follow(holder, course, id);
  if (isDeepStrictEqual({ ...holder, ...patch }, holder)) return undefined;
  return { ...patch, ...dated?.(holder, runtime.now()) };
};

interface Found<T> {
  readonly seen: Loaded<T> | undefined;
  readonly beside: ((after: T) => readonly Write[]) | undefined;
}

/** Brings one holder to where the source is, deciding anew when it moves meanwhile. */
const bring = async <P extends object, T extends object>(
  copies: Copies<P, T>,
  pass: Pass<P>,
  found: Loaded<T>,
): Promise<boolean> => {
  const { runtime, store } = pass;
  const { key } = found;
  if (patchFor(copies, pass, found.data) === undefined) return false;
  const first = await store.load([]);
  const outcome = await changeGathering<true, false, Found<T>>(store, runtime.groups, {
    changeId: randomUUID(),
    first,
    read: (more) => store.load([key, ...more]),
    gather: async (reads) => ({
      seen: reads === first ? found : reads.get(key),
      beside: await copies.beside?.(store, found.id),
    }),
    decide: ({ gathered: { seen, beside } }) => {
      const patch = seen === undefined ? undefined : patchFor(copies, pass, seen.data);
      if (seen === undefined || patch === undefined) return { kind: 'stop', value: false };
      const more = beside?.({ ...seen.data, ...patch }) ?? [];
      const writes = [copies.collection.update(seen, patch), ...more];
      return { kind: 'write', plan: { writes, answer: true } };
    },
  });
  return 'answer' in outcome;
};

/** Copies in the documents of one collection. */
export const copiesIn =
  <P extends object, T extends object>(copies: Copies<P, T>): CopiesOf<P> =>
  async (pass) => {
    const { store, runtime, id, pageSize } = pass;
    const { collection, holders } = copies;
    const tally = { changed: 0, failed: 0 };
    const fail = (document: string, error: unknown) =>
      runtime.log.write('ERROR', 'a copy could not be brought up to date', {
        document,
        ...describeError(error),
      });
    const take = async ({ data: read, ...found }: Loaded<Lenient<T>>) => {
      // Another try would read the same: it is told in the log and not tried again.
      if ('error' in read) return fail(found.key.path, read.error);
      try {
        const loaded = { ...found, key: collection.doc(found.id), data: read.data };
        if (await bring(copies, pass, loaded)) tally.changed += 1;
      } catch (error) {
        tally.failed += 1;
        fail(found.key.path, error);
      }
    };
    let startAfter: readonly unknown[] | undefined;
    for (;;) {
      const page = await store.find((each) => leniently(collection.doc(each)), {
        anyOf: holders(id, pass.course),
        limit: pageSize,
        ...(startAfter === undefined ? {} : { startAfter }),
      });
      await eachAtOnce(page, take);
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return tally;
      startAfter = [last.id];
    }
  };

/** Data of an event, which may be from before the schema was what it is. */
const readPart = <S, P extends object>(
  { source, part }: FanOut<S, P>,
  id: string,
  data: unknown,
) => {
  const read = data === undefined ? undefined : leniently(source.doc(id)).parse(data);
  return read !== undefined && 'data' in read ? part(read.data) : undefined;
};

/**
 * Follows a source: whenever what others copy of it has changed, brings each copy to where the
 * source is now, in pages. An event says what the source was, never what it is, so late, repeated
 * and disordered deliveries come to the same end; a run that is cut is delivered again and passes
 * over what is done. When the source moves during a run, the run starts again: else a copy that
 * it wrote last could be older than what a later run has left as right.
 *
 * @throws Error when a copy could not be written, so that the event is delivered again.
 */
export const fanOut = <S, P extends object>(declared: FanOut<S, P>, pageSize = PAGE): Trigger => {
  const { name, source, part, copies } = declared;
  const runAll = async (pass: Pass<P>): Promise<Tally> => {
    const tally = { changed: 0, failed: 0 };
    for (const each of copies) {
      const { changed, failed } = await each(pass);
      tally.changed += changed;
      tally.failed += failed;
    }
    return tally;
  };
  return {
    name,
    document: `${source.name}/{id}`,
    handle: async (runtime, { id, before, after }) => {
      const [was, became] = [before, after].map((data) => readPart(declared, id, data));
      if (isDeepStrictEqual(was, became)) return;
      const store = runtime.store.metered();
      const key = source.doc(id);
      const current = async () => {
        const seen = (await store.load([key])).get(key);
        return seen && part(seen.data);
      };
      const past = [was, became].flatMap((each) => each ?? []);
      for (let now = await current(); now !== undefined; ) {
        const { changed, failed } = await runAll({
          runtime,
          store,
          id,
          course: { now, past },
          pageSize,
        });
        if (failed > 0) throw new Error(`${failed} copies of ${key.path} are not up to date`);
        const then = changed === 0 ? now : await current();
        if (isDeepStrictEqual(then, now)) return;
        past.push(now);
        now = then;
      }
    },
  };
};
