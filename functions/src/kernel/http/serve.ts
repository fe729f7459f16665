import { randomUUID } from 'node:crypto';
import type { Principal } from '../auth/principal.ts';
import { touchSession } from '../auth/session.ts';
import { describeError } from '../log.ts';
import { Problem, refuseFor } from '../problem.ts';
import { change, changeGathering, type Plan, type Step } from '../store/change.ts';
import type { Reads } from '../store/document.ts';
import { outcomeOf } from '../store/outcome.ts';
import { type Admission, admit, type Call } from './call.ts';
import type { Desk } from './desk.ts';
import { type Exchange, textStream } from './endpoint.ts';
import { type IdempotentRequest, type StoredResponse, storeResponse } from './idempotency.ts';

/** What goes back over the wire. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A response that is not JSON, as it comes; `body` is then left out. */
  readonly text?: AsyncIterable<string>;
}

/** A repeat was first: ends a handler from inside its change. */
class AlreadyAnswered extends Error {
  readonly response: StoredResponse;
  constructor(response: StoredResponse) {
    super('already answered');
    this.response = response;
  }
}

/** The handler's data in the desk's envelope. */
const success = ({ desk, endpoint }: Call, data: unknown): ApiResponse => {
  const { status, output, produces } = endpoint;
  if (produces === undefined) return { status, body: desk.success(status, output.parse(data)) };
  const headers = { 'Content-Type': `${produces}; charset=utf-8` };
  return { status, body: undefined, text: textStream.parse(data), headers };
};

/** A problem in the desk's own error body. */
export const failure = (desk: Desk, problem: Problem, requestId: string): ApiResponse => ({
  status: problem.status,
  body: desk.failure(problem, requestId),
  headers: { ...problem.headers, 'Content-Type': desk.failureType },
});

const repeat = ({ status, answer }: StoredResponse): ApiResponse => ({
  status,
  body: JSON.parse(answer),
  headers: { 'Idempotent-Replayed': 'true' },
});

/** The one wrapper around a commit: stores the response of an idempotent request beside its effect. */
const storing = <T>(
  call: Call,
  step: Step<T, Problem>,
  idempotent: IdempotentRequest | undefined,
  reads: Reads,
  now: Date,
): Step<T, Problem> => {
  if (idempotent === undefined || step.kind === 'stop') return step;
  const stored = (plan: Plan<T>): Plan<T> => {
    const seen = reads.get(idempotent.key);
    const write = storeResponse(idempotent, seen, success(call, plan.answer), now);
    return { ...plan, writes: [...plan.writes, write] };
  };
  return step.kind === 'write'
    ? { ...step, plan: stored(step.plan) }
    : { ...step, plan: (n) => stored(step.plan(n)) };
};

/** Changes of one request: each attempt is admitted anew, so that a withdrawal in between is seen. */
const changeOf =
  (call: Call, first: Reads): Exchange['change'] =>
  async (gather, decide) => {
    const { runtime, store, keys } = call;
    const outcome = await changeGathering(store, runtime.groups, {
      changeId: randomUUID(),
      first,
      read: (more) => store.load([...keys, ...more]),
      gather,
      decide: ({ reads, gathered }) => {
        const now = runtime.now();
        const admission = admit(call, reads, now);
        if (admission.kind === 'refused') return { kind: 'stop', value: admission.problem };
        if (admission.kind === 'repeated') throw new AlreadyAnswered(admission.response);
        const step = decide({ reads, gathered, actor: admission.principal, now });
        return storing(call, step, admission.parsed.idempotent, reads, now);
      },
    });
    return 'answer' in outcome ? outcome.answer : outcome.stopped;
  };

const exchangeOf = (
  call: Call,
  principal: Principal | undefined,
  reads: Reads,
  now: Date,
): Exchange => {
  const { runtime, store, connection } = call;
  return { ...connection, runtime, store, reads, principal, now, change: changeOf(call, reads) };
};

const isStorable = (problem: Problem): boolean => problem.status < 500 && problem.status !== 429;

/** Stores a refusal under the request's key, so that a repeat is told the same. */
const storeRefusal = async (
  call: Call,
  idempotent: IdempotentRequest,
  response: ApiResponse,
): Promise<ApiResponse> => {
  const { runtime, store, keys } = call;
  const outcome = await change<ApiResponse, ApiResponse>(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([...keys, ...more]),
    decide: ({ reads }) => {
      const now = runtime.now();
      const admission = admit(call, reads, now);
      if (admission.kind === 'refused') return { kind: 'stop', value: response };
      if (admission.kind === 'repeated') return { kind: 'stop', value: repeat(admission.response) };
      const writes = [storeResponse(idempotent, reads.get(idempotent.key), response, now)];
      return { kind: 'write', plan: { writes, answer: response } };
    },
  });
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};

/** Keeps a session that is used alive. Losing the race against its end is no failure. */
const keepAlive = async (call: Call, principal: Principal | undefined, now: Date) => {
  const session = principal?.session;
  const write = session && touchSession(call.runtime.config, session, now);
  if (write === undefined) return;
  try {
    await call.store.commit([write]);
  } catch (error) {
    if (outcomeOf(error) === 'permanent') throw error;
  }
};

/** Runs the handler of an admitted request and puts what it returns into the desk's envelope. */
const handle = async (
  call: Call,
  { principal, parsed }: Extract<Admission, { kind: 'admitted' }>,
  reads: Reads,
  requestId: string,
): Promise<ApiResponse> => {
  const now = call.runtime.now();
  try {
    const result = await parsed.handle(exchangeOf(call, principal, reads, now));
    if (!(result instanceof Problem)) return success(call, result);
    const response = failure(call.desk, result, requestId);
    return parsed.idempotent && isStorable(result)
      ? await storeRefusal(call, parsed.idempotent, response)
      : response;
  } catch (error) {
    if (error instanceof AlreadyAnswered) return repeat(error.response);
    throw error;
  } finally {
    await keepAlive(call, principal, now);
  }
};

/** What went wrong in the desk's error body; an error that nobody expects is the caller's to log. */
const respondTo = (call: Call, error: unknown, requestId: string): ApiResponse => {
  if (error instanceof Problem) return failure(call.desk, error, requestId);
  if (outcomeOf(error) !== 'unknown') throw error;
  const fields = { requestId, ...describeError(error) };
  call.runtime.log.write('ERROR', 'the store does not answer', fields);
  return failure(call.desk, refuseFor('store/unavailable', 5), requestId);
};

/** Answers a request that was received: loads its documents, admits it, handles it, responds. */
export const serve = async (call: Call, requestId: string): Promise<ApiResponse> => {
  try {
    const reads = await call.store.load(call.keys);
    const admission = admit(call, reads, call.runtime.now());
    switch (admission.kind) {
      case 'refused':
        return failure(call.desk, admission.problem, requestId);
      case 'repeated':
        return repeat(admission.response);
      case 'admitted':
        return await handle(call, admission, reads, requestId);
    }
  } catch (error) {
    return respondTo(call, error, requestId);
  }
};
