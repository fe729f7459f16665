import {
  BY_ID,
  inOrder,
  type QueryShape,
  type SortKey,
} from '../../functions/src/kernel/store/query.ts';

export interface IndexField {
  readonly fieldPath: string;
  readonly order?: 'ASCENDING' | 'DESCENDING';
  readonly arrayConfig?: 'CONTAINS';
}

export interface Composite {
  readonly collectionGroup: string;
  readonly queryScope: 'COLLECTION' | 'COLLECTION_GROUP';
  readonly fields: readonly IndexField[];
}

/** The indexes of a single field, which replace Firestore's automatic ones. */
export interface FieldOverride {
  readonly collectionGroup: string;
  readonly fieldPath: string;
  readonly ttl?: true;
  readonly indexes: readonly (Omit<IndexField, 'fieldPath'> & Pick<Composite, 'queryScope'>)[];
}

/** `firestore.indexes.json` */
export interface IndexFile {
  readonly indexes: readonly Composite[];
  readonly fieldOverrides: readonly FieldOverride[];
}

export type Mode = 'ASCENDING' | 'DESCENDING' | 'CONTAINS';

/** `{ order: 'ASCENDING' }` or `{ arrayConfig: 'CONTAINS' }`. */
export const asField = (mode: Mode): Omit<IndexField, 'fieldPath'> =>
  mode === 'CONTAINS' ? { arrayConfig: mode } : { order: mode };

export const modeOf = ({ direction }: SortKey): Mode =>
  direction === 'asc' ? 'ASCENDING' : 'DESCENDING';

/** Firestore adds the id with the last direction by itself, so an explicit one can be left out. */
export const withoutId = (sort: readonly SortKey[]): readonly SortKey[] => {
  const last = sort.at(-1);
  const before = sort.at(-2)?.direction ?? 'asc';
  return last?.field === BY_ID && last.direction === before ? sort.slice(0, -1) : sort;
};

/**
 * How Firestore sorts a query in which these fields are equal: by the field of its range, ascending
 * unless the query says otherwise; a field that is equal in all results does not sort.
 */
export const sortOf = (
  { range, orderBy }: Pick<QueryShape, 'range' | 'orderBy'>,
  equal: readonly string[],
): readonly SortKey[] => {
  const direction = orderBy.at(-1)?.direction ?? 'asc';
  const isSorted = range === undefined || orderBy.some(({ field }) => field === range);
  const sort = isSorted ? orderBy : [...orderBy, { field: range, direction }];
  return withoutId(sort.filter(({ field }) => !equal.includes(field)));
};

/** Replaces a query with several orders by one query for each order. */
export const eachOrder = (shapes: readonly QueryShape[]): readonly QueryShape[] =>
  shapes.flatMap((shape) => [
    ...(shape.sorts.length === 0 || shape.orderBy.length > 0 ? [shape] : []),
    ...shape.sorts.map((key) => inOrder(shape, key)),
  ]);
