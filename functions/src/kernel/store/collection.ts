import type { z } from 'zod';
import type { DocKey, Fields, Loaded, Write } from './document.ts';
import {
  type FieldPath,
  type Queries,
  queriesOf,
  type QueryDeclaration,
  type QueryShape,
} from './query.ts';

/** What the generator of the indexes needs of a collection. */
export interface IndexedCollection {
  readonly name: string;
  /** Fields that get no index, except those that a query needs. */
  readonly unindexed: readonly string[];
  /** The field with the time after which Firestore deletes the document. */
  readonly ttl: string | undefined;
  readonly queries: Readonly<Record<string, { readonly shape: QueryShape }>>;
}

/** A collection whose documents are read back through one zod schema. */
export interface Collection<R, Q = object> extends Omit<IndexedCollection, 'queries'> {
  readonly queries: Q;
  doc(id: string): DocKey<R>;
  create(id: string, data: R & Fields): Write;
  update(seen: Loaded<R>, patch: Partial<R>): Write;
  /** Creates a document, or updates it if it was there. */
  put(id: string, seen: Loaded<R> | undefined, data: R & Fields): Write;
  /** Changes a document that is written together with another, whose version is the condition. */
  patch(id: string, data: Partial<R>): Write;
  remove(seen: Loaded<R>): Write;
}

interface Options<R, U, Q> {
  /** Fields that are written and queried, but not read back. */
  readonly unread?: z.ZodType<U>;
  readonly unindexed?: readonly FieldPath<R & U>[];
  readonly ttl?: FieldPath<R>;
  readonly queries?: Q;
}

type Writes<R> = Pick<Collection<R>, 'create' | 'update' | 'put' | 'patch' | 'remove'>;

const writesTo = <R>(name: string): Writes<R> => {
  const pathOf = (id: string) => `${name}/${id}`;
  const create: Writes<R>['create'] = (id, data) => ({ op: 'create', path: pathOf(id), data });
  const update: Writes<R>['update'] = ({ key, version, changeIds, data: before }, patch) => ({
    op: 'update',
    path: key.path,
    data: { ...patch },
    version,
    changeIds,
    before,
  });
  return {
    create,
    update,
    put: (id, seen, data) => (seen === undefined ? create(id, data) : update(seen, data)),
    patch: (id, data) => ({ op: 'patch', path: pathOf(id), data }),
    remove: ({ key, version, data: before }) => ({ op: 'delete', path: key.path, version, before }),
  };
};

/**
 * Declares a collection: the schema of its documents, its queries, and the fields that are not
 * indexed. `npm run indexes` derives `firestore.indexes.json` from it.
 */
export const collection = <
  S extends z.ZodType,
  const Q extends Readonly<
    Record<string, QueryDeclaration<FieldPath<z.output<S> & U>, keyof z.output<S> & string>>
  > = Readonly<Record<never, never>>,
  U = unknown,
>(
  name: string,
  schema: S,
  options: Options<z.output<S>, U, Q> = {},
): Collection<z.output<S>, Queries<z.output<S>, z.output<S> & U, Q>> => {
  const parse = (data: unknown) => schema.parse(data);
  const doc = (id: string) => ({ path: `${name}/${id}`, id, parse });
  return {
    name,
    // Nothing is ever looked for by the marks of its changes.
    unindexed: ['changeIds', 'changedBy', ...(options.unindexed ?? [])],
    ttl: options.ttl,
    queries: queriesOf<z.output<S>, z.output<S> & U, Q>({ name, schema }, doc, options.queries),
    doc,
    ...writesTo<z.output<S>>(name),
  };
};

/** A collection below each document of another, such as `inbox/{uid}/items`. */
export interface Subcollection<R, Q = object> extends IndexedCollection {
  /** With `{id}` for the document above it. */
  readonly path: string;
  /** The collection below one document. */
  readonly of: (parent: string) => Collection<R, Q>;
}

/** Declares such a collection. Its indexes are those of all collections of its name. */
export const subcollection = <
  S extends z.ZodType,
  const Q extends Readonly<
    Record<string, QueryDeclaration<FieldPath<z.output<S>>, keyof z.output<S> & string>>
  >,
>(
  parent: string,
  name: string,
  schema: S,
  options: Options<z.output<S>, unknown, Q>,
): Subcollection<z.output<S>, Queries<z.output<S>, z.output<S>, Q>> => {
  const { unindexed, ttl, queries } = collection(name, schema, options);
  return {
    name,
    unindexed,
    ttl,
    queries,
    path: `${parent}/{id}/${name}`,
    of: (id) => collection(`${parent}/${id}/${name}`, schema, options),
  };
};
