/**
 * Holds every query shape of the desks and of the apps' listeners against firestore.indexes.json:
 * fails on a query that Firestore would refuse for want of an index, and on a composite index that
 * no query uses (each costs writes and storage). No emulator checks this.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { desks } from '../functions/src/api.ts';
import type { QueryShape, SortKey } from '../functions/src/kernel/store/query-shape.ts';
import { queries as listeners } from '../functions/test/rules/queries.ts';

const fieldSchema = z.object({
  fieldPath: z.string(),
  order: z.enum(['ASCENDING', 'DESCENDING']).optional(),
  arrayConfig: z.literal('CONTAINS').optional(),
});

export const indexFileSchema = z.object({
  indexes: z.array(
    z.object({
      collectionGroup: z.string(),
      queryScope: z.enum(['COLLECTION', 'COLLECTION_GROUP']),
      fields: z.array(fieldSchema).min(1),
    }),
  ),
  fieldOverrides: z
    .array(
      z.object({
        collectionGroup: z.string(),
        fieldPath: z.string(),
        ttl: z.boolean().optional(),
        indexes: z.array(
          z.object({
            queryScope: z.enum(['COLLECTION', 'COLLECTION_GROUP']),
            order: z.enum(['ASCENDING', 'DESCENDING']).optional(),
            arrayConfig: z.literal('CONTAINS').optional(),
          }),
        ),
      }),
    )
    .default([]),
});

export type Indexes = z.infer<typeof indexFileSchema>;
type Composite = Indexes['indexes'][number];
type IndexField = Composite['fields'][number];
type Mode = 'ASCENDING' | 'DESCENDING' | 'CONTAINS';

/** One combination of a shape's filters that no index serves; `filters` are its fields. */
export type Missing = {
  readonly name: string;
  readonly collection: string;
  readonly filters: readonly string[];
  readonly sort: readonly SortKey[];
};

/** A query without options: what one request asks. */
type Plain = {
  readonly collection: string;
  /** Fields compared with `==` or `in`, and the one of `array-contains`. */
  readonly equal: readonly { readonly field: string; readonly mode: 'equal' | 'CONTAINS' }[];
  readonly sort: readonly SortKey[];
};

const modeOf = ({ direction }: SortKey): Mode => (direction === 'asc' ? 'ASCENDING' : 'DESCENDING');

/** `__name__` at the end follows the last direction by itself; saying so changes nothing. */
const withoutName = (sort: readonly SortKey[]): readonly SortKey[] => {
  const last = sort.at(-1);
  const before = sort.at(-2)?.direction ?? 'asc';
  return last?.field === '__name__' && last.direction === before ? sort.slice(0, -1) : sort;
};

const subsets = (fields: readonly string[]): readonly (readonly string[])[] =>
  fields.reduce<readonly (readonly string[])[]>(
    (sets, field) => [...sets, ...sets.map((set) => [...set, field])],
    [[]],
  );

/** A range sorts by its own field first, ascending unless the query says otherwise. */
const sortOf = ({ inequality, orderBy = [] }: QueryShape): readonly SortKey[] => {
  if (inequality === undefined || orderBy.some(({ field }) => field === inequality)) return orderBy;
  return [...orderBy, { field: inequality, direction: orderBy.at(-1)?.direction ?? 'asc' }];
};

const plainQueries = (shape: QueryShape): readonly Plain[] =>
  subsets(shape.optional ?? []).map((present) => {
    const fields = [...new Set([...(shape.equal ?? []), ...present])];
    return {
      collection: shape.collection,
      equal: [
        ...fields.map((field) => ({ field, mode: 'equal' as const })),
        ...(shape.arrayContains === undefined
          ? []
          : [{ field: shape.arrayContains, mode: 'CONTAINS' as const }]),
      ],
      // A field that is equal throughout sorts nothing.
      sort: withoutName(sortOf(shape).filter(({ field }) => !fields.includes(field))),
    };
  });

/** Whether Firestore's automatic index of one field stands; an exemption covers subfields too. */
const isAutomatic = (
  { fieldOverrides }: Indexes,
  collection: string,
  field: string,
  mode: Mode | 'equal',
): boolean => {
  const [override] = fieldOverrides
    .filter(({ collectionGroup }) => collectionGroup === collection)
    .filter(({ fieldPath }) => field === fieldPath || field.startsWith(`${fieldPath}.`))
    .toSorted((one, other) => other.fieldPath.length - one.fieldPath.length);
  if (override === undefined || field === '__name__') return true;
  return override.indexes.some(
    ({ queryScope, order, arrayConfig }) =>
      queryScope === 'COLLECTION' &&
      (mode === 'equal' ? order !== undefined : (order ?? arrayConfig) === mode),
  );
};

const asSort = ({ fieldPath, order }: IndexField): SortKey => ({
  field: fieldPath,
  direction: order === 'DESCENDING' ? 'desc' : 'asc',
});

/**
 * The filters that a composite serves in this query, or null if it can't take part. It takes part
 * when it is nothing but some of the filters, in any order, followed by the whole sort.
 */
const servedBy = (
  index: Composite,
  { collection, equal, sort }: Plain,
): readonly string[] | null => {
  if (index.collectionGroup !== collection || index.queryScope !== 'COLLECTION') return null;
  const named = withoutName(index.fields.map(asSort));
  const fields = index.fields.slice(0, named.length);
  const cut = fields.length - sort.length;
  if (cut < 0) return null;
  const isSorted = fields
    .slice(cut)
    .every(
      (field, at) =>
        field.fieldPath === sort[at]?.field &&
        field.arrayConfig === undefined &&
        asSort(field).direction === sort[at].direction,
    );
  const prefix = fields.slice(0, cut);
  const areFilters = prefix.every(({ fieldPath, arrayConfig }) =>
    equal.some(
      ({ field, mode }) =>
        field === fieldPath && (mode === 'CONTAINS') === (arrayConfig !== undefined),
    ),
  );
  const helps = prefix.length > 0 || equal.length === 0;
  return isSorted && areFilters && helps ? prefix.map(({ fieldPath }) => fieldPath) : null;
};

/** Whether the automatic indexes serve it: a filter or a sort alone, or filters without a sort. */
const needsNoComposite = (plain: Plain, indexes: Indexes): boolean => {
  const { collection, equal, sort } = plain;
  const [key, ...more] = sort;
  if (key === undefined) {
    return equal.every(({ field, mode }) => isAutomatic(indexes, collection, field, mode));
  }
  return (
    equal.length === 0 &&
    more.length === 0 &&
    isAutomatic(indexes, collection, key.field, modeOf(key))
  );
};

/** Firestore merges indexes that end alike: together they must cover every filter. */
const isServed = (plain: Plain, indexes: Indexes): boolean => {
  if (needsNoComposite(plain, indexes)) return true;
  const parts = indexes.indexes.flatMap((index) => {
    const served = servedBy(index, plain);
    return served === null ? [] : [served];
  });
  const automatic = plain.equal
    .filter(({ field, mode }) => isAutomatic(indexes, plain.collection, field, mode))
    .map(({ field }) => field);
  const covered = [...parts.flat(), ...(plain.sort.length === 0 ? automatic : [])];
  return (
    (parts.length > 0 || plain.sort.length === 0) &&
    plain.equal.every(({ field }) => covered.includes(field))
  );
};

/** The queries, in every combination of their optional filters, that no index serves. */
export const missingIndexes = (
  shapes: readonly QueryShape[],
  indexes: Indexes,
): readonly Missing[] =>
  shapes.flatMap((shape) =>
    plainQueries(shape)
      .filter((plain) => !isServed(plain, indexes))
      .map(({ collection, equal, sort }) => ({
        name: shape.name,
        collection,
        filters: equal.map(({ field }) => field),
        sort,
      })),
  );

/** The composites that take part in no query which needs one. */
export const unusedIndexes = (
  shapes: readonly QueryShape[],
  indexes: Indexes,
): readonly Composite[] => {
  const plains = shapes.flatMap(plainQueries).filter((plain) => !needsNoComposite(plain, indexes));
  return indexes.indexes.filter((index) =>
    plains.every((plain) => servedBy(index, plain) === null),
  );
};

const describeSort = (sort: readonly SortKey[]): string =>
  sort.map(({ field, direction }) => `${field} ${direction}`).join(', ') || 'no order';

/** Every query that the API serves and that the apps listen with. */
const loadShapes = (): readonly QueryShape[] => [
  ...desks.flatMap(({ queries }) => queries),
  ...listeners,
];

const ROOT = new URL('..', import.meta.url);

const main = (): boolean => {
  const file = readFileSync(new URL('firestore.indexes.json', ROOT), 'utf8');
  const indexes = indexFileSchema.parse(JSON.parse(file));
  const shapes = loadShapes();
  const missing = missingIndexes(shapes, indexes);
  const unused = unusedIndexes(shapes, indexes);
  // Desks list a shape once for each role that uses it.
  const lines = new Set(
    missing.map(({ name, collection, filters, sort }) => {
      const asked = filters.join(', ') || 'no filter';
      return `no index: ${name} on ${collection} (${asked}; ${describeSort(sort)})`;
    }),
  );
  for (const line of lines) console.error(line);
  for (const { collectionGroup, fields } of unused) {
    const named = fields.map(({ fieldPath }) => fieldPath).join(', ');
    console.error(`no query uses the index on ${collectionGroup} (${named})`);
  }
  console.log(
    `Indexes: ${shapes.length} queries, ${indexes.indexes.length} composites, ` +
      `${lines.size} missing, ${unused.length} unused.`,
  );
  return missing.length === 0 && unused.length === 0;
};

if (import.meta.main) process.exitCode = main() ? 0 : 1;
