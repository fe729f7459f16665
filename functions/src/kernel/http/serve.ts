import { randomUUID } from 'node:crypto';
import { type Principal, principalOf } from '../auth/principal.ts';
import { keepAlive } from '../auth/session.ts';
import { describeError } from '../log.ts';
import { Problem, refuseFor } from '../problem.ts';
import { alsoWriting, change, changeGathering } from '../store/change.ts';
import type { Reads, Write } from '../store/document.ts';
import { outcomeOf } from '../store/outcome.ts';
import { auditOf } from './audited.ts';
import { BodyStream } from './body-stream.ts';
import type { Exchange } from './endpoint.ts';
import {
  type IdempotentRequest,
  type StoredResponse,
  storedResponseOf,
  storeResponse,
} from './idempotency.ts';
import type { Call, Parsed } from './receive.ts';
import { type ApiResponse, failure, repeat, success } from './response.ts';
import { reportUndeclared } from './undeclared.ts';

/** The admitted caller, or the response that ends the request here. */
type Admission =
  | {
      readonly kind: 'admitted';
      readonly principal: Principal | undefined;
      readonly parsed: Parsed;
    }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'repeated'; readonly response: StoredResponse };

const refused = (problem: Problem): Admission => ({ kind: 'refused', problem });

/**
 * Checks session, access, role, input and idempotency key against what was read: 401, 403, 400, 422,
 * or the response to an earlier request with the same key. It runs again at each attempt of a change.
 */
const admit = (call: Call, reads: Reads, now: Date): Admission => {
  const { endpoint, credential, parsed } = call;
  const principal = endpoint.roles === 'public' ? undefined : principalOf(credential, reads, now);
  if (principal instanceof Problem) return refused(principal);
  const problem = endpoint.admit(principal);
  if (problem !== undefined) return refused(problem);
  if (parsed instanceof Problem) return refused(parsed);
  const { idempotent } = parsed;
  const stored = idempotent && storedResponseOf(idempotent, reads.get(idempotent.key), now);
  if (stored instanceof Problem) return refused(stored);
  return stored === undefined
    ? { kind: 'admitted', principal, parsed }
    : { kind: 'repeated', response: stored };
};

/** A request with the same key was first: ends a handler from inside its change. */
class AlreadyAnswered extends Error {
  readonly response: StoredResponse;
  constructor(response: StoredResponse) {
    super('already answered');
    this.response = response;
  }
}

/** The write of the response to a request with an `Idempotency-Key`. */
const storing = (
  { desk, endpoint }: Call,
  { idempotent }: Parsed,
  reads: Reads,
  answer: unknown,
  now: Date,
): readonly Write[] => {
  if (idempotent === undefined) return [];
  const response = success(desk, endpoint, answer);
  return [storeResponse(idempotent, reads.get(idempotent.key), response, now)];
};

/** The audit log of one request: the entries of its commits. */
const logOf = (call: Call, principal: Principal | undefined): Exchange['audited'] => {
  const { desk, endpoint, connection, parsed } = call;
  const input = parsed instanceof Problem ? undefined : parsed.input;
  const request = { desk, endpoint, address: connection.origin.address, input };
  return (change, writes) => auditOf(request, principal, change, writes);
};

/** The changes of one request. Each attempt is admitted again, to see a withdrawal in between. */
const changeOf =
  (call: Call, principal: Principal | undefined, first: Reads): Exchange['change'] =>
  async (gather, decide) => {
    const { runtime, store, keys } = call;
    const changeId = randomUUID();
    const outcome = await changeGathering(store, runtime.groups, {
      changeId,
      by: principal?.person.id ?? null,
      first,
      read: (more) => store.load([...keys, ...more]),
      gather,
      decide: ({ reads, gathered }) => {
        const now = runtime.now();
        const admission = admit(call, reads, now);
        if (admission.kind === 'refused') return { kind: 'stop', value: admission.problem };
        if (admission.kind === 'repeated') throw new AlreadyAnswered(admission.response);
        const step = decide({ reads, gathered, actor: admission.principal, now });
        const audited = logOf(call, admission.principal);
        return alsoWriting(step, ({ writes, answer }) => [
          ...storing(call, admission.parsed, reads, answer, now),
          ...audited({ id: changeId, at: now }, writes),
        ]);
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
  const { runtime, store, connection, credential } = call;
  const tools = { change: changeOf(call, principal, reads), audited: logOf(call, principal) };
  return { ...connection, runtime, store, credential, reads, principal, now, ...tools };
};

/** A streamed body that is refused was not read, so its hash is not known. */
const isStorable = ({ body }: Call, { status }: Problem): boolean =>
  status < 500 && status !== 429 && !(body instanceof BodyStream);

/** Stores a refusal under the request's key, so that a repeat gets the same response. */
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
    if (!(result instanceof Problem)) return success(call.desk, call.endpoint, result);
    reportUndeclared(call.runtime, call.desk, call.endpoint, result);
    const response = failure(call.desk, result, requestId);
    return parsed.idempotent && isStorable(call, result)
      ? await storeRefusal(call, parsed.idempotent, response)
      : response;
  } catch (error) {
    if (error instanceof AlreadyAnswered) return repeat(error.response);
    throw error;
  } finally {
    if (principal) await keepAlive(call.store, call.runtime.config, principal, now);
  }
};

/** The desk's response to a problem or a store that is down. Throws any other error. */
const respondTo = (call: Call, error: unknown, requestId: string): ApiResponse => {
  if (error instanceof Problem) return failure(call.desk, error, requestId);
  if (outcomeOf(error) !== 'unknown') throw error;
  const fields = { requestId, ...describeError(error) };
  call.runtime.log.write('ERROR', 'the store does not answer', fields);
  return failure(call.desk, refuseFor('store/unavailable', 5), requestId);
};

/** A repeat of a streamed body: whether it is the same body shows when all of it is read. */
const settled = async (call: Call, reads: Reads, admission: Admission): Promise<Admission> => {
  if (admission.kind !== 'repeated' || !(call.body instanceof BodyStream)) return admission;
  await call.body.drain();
  return admit(call, reads, call.runtime.now());
};

/** Serves a received request: loads its documents, admits it, handles it, responds. */
export const serve = async (call: Call, requestId: string): Promise<ApiResponse> => {
  try {
    const reads = await call.store.load(call.keys);
    const admission = await settled(call, reads, admit(call, reads, call.runtime.now()));
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
