import { createHash } from 'node:crypto';
import { z } from 'zod';
import { refuse, type Problem } from '../problem.ts';
import type { Plan, Step } from '../store/change.ts';
import { JSON_BODY } from './endpoint.ts';
import type { ApiResponse } from './response.ts';
import { collection } from '../store/collection.ts';
import type { DocKey, Loaded, Write } from '../store/document.ts';

/**
 * `idempotency/{hash of caller, route and key}`: the first answer to a POST that carried an
 * `Idempotency-Key`, created in the same commit as its effect.
 */
const recordSchema = z.object({
  bodyHash: z.string(),
  status: z.number().int(),
  /** The answer's JSON text. */
  answer: z.string(),
  contentType: z.string(),
  expiresAt: z.date(),
});

export type StoredResponse = z.output<typeof recordSchema>;

export const storedResponses = collection('idempotency', recordSchema, { ttl: 'expiresAt' });

const STORED_MS = 24 * 60 * 60_000;
const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

const hash = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** A request that carries an `Idempotency-Key`: where its response is stored, and its body's hash. */
export interface IdempotentRequest {
  readonly key: DocKey<StoredResponse>;
  readonly bodyHash: string;
}

/** What an `Idempotency-Key` stands for; 400 for a key of the wrong form. */
export const idempotentRequestOf = (
  header: string,
  caller: string,
  route: string,
  input: unknown,
): IdempotentRequest | Problem =>
  KEY.test(header)
    ? {
        key: storedResponses.doc(hash(caller, route, header)),
        bodyHash: hash(JSON.stringify(input)),
      }
    : refuse('request/idempotency-key-invalid');

/** The one wrapper around a commit: writes the response to an idempotent request beside its effect. */
export const withStoredResponse = <T, S>(
  step: Step<T, S>,
  responseWrite: (answer: T) => Write,
): Step<T, S> => {
  const wrapped = (plan: Plan<T>): Plan<T> => ({
    ...plan,
    writes: [...plan.writes, responseWrite(plan.answer)],
  });
  if (step.kind === 'stop') return step;
  return step.kind === 'write'
    ? { ...step, plan: wrapped(step.plan) }
    : { ...step, plan: (n) => wrapped(step.plan(n)) };
};

/** The stored response until its day is over; 422 when it was given to another body. */
export const storedResponseOf = (
  { bodyHash }: IdempotentRequest,
  seen: Loaded<StoredResponse> | undefined,
  now: Date,
): StoredResponse | Problem | undefined => {
  if (seen === undefined || seen.data.expiresAt <= now) return undefined;
  return seen.data.bodyHash === bodyHash ? seen.data : refuse('request/idempotency-key-reused');
};

/** Stores a response: fails the commit when another request with this key was first. */
export const storeResponse = (
  { key, bodyHash }: IdempotentRequest,
  seen: Loaded<StoredResponse> | undefined,
  response: Pick<ApiResponse, 'status' | 'body' | 'headers'>,
  now: Date,
): Write => {
  const data = {
    bodyHash,
    status: response.status,
    answer: JSON.stringify(response.body),
    contentType: response.headers?.['Content-Type'] ?? JSON_BODY.type,
    expiresAt: new Date(now.getTime() + STORED_MS),
  };
  return seen === undefined
    ? storedResponses.create(key.id, data)
    : storedResponses.update(seen, data);
};
