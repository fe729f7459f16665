import { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { CONNECTION, createStore, type Store } from '../../src/kernel/store/store.ts';
import { currentRequest, PROJECT } from './harness.ts';

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

/** A count is billed as one read per thousand documents counted, and at least one. */
const readsOfCount = (message: unknown): number => {
  const [count] = Object.values(counted.safeParse(message).data?.result.aggregateFields ?? {});
  return count === undefined ? 0 : Math.max(1, Math.ceil(count.integerValue / 1000));
};

/** Counts the messages of one query, which is billed as at least one read. */
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

/** Adds a call's documents to the bill of the request that made it. */
const bill: Interceptor = (options, next) => {
  const call = next(options);
  const traffic = currentRequest.getStore();
  if (traffic === undefined) return call;
  const start = call.start.bind(call);
  const readsIn = readsOf(options.method_definition.path);
  call.start = (metadata, listener) =>
    start(metadata, {
      ...listener,
      onReceiveMessage: (message) => {
        traffic.reads += readsIn(message);
        traffic.writes += written.safeParse(message).data?.writeResults.length ?? 0;
        listener.onReceiveMessage(message);
      },
    });
  return call;
};

/**
 * A store whose traffic is counted per request in the gRPC messages that Firestore sends: what is
 * really billed, independent of the kernel's own meter.
 */
export const billedStore = (): Store =>
  createStore(
    new Firestore({
      projectId: PROJECT,
      ...CONNECTION,
      'grpc.callInvocationTransformer': (invocation: Invocation): Invocation => ({
        ...invocation,
        callOptions: { ...invocation.callOptions, interceptors: [bill] },
      }),
    }),
  );
