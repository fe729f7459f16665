import { randomUUID } from 'node:crypto';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { CONNECTION, createStore, type Store } from '../../src/kernel/store/store.ts';

/**
 * Counts documents in the gRPC messages that come back from Firestore: what the store is billed
 * for, whatever the kernel's own meter says.
 */
export interface WireMeter {
  reads: number;
  writes: number;
  /** Requests sent: the round trips. */
  calls: number;
}

interface Listener {
  readonly onReceiveMessage: (message: unknown) => void;
}

interface Call {
  start: (metadata: unknown, listener: Listener) => void;
}

interface CallOptions {
  readonly method_definition: { readonly path: string };
}

type Interceptor = (options: CallOptions, next: (options: CallOptions) => Call) => Call;

interface Invocation {
  readonly callOptions: { interceptors?: readonly Interceptor[] };
}

const written = z.looseObject({ writeResults: z.array(z.unknown()) });
const fetched = z.union([
  z.looseObject({ found: z.looseObject({}) }),
  z.looseObject({ missing: z.string().min(1) }),
]);
const queried = z.looseObject({ document: z.looseObject({}) });
const counted = z.looseObject({
  result: z.looseObject({
    aggregateFields: z.record(
      z.string(),
      z.looseObject({ integerValue: z.coerce.number().int().nonnegative() }),
    ),
  }),
});

/** A count is billed as one read for each thousand documents that it passes, and at least one. */
const readsOfCount = (message: unknown): number => {
  const [count] = Object.values(counted.safeParse(message).data?.result.aggregateFields ?? {});
  return count === undefined ? 0 : Math.max(1, Math.ceil(count.integerValue / 1000));
};

/** Counts the messages of one query, as they come: it is billed as one read at least. */
const queryBill = (): ((message: unknown) => number) => {
  let messages = 0;
  let rows = 0;
  return (message) => {
    const isRow = queried.safeParse(message).success;
    messages += 1;
    rows += isRow ? 1 : 0;
    return messages === 1 || (isRow && rows > 1) ? 1 : 0;
  };
};

const readsOf = (path: string): ((message: unknown) => number) => {
  if (path.endsWith('/BatchGetDocuments'))
    return (each) => (fetched.safeParse(each).success ? 1 : 0);
  if (path.endsWith('/RunQuery')) return queryBill();
  return path.endsWith('/RunAggregationQuery') ? readsOfCount : () => 0;
};

const count =
  (meter: WireMeter): Interceptor =>
  (options, next) => {
    const call = next(options);
    const start = call.start.bind(call);
    const readsIn = readsOf(options.method_definition.path);
    meter.calls += 1;
    call.start = (metadata, listener) =>
      start(metadata, {
        ...listener,
        onReceiveMessage: (message) => {
          meter.reads += readsIn(message);
          meter.writes += written.safeParse(message).data?.writeResults.length ?? 0;
          listener.onReceiveMessage(message);
        },
      });
    return call;
  };

/** A store over the emulator whose traffic is counted. */
export const meteredStore = (): { store: Store; wire: WireMeter } => {
  const wire: WireMeter = { reads: 0, writes: 0, calls: 0 };
  const app = initializeApp({ projectId: 'demo-crewline' }, `wire-${randomUUID()}`);
  const db = getFirestore(app);
  db.settings({
    ...CONNECTION,
    'grpc.callInvocationTransformer': (invocation: Invocation): Invocation => ({
      ...invocation,
      callOptions: { ...invocation.callOptions, interceptors: [count(wire)] },
    }),
  });
  return { store: createStore(db), wire };
};
