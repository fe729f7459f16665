import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import {
  type Credential,
  credentialOf,
  type Principal,
  principalOf,
  sessionTokenOf,
} from '../auth/principal.ts';
import { touchSession } from '../auth/session.ts';
import { describeError } from '../log.ts';
import { Problem, refuseFor } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { change, outcomeOf, type Plan, type Step } from '../store/change.ts';
import type { DocKey, Loaded, Reads } from '../store/document.ts';
import type { Counter } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from './desk.ts';
import {
  type Deciding,
  type Endpoint,
  type Further,
  type Prepared,
  textStream,
  type Tools,
} from './endpoint.ts';
import {
  type KeptAnswer,
  keepAnswer,
  keptAnswer,
  type Repeatable,
  repeatableOf,
} from './idempotency.ts';

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** An answer that is not JSON, as it comes; `body` is then left out. */
  readonly text?: AsyncIterable<string>;
}

/** The answer to an earlier request with the same key: ends a handler from inside its change. */
class Replayed extends Error {
  readonly kept: KeptAnswer;
  constructor(kept: KeptAnswer) {
    super('replayed');
    this.kept = kept;
  }
}

/** One request under way: what was asked, by whom, and what must be read to answer it. */
export interface Job {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly desk: Desk;
  readonly endpoint: Endpoint;
  readonly credential: Credential;
  readonly prepared: Prepared | Problem;
  readonly repeatable: Repeatable | Problem | undefined;
  readonly keys: readonly DocKey<unknown>[];
}

/** Someone who may go on, with the record of an expired key that their answer would replace. */
interface Passed {
  readonly principal: Principal | undefined;
  readonly prepared: Prepared;
  readonly record: Loaded<KeptAnswer> | undefined;
}

/** Parses the input and finds out which documents the request needs. */
export const openJob = async (
  runtime: Runtime,
  desk: Desk,
  endpoint: Endpoint,
  req: Request,
): Promise<Job> => {
  const { params, query, body } = req;
  const prepared = endpoint.prepare({ params, query, body });
  const credential: Credential =
    endpoint.roles === 'public'
      ? { kind: 'none' }
      : await credentialOf(req.headers, runtime.accounts, desk.accepts);
  const header = endpoint.method === 'post' ? req.header('idempotency-key') : undefined;
  const repeatable =
    header === undefined || credential.kind === 'none' || prepared instanceof Problem
      ? undefined
      : repeatableOf(
          header,
          credential.uid,
          `${desk.name} ${req.baseUrl}${req.path}`,
          prepared.input,
        );
  const keys = [
    ...(credential.kind === 'none' ? [] : [credential.key]),
    ...(repeatable === undefined || repeatable instanceof Problem ? [] : [repeatable.key]),
    ...(prepared instanceof Problem ? [] : prepared.keys),
  ];
  const store = runtime.store.metered();
  return { runtime, store, desk, endpoint, credential, prepared, repeatable, keys };
};

/** Holds what was read against who may go on: 401, 403, 400, 422, or the answer given before. */
const gate = (job: Job, reads: Reads, now: Date): Passed | Problem | KeptAnswer => {
  const { endpoint, credential, prepared, repeatable } = job;
  const isPublic = endpoint.roles === 'public';
  const principal = isPublic ? undefined : principalOf(credential, reads, now);
  if (principal instanceof Problem) return principal;
  const refused = endpoint.admit(principal);
  if (refused !== undefined) return refused;
  if (prepared instanceof Problem) return prepared;
  if (repeatable instanceof Problem) return repeatable;
  const record = repeatable === undefined ? undefined : reads.get(repeatable.key);
  const kept = repeatable === undefined ? undefined : keptAnswer(repeatable, record, now);
  return kept ?? { principal, prepared, record };
};

const isPassed = (gated: Passed | Problem | KeptAnswer): gated is Passed => 'prepared' in gated;

/** The answer of a handler in the desk's envelope; data that the schema does not know stays in. */
const success = ({ desk, endpoint }: Job, data: unknown): Answer => {
  const { status, output, produces } = endpoint;
  if (produces === undefined) return { status, body: desk.success(status, output.parse(data)) };
  const headers = { 'Content-Type': `${produces}; charset=utf-8` };
  return { status, body: undefined, text: textStream.parse(data), headers };
};

const replay = (kept: KeptAnswer): Answer => ({
  status: kept.status,
  body: JSON.parse(kept.answer),
  headers: { 'Idempotent-Replayed': 'true' },
});

type DecideStep<T> = (
  deciding: Deciding<Principal | undefined>,
  keep: (plan: Plan<T>) => Plan<T>,
) => Step<T, Problem>;

/** Runs a change of the handler's, going through the gate again at each attempt. */
const changeFor = async <T>(
  job: Job,
  first: Reads,
  decide: DecideStep<T>,
  also?: Further,
): Promise<T | Problem> => {
  const { runtime, store, keys, repeatable } = job;
  const withFurther = async (declared: Reads): Promise<Reads> =>
    also === undefined ? declared : store.load(await also(declared), declared);
  const outcome = await change<T, Problem | KeptAnswer>(store, runtime.groups, {
    changeId: randomUUID(),
    read: async (more) => withFurther(await store.load([...keys, ...more])),
    first: await withFurther(first),
    decide: (reads) => {
      const now = runtime.now();
      const gated = gate(job, reads, now);
      if (!isPassed(gated)) return { kind: 'stop', value: gated };
      const keep = (plan: Plan<T>): Plan<T> =>
        repeatable === undefined || repeatable instanceof Problem
          ? plan
          : {
              ...plan,
              writes: [
                ...plan.writes,
                keepAnswer(repeatable, gated.record, success(job, plan.answer), now),
              ],
            };
      return decide({ reads, actor: gated.principal, now }, keep);
    },
  });
  if ('answer' in outcome) return outcome.answer;
  if (outcome.stopped instanceof Problem) return outcome.stopped;
  throw new Replayed(outcome.stopped);
};

const toolsOf = (job: Job, req: Request, res: Response, first: Reads, passed: Passed) => {
  const now = job.runtime.now();
  const tools: Tools<Principal | undefined> = {
    runtime: job.runtime,
    store: job.store,
    reads: first,
    actor: passed.principal,
    now,
    address: req.ip ?? '',
    sessionToken: sessionTokenOf(req.headers),
    setCookie: ({ name, value, options }) => res.cookie(name, value, options),
    setHeader: (name, value) => res.set(name, value),
    change: (decide, also) =>
      changeFor(
        job,
        first,
        (deciding, keep) => {
          const plan = decide(deciding);
          return plan instanceof Problem
            ? { kind: 'stop', value: plan }
            : { kind: 'write', plan: keep(plan) };
        },
        also,
      ),
    changeNumbered: (counter: (now: Date) => Counter, decide, also) =>
      changeFor(
        job,
        first,
        (deciding, keep) => {
          const tried = decide(deciding, 1);
          if (tried instanceof Problem) return { kind: 'stop', value: tried };
          const plan = (n: number) => {
            const numbered = decide(deciding, n);
            if (numbered instanceof Problem) throw numbered;
            return keep(numbered);
          };
          return { kind: 'number', counter: counter(deciding.now), plan };
        },
        also,
      ),
  };
  return tools;
};

/** Keeps a refusal for the request's key, so that a repeat is told the same. */
const keepRefusal = async (job: Job, refusal: Answer): Promise<Answer> => {
  const { runtime, store, keys, repeatable } = job;
  if (repeatable === undefined || repeatable instanceof Problem) return refusal;
  const outcome = await change<Answer, Answer>(store, runtime.groups, {
    changeId: randomUUID(),
    read: (more) => store.load([...keys, ...more]),
    decide: (reads) => {
      const now = runtime.now();
      const seen = reads.get(repeatable.key);
      const kept = keptAnswer(repeatable, seen, now);
      if (kept instanceof Problem) return { kind: 'stop', value: refusal };
      if (kept !== undefined) return { kind: 'stop', value: replay(kept) };
      const writes = [keepAnswer(repeatable, seen, refusal, now)];
      return { kind: 'write', plan: { writes, answer: refusal } };
    },
  });
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};

/** Keeps a session that is used alive. Losing the race against its end is no failure. */
const touch = async (job: Job, principal: Principal | undefined, now: Date): Promise<void> => {
  const session = principal?.session;
  const write = session && touchSession(job.runtime.config, session, now);
  if (write === undefined) return;
  try {
    await job.store.commit([write]);
  } catch (error) {
    if (outcomeOf(error) === 'permanent') throw error;
  }
};

/** A problem in the desk's own error body. */
export const failure = (desk: Desk, problem: Problem, requestId: string): Answer => ({
  status: problem.status,
  body: desk.failure(problem, requestId),
  headers: { ...problem.headers, 'Content-Type': desk.failureType },
});

const isKept = (problem: Problem): boolean => problem.status < 500 && problem.status !== 429;

/** Reads, passes the gate, handles, and puts the outcome into the desk's envelope. */
const handle = async (
  job: Job,
  req: Request,
  res: Response,
  requestId: string,
): Promise<Answer> => {
  const reads = await job.store.load(job.keys);
  const now = job.runtime.now();
  const gated = gate(job, reads, now);
  if (gated instanceof Problem) return failure(job.desk, gated, requestId);
  if (!isPassed(gated)) return replay(gated);
  try {
    const outcome = await gated.prepared.handle(toolsOf(job, req, res, reads, gated));
    if (!(outcome instanceof Problem)) return success(job, outcome);
    const refusal = failure(job.desk, outcome, requestId);
    return isKept(outcome) ? await keepRefusal(job, refusal) : refusal;
  } catch (error) {
    if (error instanceof Replayed) return replay(error.kept);
    throw error;
  } finally {
    await touch(job, gated.principal, now);
  }
};

/**
 * Answers one request. A problem thrown anywhere inside becomes the desk's error body, and so does
 * a store that does not answer; any other error is the caller's to log.
 */
export const serve = async (
  job: Job,
  req: Request,
  res: Response,
  requestId: string,
): Promise<Answer> => {
  try {
    return await handle(job, req, res, requestId);
  } catch (error) {
    if (error instanceof Problem) return failure(job.desk, error, requestId);
    if (outcomeOf(error) !== 'unknown') throw error;
    job.runtime.log.write('ERROR', 'the store does not answer', {
      requestId,
      ...describeError(error),
    });
    return failure(job.desk, refuseFor('store/unavailable', 5), requestId);
  }
};
