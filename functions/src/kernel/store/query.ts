import { z } from 'zod';
import type { DocKey } from './document.ts';

/** Sorts by the document's id alone, which never needs a composite index. */
export const BY_ID = '__name__';

type KnownKey<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] } & string;

/** The path of a field of `T`, such as `client.name`; arrays and dates have no fields. */
export type FieldPath<T> = T extends Date | readonly unknown[]
  ? never
  : T extends object
    ? { [K in KnownKey<T>]: K | `${K}.${FieldPath<NonNullable<T[K]>>}` }[KnownKey<T>]
    : never;

/** The type of the field at a path of `T`. */
type FieldAt<T, P> =
  P extends KnownKey<T>
    ? T[P]
    : P extends `${infer K}.${infer Rest}`
      ? K extends KnownKey<T>
        ? FieldAt<NonNullable<T[K]>, Rest>
        : never
      : never;

type SortBy<P extends string> = P | `-${P}` | typeof BY_ID;

/** One query of a collection: which of its fields are compared, and how the rows are sorted. */
export interface QueryDeclaration<P extends string = string, K extends string = string> {
  /** Fields that are always compared. */
  readonly equal?: readonly P[];
  /** Fields that may be compared, in any combination. */
  readonly optional?: readonly P[];
  /** A field with a list, which may be searched for one entry. */
  readonly arrayContains?: P;
  /** The field that may have a range. Without `orderBy`, Firestore sorts by it, ascending. */
  readonly range?: P;
  /** `name`, or `-createdAt` for descending order. */
  readonly orderBy?: SortBy<P> | readonly SortBy<P>[];
  /** Other orders to choose from. In a query that is sorted by its range, the range goes along. */
  readonly sorts?: readonly SortBy<P>[];
  /** The only fields that are fetched. */
  readonly select?: readonly K[];
  /** Lists of fields that are compared together and get an index of their own. */
  readonly indexes?: readonly (readonly P[])[];
}

export interface SortKey {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** A query as the store and the generator of the indexes use it. */
export interface QueryShape extends Omit<QueryDeclaration, 'orderBy' | 'sorts'> {
  /** `tickets.ofRegion` */
  readonly name: string;
  readonly collection: string;
  readonly orderBy: readonly SortKey[];
  readonly sorts: readonly SortKey[];
}

export type Equal = Readonly<Record<string, unknown>>;

/** A query with its values, bound to its collection. */
export interface Alternative<T> {
  readonly shape: QueryShape;
  readonly equal: Equal;
  readonly doc: (id: string) => DocKey<T>;
}

/** Which documents are wanted: those of any alternative, within the range. */
export interface Criteria<T> {
  /** Without any, there are no rows, and the store is not queried. */
  readonly anyOf: readonly Alternative<T>[];
  readonly range?: { readonly from?: unknown; readonly to?: unknown };
}

type Some<V> = { readonly [P in keyof V]?: V[P] | undefined };

/**
 * A declared query. `V` holds a value for each field that it compares, `S` are its orders, and `W` is
 * a whole document.
 */
export interface Query<T, V extends object = Equal, S extends string = string, W = T> {
  readonly shape: QueryShape;
  /** Throws for a field that the query does not compare, and without one that it must. */
  where(values: V): Alternative<T>;
  /** The caller's own documents, narrowed by filters; none for a filter with another value. */
  within(own: Some<V>, filters: Some<V>): readonly Alternative<T>[];
  /** The same query in another of its orders. */
  by(sort: S): Query<T, V, S, W>;
  /** The same query, which fetches all fields. */
  whole(): Query<W, V, S>;
}

type Entry<T> = T extends readonly (infer E)[] ? E : never;
type Names<D, F extends string> = D extends { readonly [K in F]: readonly (infer P)[] } ? P : never;
type ListOf<D> = D extends { readonly arrayContains: infer P } ? P : never;

type ValuesOf<T, D> = { readonly [P in Names<D, 'equal'> & string]: FieldAt<T, P> | null } & {
  readonly [P in Names<D, 'optional'> & string]?: FieldAt<T, P> | null | undefined;
} & { readonly [P in ListOf<D> & string]?: Entry<FieldAt<T, P>> | undefined };

type RowOf<R, D> = D extends { readonly select: readonly (infer K)[] } ? Pick<R, K & keyof R> : R;

/** The queries of a collection: `R` is what is read back, `T` all that is written. */
export type Queries<R, T, Q> = {
  readonly [N in keyof Q]: Query<
    RowOf<R, Q[N]>,
    ValuesOf<T, Q[N]>,
    Names<Q[N], 'sorts'> & string,
    R
  >;
};

const sortKey = (text: string): SortKey =>
  text.startsWith('-')
    ? { field: text.slice(1), direction: 'desc' }
    : { field: text, direction: 'asc' };

/** The selected fields, and those that a cursor needs for the position of a row. */
const shownBy = (select: readonly string[], sort: readonly SortKey[]): readonly string[] => {
  const sorted = sort.filter(({ field }) => field !== BY_ID);
  return [...new Set([...select, ...sorted.flatMap(({ field }) => field.split('.').slice(0, 1))])];
};

const shapeOf = (
  collection: string,
  name: string,
  { orderBy = [], sorts = [], select, ...declared }: QueryDeclaration,
): QueryShape => {
  const sort = [orderBy].flat().map(sortKey);
  const others = sorts.map(sortKey);
  return {
    ...declared,
    // A field that is always compared may be listed among the optional ones too.
    optional: declared.optional?.filter((field) => declared.equal?.includes(field) !== true) ?? [],
    name: `${collection}.${name}`,
    collection,
    orderBy: sort,
    sorts: others,
    ...(select && { select: shownBy(select, [...sort, ...others]) }),
  };
};

const given = (values: Equal): Equal =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const checkAgainst = (shape: QueryShape, equal: Equal): void => {
  const known = new Set([...(shape.equal ?? []), ...(shape.optional ?? []), shape.arrayContains]);
  for (const field of Object.keys(equal)) {
    if (!known.has(field)) throw new Error(`query ${shape.name} does not compare ${field}`);
  }
  for (const field of shape.equal ?? []) {
    if (!(field in equal)) throw new Error(`query ${shape.name} needs ${field}`);
  }
};

/** A query in another order; a range that it is sorted by goes along. */
export const inOrder = (shape: QueryShape, key: SortKey): QueryShape => {
  const isByRange = shape.orderBy.some(({ field }) => field === shape.range);
  return { ...shape, orderBy: [key], ...(isByRange && { range: key.field }) };
};

type KeyOf<T> = (id: string) => DocKey<T>;

const queryOf = <T, W>(
  shape: QueryShape,
  doc: KeyOf<T>,
  wholeDoc: KeyOf<W>,
): Query<T, Equal, string, W> => {
  const where = (values: Equal): Alternative<T> => {
    const equal = given(values);
    checkAgainst(shape, equal);
    return { shape, equal, doc };
  };
  return {
    shape,
    where,
    within: (own, filters) => {
      const asked = Object.entries(given(filters));
      const isOutside = asked.some(([field, value]) => field in own && own[field] !== value);
      return isOutside ? [] : [where({ ...filters, ...own })];
    },
    by: (sort) => queryOf(inOrder(shape, sortKey(sort)), doc, wholeDoc),
    whole: () => {
      const { select: _, ...all } = shape;
      return queryOf(all, wholeDoc, wholeDoc);
    },
  };
};

/** Parses only the given fields of a document. */
const parserOf = (schema: z.ZodType, fields: readonly string[]) => {
  if (!(schema instanceof z.ZodObject))
    throw new Error('only the fields of an object can be shown');
  const shape = Object.entries(schema.shape).filter(([field]) => fields.includes(field));
  const shown = z.object(Object.fromEntries(shape));
  return (data: unknown): unknown => shown.parse(data);
};

/**
 * Makes queries of their declarations. `doc` is the collection's key of a whole document. The overload
 * states the resulting types, which the compiler cannot derive inside the function.
 */
export function queriesOf<R, T, Q extends Readonly<Record<string, object>>>(
  collection: { readonly name: string; readonly schema: z.ZodType },
  doc: (id: string) => DocKey<R>,
  declarations: Q | undefined,
): Queries<R, T, Q>;
export function queriesOf(
  { name: collection, schema }: { readonly name: string; readonly schema: z.ZodType },
  doc: (id: string) => DocKey<unknown>,
  declarations: Readonly<Record<string, QueryDeclaration>> = {},
): Readonly<Record<string, Query<unknown>>> {
  return Object.fromEntries(
    Object.entries(declarations).map(([name, declared]) => {
      const shape = shapeOf(collection, name, declared);
      if (shape.select === undefined) return [name, queryOf(shape, doc, doc)];
      const parse = parserOf(schema, shape.select);
      return [name, queryOf(shape, (id) => ({ ...doc(id), parse }), doc)];
    }),
  );
}
