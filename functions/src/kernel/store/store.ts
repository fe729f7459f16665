import {
  type DocumentSnapshot,
  FieldPath,
  FieldValue,
  Filter,
  type Firestore,
  type Query,
  type QueryDocumentSnapshot,
} from 'firebase-admin/firestore';
import {
  changeIdsOf,
  type DocKey,
  isDocumentId,
  type Loaded,
  type Reads,
  toPlain,
  type Write,
} from './document.ts';
import { BY_ID, type QueryShape } from './query-shape.ts';

/** Document reads and writes of one request, as Firestore bills them. */
export interface Meter {
  reads: number;
  writes: number;
}

/** The equality values of one alternative of a query, by field path. */
export type Equal = Readonly<Record<string, unknown>>;

/** What a named query asks for this time. */
export interface QueryValues {
  /** Alternatives joined by OR; each must fit its shape. */
  readonly anyOf: readonly { readonly shape: QueryShape; readonly equal: Equal }[];
  /** Values after which the page starts, one for each orderBy, then the document's id. */
  readonly startAfter?: readonly unknown[];
  /** Bounds on the shape's inequality field. */
  readonly range?: { readonly from?: unknown; readonly to?: unknown };
  readonly limit: number;
}

/** The store as one request sees it: batched reads, named queries, atomic commits, and its bill. */
export interface Store {
  readonly meter: Meter;
  /** Fetches all keys in one round trip; `onto` adds them to what was read before. */
  load(keys: readonly DocKey<unknown>[], onto?: Reads): Promise<Reads>;
  /** Runs a named query; the shape decides which fields may be asked for. */
  find<T>(read: (id: string) => DocKey<T>, query: QueryValues): Promise<Loaded<T>[]>;
  /** How many documents a query matches, by aggregation; billed as one read per 1,000. */
  count(query: Omit<QueryValues, 'limit' | 'startAfter'>): Promise<number>;
  /** Commits all writes or none. Throws the SDK's error. */
  commit(writes: readonly Write[]): Promise<void>;
  /** The same store with a bill of its own. */
  metered(): Store;
}

const loaded = <T>(key: DocKey<T>, snapshot: DocumentSnapshot): Loaded<T> | undefined => {
  const data = snapshot.data();
  if (data === undefined || snapshot.updateTime === undefined) return undefined;
  return {
    key,
    id: key.id,
    data: key.parse(toPlain(data)),
    version: snapshot.updateTime,
    changeIds: changeIdsOf(data),
  };
};

/** `null` stands for a document that cannot exist. */
const reads = (snapshots: ReadonlyMap<string, DocumentSnapshot | null>, onto?: Reads): Reads => ({
  get: (key) => {
    const snapshot = snapshots.get(key.path);
    if (snapshot === undefined && onto !== undefined) return onto.get(key);
    if (snapshot === undefined) throw new Error(`${key.path} was not declared by the endpoint`);
    return snapshot === null ? undefined : loaded(key, snapshot);
  },
});

const checkAgainst = (shape: QueryShape, equal: Equal): void => {
  const known = new Set([...(shape.equal ?? []), ...(shape.optional ?? []), shape.arrayContains]);
  for (const field of Object.keys(equal)) {
    if (!known.has(field)) throw new Error(`query ${shape.name} does not declare ${field}`);
  }
  for (const field of shape.equal ?? []) {
    if (!(field in equal)) throw new Error(`query ${shape.name} needs ${field}`);
  }
};

const filterOf = (shape: QueryShape, equal: Equal): Filter | undefined => {
  checkAgainst(shape, equal);
  const filters = Object.entries(equal).map(([field, value]) =>
    Filter.where(field, field === shape.arrayContains ? 'array-contains' : '==', value),
  );
  return filters.length === 0 ? undefined : Filter.and(...filters);
};

const matching = (db: Firestore, query: Omit<QueryValues, 'limit' | 'startAfter'>): Query => {
  const [first] = query.anyOf;
  if (first === undefined) throw new Error('a query needs at least one alternative');
  const { collection, inequality } = first.shape;
  const filters = query.anyOf.map(({ shape, equal }) => filterOf(shape, equal));
  // An alternative without conditions already asks for everything.
  const conditions = filters.flatMap((filter) => (filter === undefined ? [] : [filter]));
  let built: Query = db.collection(collection);
  if (conditions.length === filters.length) built = built.where(Filter.or(...conditions));
  if (inequality !== undefined && query.range?.from !== undefined) {
    built = built.where(inequality, '>=', query.range.from);
  }
  if (inequality !== undefined && query.range?.to !== undefined) {
    built = built.where(inequality, '<=', query.range.to);
  }
  return built;
};

const build = (db: Firestore, query: QueryValues): Query => {
  const orderBy = query.anyOf[0]?.shape.orderBy ?? [];
  let built = matching(db, query);
  for (const { field, direction } of orderBy) built = built.orderBy(field, direction);
  const last = orderBy.at(-1);
  if (last !== undefined && last.field !== BY_ID.field) {
    built = built.orderBy(FieldPath.documentId(), last.direction);
  }
  if (query.startAfter !== undefined) built = built.startAfter(...query.startAfter);
  return built.limit(query.limit);
};

const commit = async (db: Firestore, writes: readonly Write[]): Promise<void> => {
  const batch = db.batch();
  for (const write of writes) {
    const ref = db.doc(write.path);
    if (write.op === 'delete') {
      batch.delete(ref, write.version === undefined ? {} : { lastUpdateTime: write.version });
    } else if (write.op === 'create') {
      batch.create(ref, write.data);
    } else if (write.op === 'touch') {
      const counted = Object.entries(write.increment ?? {}).map(
        ([field, by]) => [field, FieldValue.increment(by)] as const,
      );
      batch.update(ref, { ...write.data, ...Object.fromEntries(counted) });
    } else {
      batch.update(ref, write.data, { lastUpdateTime: write.version });
    }
  }
  await batch.commit();
};

/**
 * The connection comes back soon after the store does, and a dead one is noticed. A second channel,
 * which more than 100 calls at once need, is kept: making one anew takes longer than they do.
 */
export const CONNECTION = {
  maxIdleChannels: 2,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
} as const;

/** How long one call may take. The SDK alone would try again for minutes while the store is down. */
const PATIENCE_MS = 8_000;

/** Firestore's DEADLINE_EXCEEDED: what was sent may be applied, now or later. */
class NoAnswer extends Error {
  readonly code = 4;
}

const within = async <T>(ms: number, call: Promise<T>): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([call, promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** The store over one Firestore database, each of whose calls ends within `patienceMs`. */
export const createStore = (db: Firestore, patienceMs = PATIENCE_MS): Store => {
  const meter: Meter = { reads: 0, writes: 0 };
  return {
    meter,
    load: async (keys, onto) => {
      const found = new Map<string, DocumentSnapshot | null>(keys.map(({ path }) => [path, null]));
      const paths = new Set(keys.filter(({ id }) => isDocumentId(id)).map(({ path }) => path));
      if (paths.size > 0) {
        const refs = [...paths].map((path) => db.doc(path));
        const snapshots = await within(patienceMs, db.getAll(...refs));
        meter.reads += paths.size;
        for (const snapshot of snapshots) found.set(snapshot.ref.path, snapshot);
      }
      return reads(found, onto);
    },
    find: async (read, query) => {
      const { docs } = await within(patienceMs, build(db, query).get());
      meter.reads += Math.max(1, docs.length);
      return docs.flatMap((doc: QueryDocumentSnapshot) => loaded(read(doc.id), doc) ?? []);
    },
    count: async (query) => {
      if (query.anyOf.length === 0) return 0;
      const counted = await within(patienceMs, matching(db, query).count().get());
      const { count } = counted.data();
      meter.reads += Math.max(1, Math.ceil(count / 1000));
      return count;
    },
    commit: async (writes) => {
      await within(patienceMs, commit(db, writes));
      meter.writes += writes.length;
    },
    metered: () => createStore(db, patienceMs),
  };
};
