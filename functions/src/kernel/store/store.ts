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
import { type Alternative, BY_ID, type Criteria, type QueryShape } from './query.ts';
import { parseDocument } from './unreadable.ts';

/** The reads and writes of one request, as Firestore bills them. */
export interface Meter {
  reads: number;
  writes: number;
}

/** One page of the documents that match. */
export interface PageOf<T> extends Criteria<T> {
  /** Values after which the page starts, one for each orderBy, then the document's id. */
  readonly startAfter?: readonly unknown[] | undefined;
  readonly limit: number;
}

/** The store as one request uses it: batched reads, declared queries, atomic commits, a meter. */
export interface Store {
  readonly meter: Meter;
  /** Fetches all keys in one round trip; the result contains what `onto` has, too. */
  load(keys: readonly DocKey<unknown>[], onto?: Reads): Promise<Reads>;
  /** Fetches one document; undefined if it is not there. */
  get<T>(key: DocKey<T>): Promise<Loaded<T> | undefined>;
  /** The documents of a query that its collection declares. */
  find<T>(page: PageOf<T>): Promise<Loaded<T>[]>;
  /** Counts the documents that match, by aggregation; billed as one read per 1,000. */
  count(criteria: Criteria<unknown>): Promise<number>;
  /** Commits all writes or none. Throws the SDK's error. */
  commit(writes: readonly Write[]): Promise<void>;
  /** The same store with a meter of its own. */
  metered(): Store;
}

const loaded = <T>(key: DocKey<T>, snapshot: DocumentSnapshot): Loaded<T> | undefined => {
  const data = snapshot.data();
  if (data === undefined || snapshot.updateTime === undefined) return undefined;
  return {
    key,
    id: key.id,
    data: parseDocument(key, toPlain(data)),
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

const filterOf = ({ shape, equal }: Alternative<unknown>): Filter | undefined => {
  const filters = Object.entries(equal).map(([field, value]) =>
    Filter.where(field, field === shape.arrayContains ? 'array-contains' : '==', value),
  );
  return filters.length === 0 ? undefined : Filter.and(...filters);
};

const matching = (
  db: Firestore,
  { collection, range: field }: QueryShape,
  { anyOf, range }: Criteria<unknown>,
): Query => {
  const others = anyOf.filter(({ shape }) => shape.collection !== collection);
  if (others.length > 0) throw new Error(`one query asks ${collection} and another collection`);
  const filters = anyOf.map(filterOf);
  // An alternative without conditions already asks for everything.
  const conditions = filters.flatMap((filter) => (filter === undefined ? [] : [filter]));
  let built: Query = db.collection(collection);
  if (conditions.length === filters.length) built = built.where(Filter.or(...conditions));
  if (field !== undefined && range?.from !== undefined) {
    built = built.where(field, '>=', range.from);
  }
  if (field !== undefined && range?.to !== undefined) built = built.where(field, '<=', range.to);
  return built;
};

const build = (db: Firestore, shape: QueryShape, page: PageOf<unknown>): Query => {
  const { orderBy, select } = shape;
  let built = matching(db, shape, page);
  for (const { field, direction } of orderBy) built = built.orderBy(field, direction);
  const last = orderBy.at(-1);
  if (last !== undefined && last.field !== BY_ID) {
    built = built.orderBy(FieldPath.documentId(), last.direction);
  }
  if (page.startAfter !== undefined) built = built.startAfter(...page.startAfter);
  if (select !== undefined) built = built.select(...select);
  return built.limit(page.limit);
};

const incrementsOf = (by: Readonly<Record<string, number>> = {}): Record<string, FieldValue> =>
  Object.fromEntries(Object.entries(by).map(([name, n]) => [name, FieldValue.increment(n)]));

const commit = async (db: Firestore, writes: readonly Write[]): Promise<void> => {
  const batch = db.batch();
  for (const write of writes) {
    const ref = db.doc(write.path);
    if (write.op === 'delete') {
      batch.delete(ref, write.version === undefined ? {} : { lastUpdateTime: write.version });
    } else if (write.op === 'create') {
      batch.create(ref, write.data);
    } else if (write.op === 'patch') {
      batch.update(ref, { ...write.data, ...incrementsOf(write.by) });
    } else if (write.op === 'count') {
      // An empty map would take the place of the numbers.
      const counted = Object.keys(write.by).length > 0 && { [write.into]: incrementsOf(write.by) };
      batch.set(ref, { ...write.data, ...counted }, { merge: true });
    } else {
      batch.update(ref, write.data, { lastUpdateTime: write.version });
    }
  }
  await batch.commit();
};

/**
 * Reconnects within seconds when the store is back, and notices a dead connection. More than 100
 * parallel calls need a second channel; it stays open, as opening one takes longer than the calls.
 */
export const CONNECTION = {
  maxIdleChannels: 2,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
} as const;

/** How long one call may take. The SDK would retry for minutes while the store is down. */
const PATIENCE_MS = 8_000;

/** Firestore's DEADLINE_EXCEEDED: a commit may have been applied, or still be. */
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

/** Fetches one document by a store's way of fetching several. */
export const gettingBy =
  (load: Store['load']): Store['get'] =>
  async (key) =>
    (await load([key])).get(key);

/** The store of one Firestore database. Each of its calls ends within `patienceMs`. */
export const createStore = (db: Firestore, patienceMs = PATIENCE_MS): Store => {
  const meter: Meter = { reads: 0, writes: 0 };
  const load: Store['load'] = async (keys, onto) => {
    const found = new Map<string, DocumentSnapshot | null>(keys.map(({ path }) => [path, null]));
    const paths = new Set(keys.filter(({ id }) => isDocumentId(id)).map(({ path }) => path));
    if (paths.size > 0) {
      const refs = [...paths].map((path) => db.doc(path));
      const snapshots = await within(patienceMs, db.getAll(...refs));
      meter.reads += paths.size;
      for (const snapshot of snapshots) found.set(snapshot.ref.path, snapshot);
    }
    return reads(found, onto);
  };
  return {
    meter,
    load,
    get: gettingBy(load),
    find: async (page) => {
      const [first] = page.anyOf;
      if (first === undefined) return [];
      const { docs } = await within(patienceMs, build(db, first.shape, page).get());
      meter.reads += Math.max(1, docs.length);
      return docs.flatMap((each: QueryDocumentSnapshot) => loaded(first.doc(each.id), each) ?? []);
    },
    count: async (criteria) => {
      const [first] = criteria.anyOf;
      if (first === undefined) return 0;
      const counting = matching(db, first.shape, criteria).count();
      const { count } = (await within(patienceMs, counting.get())).data();
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
