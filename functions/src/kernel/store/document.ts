import { Timestamp } from 'firebase-admin/firestore';
import { parseDocument } from './unreadable.ts';

/** The address of one document and how its data is read back. */
export interface DocKey<T> {
  readonly path: string;
  readonly id: string;
  readonly parse: (data: unknown) => T;
}

/** A document that was read: its parsed data and the version that a later write depends on. */
export interface Loaded<T> {
  readonly key: DocKey<T>;
  readonly id: string;
  readonly data: T;
  readonly version: Timestamp;
  readonly changeIds: readonly string[];
}

/** Documents fetched in one round trip, looked up by their key. */
export interface Reads {
  /** The document, or undefined where none exists. Throws for a key that was not fetched. */
  get<T>(key: DocKey<T>): Loaded<T> | undefined;
}

/**
 * One write of a commit. `version` is the update time that was seen: the commit fails when the
 * document has moved since. Patches replace whole top-level fields. `before` is the data that was seen,
 * for the audit log.
 */
export type Write =
  | { readonly op: 'create'; readonly path: string; readonly data: Fields }
  | {
      readonly op: 'update';
      readonly path: string;
      readonly data: Fields;
      readonly version: Timestamp;
      readonly changeIds: readonly string[];
      readonly before?: unknown;
    }
  /**
   * Changes a document whatever its version, and fails the commit when it is gone: for one that is
   * only written together with another, whose version is the condition, and for adding to numbers
   * from wherever they are, so that writers need not take turns.
   */
  | {
      readonly op: 'patch';
      readonly path: string;
      readonly data?: Fields;
      readonly by?: Readonly<Record<string, number>>;
    }
  /**
   * Adds to the numbers of the map `into`, whatever the document's version, and creates what is not
   * there yet, so that writers need neither take turns nor read it before.
   */
  | {
      readonly op: 'count';
      readonly path: string;
      readonly data: Fields;
      readonly into: string;
      readonly by: Readonly<Record<string, number>>;
    }
  | {
      readonly op: 'delete';
      readonly path: string;
      readonly version?: Timestamp;
      readonly before?: unknown;
    };

export type Fields = Readonly<Record<string, unknown>>;

/** The key of any document without a schema, to read only its version. */
export const anyDocument = (path: string): DocKey<unknown> => ({
  path,
  id: path.slice(path.lastIndexOf('/') + 1),
  parse: (data) => data,
});

/** A document that was found without parsing it, to be read through a key that has its schema. */
export const readsOf = (found: Loaded<unknown>): Reads => ({
  get: (key) => {
    if (key.path !== found.key.path) throw new Error(`${key.path} was not read`);
    return { ...found, key, data: parseDocument(key, found.data) };
  },
});

/** Whether a value is a map of fields: no list, no date. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const LONGEST_ID_BYTES = 1500;

/** Whether Firestore can hold a document of this id; asking for any other is an error there. */
export const isDocumentId = (id: string): boolean =>
  !['', '.', '..'].includes(id) &&
  !id.includes('/') &&
  !/^__.*__$/.test(id) &&
  Buffer.byteLength(id) <= LONGEST_ID_BYTES;

/** Firestore data as plain data: timestamps become Dates, all the way down. */
export const toPlain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Timestamp) return value.toDate();
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toPlain(field)]));
};

/** The ids of the latest changes of a document, newest last; see change.ts. */
export const changeIdsOf = (data: Readonly<Record<string, unknown>>): readonly string[] => {
  const ids = data['changeIds'];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
};

/** Who asked for the latest change of a document, if it was a person. */
export const changedByOf = (data: Readonly<Record<string, unknown>>): string | undefined => {
  const by = data['changedBy'];
  return typeof by === 'string' ? by : undefined;
};
