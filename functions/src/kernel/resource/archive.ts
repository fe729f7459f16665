import { z } from 'zod';
import { collection, type Collection } from '../store/collection.ts';
import type { DocKey, Loaded, Write } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { type Sweep, sweepOf } from '../store/sweep.ts';

const archivedSchema = z.object({
  /** Where the record was, and will never be again. */
  collection: z.string(),
  record: z.looseObject({ id: z.union([z.string(), z.number()]) }),
  archivedAt: z.date(),
  /** When the clock next checks whether anything refers to it. */
  dueAt: z.date(),
});

/**
 * `archive/{collection}-{id}`: a deleted record. What was being created while it was deleted may
 * refer to it still; no reader finds it, since it has left its collection.
 */
export const archive = collection('archive', archivedSchema, {
  unindexed: ['record', 'archivedAt'],
  queries: { due: { equal: ['collection'], range: 'dueAt', orderBy: 'dueAt' } },
});

/** Much longer than a request can be under way: whoever saw the record has ended by then. */
const KEPT_MS = 60 * 60_000;

const afterAnHour = (now: Date): Date => new Date(now.getTime() + KEPT_MS);

/** Where the record of a key is once it is deleted. */
export const archivedKey = <T>({ path, parse }: DocKey<T>): DocKey<T> => {
  const { parse: open, ...key } = archive.doc(path.replace('/', '-'));
  return { ...key, parse: (data) => parse(open(data).record) };
};

/** Moves a record to the archive, unless it has changed since it was read. */
export const archiving = <D extends { readonly id: string | number }>(
  from: Collection<D>,
  seen: Loaded<D>,
  now: Date,
): Write[] => [
  archive.create(archivedKey(seen.key).id, {
    collection: from.name,
    record: { ...seen.data },
    archivedAt: now,
    dueAt: afterAnHour(now),
  }),
  from.remove(seen),
];

/** What the sweep needs to know of a kind of records, its types sealed. */
export interface ArchivedKind {
  readonly collection: string;
  /** Throws for a record that can't be read. */
  readonly isUsed: (store: Store, record: unknown) => Promise<boolean>;
}

/**
 * Removes the records of these kinds that were archived an hour ago, unless something refers to
 * them: then it looks again after another hour.
 */
export const sweepArchive = (kinds: readonly ArchivedKind[]): Sweep =>
  sweepOf({
    name: 'archived records',
    collection: archive,
    plan: async (store) => ({
      due: (now) => ({
        anyOf: kinds.map((kind) => archive.queries.due.where({ collection: kind.collection })),
        range: { to: now },
      }),
      decide: async (seen, now) => {
        const kind = kinds.find((each) => each.collection === seen.data.collection);
        if (kind === undefined || seen.data.dueAt > now) return [];
        return (await kind.isUsed(store, seen.data.record))
          ? [archive.update(seen, { dueAt: afterAnHour(now) })]
          : [archive.remove(seen)];
      },
    }),
  });
