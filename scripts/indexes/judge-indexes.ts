/**
 * Firestore's rules for which indexes serve a query. They share no code with the derivation, because
 * no emulator refuses a query whose index is missing.
 */
import {
  type Composite,
  eachOrder,
  type IndexField,
  type IndexFile,
  type Mode,
  modeOf,
  sortOf,
  withoutId,
} from './index-file.ts';
import type { QueryShape, SortKey } from '../../functions/src/kernel/store/query.ts';

/** One combination of a shape's filters that no index serves; `filters` are its fields. */
type Missing = { readonly name: string; readonly filters: readonly string[] };

/** A query without options: what one request asks. */
type Plain = {
  readonly collection: string;
  /** Fields compared with `==` or `in`, and the one of `array-contains`. */
  readonly equal: readonly { readonly field: string; readonly mode: 'equal' | 'CONTAINS' }[];
  readonly sort: readonly SortKey[];
};

/**
 * How many optional filters are tried together. An index that serves some filters serves them beside
 * others as well, so what is missing for many is missing for a few; all combinations would take hours.
 */
const MOST_TOGETHER = 3;

const subsets = (fields: readonly string[]): readonly (readonly string[])[] =>
  fields.reduce<readonly (readonly string[])[]>(
    (sets, field) => [
      ...sets,
      ...sets.filter((set) => set.length < MOST_TOGETHER).map((set) => [...set, field]),
    ],
    [[]],
  );

const plainQueries = (shape: QueryShape): readonly Plain[] => {
  const { collection, equal = [], optional = [], arrayContains } = shape;
  const filters = [...optional, ...(arrayContains === undefined ? [] : [arrayContains])];
  return subsets(filters).map((present) => {
    const fields = [...equal, ...present];
    return {
      collection,
      equal: fields.map((field) => ({
        field,
        mode: field === arrayContains ? ('CONTAINS' as const) : ('equal' as const),
      })),
      sort: sortOf(shape, fields),
    };
  });
};

/** Whether Firestore has its automatic index of a field; an exemption covers subfields too. */
const isAutomatic = (
  { fieldOverrides }: IndexFile,
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
 * The filters that a composite serves in this query, or null if it can't be used. It can be used when
 * it consists of some of the filters, in any order, followed by the whole sort.
 */
const servedBy = (
  index: Composite,
  { collection, equal, sort }: Plain,
): readonly string[] | null => {
  if (index.collectionGroup !== collection || index.queryScope !== 'COLLECTION') return null;
  const named = withoutId(index.fields.map(asSort));
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
const needsNoComposite = (plain: Plain, indexes: IndexFile): boolean => {
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

/** Firestore merges indexes with the same sort: together they must cover every filter. */
const isServed = (plain: Plain, indexes: IndexFile): boolean => {
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

/** The queries, in combinations of their optional filters, that no index serves. */
export const missingIndexes = (
  shapes: readonly QueryShape[],
  indexes: IndexFile,
): readonly Missing[] =>
  eachOrder(shapes).flatMap((shape) =>
    plainQueries(shape)
      .filter((plain) => !isServed(plain, indexes))
      .map(({ equal }) => ({ name: shape.name, filters: equal.map(({ field }) => field) })),
  );

/** The composites that no query needs. */
export const unusedIndexes = (
  shapes: readonly QueryShape[],
  indexes: IndexFile,
): readonly Composite[] => {
  const plains = eachOrder(shapes)
    .flatMap(plainQueries)
    .filter((plain) => !needsNoComposite(plain, indexes));
  return indexes.indexes.filter((index) =>
    plains.every((plain) => servedBy(index, plain) === null),
  );
};
