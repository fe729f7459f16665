import { createHash } from 'node:crypto';
import { z } from 'zod';
import { refuse, type Problem } from '../problem.ts';
import { collection, type DocKey, type Loaded, type Write } from '../store/document.ts';

/**
 * `idempotency/{hash of caller, route and key}`: the first answer to a POST that carried an
 * `Idempotency-Key`, created in the same commit as its effect.
 */
const recordSchema = z.object({
  bodyHash: z.string(),
  status: z.number().int(),
  /** The answer's JSON text. */
  answer: z.string(),
  expiresAt: z.date(),
});

export type KeptAnswer = z.output<typeof recordSchema>;

const records = collection('idempotency', recordSchema);

const KEPT_MS = 24 * 60 * 60_000;
const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

const hash = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** One repeatable request: where its answer is kept and what its body was. */
export interface Repeatable {
  readonly key: DocKey<KeptAnswer>;
  readonly bodyHash: string;
}

/** The record that a request's `Idempotency-Key` stands for; 400 for a key of the wrong form. */
export const repeatableOf = (
  header: string,
  caller: string,
  route: string,
  input: unknown,
): Repeatable | Problem =>
  KEY.test(header)
    ? { key: records.doc(hash(caller, route, header)), bodyHash: hash(JSON.stringify(input)) }
    : refuse('request/idempotency-key-invalid');

/** The kept answer, unless its day is over; 422 when it was given to another body. */
export const keptAnswer = (
  { bodyHash }: Repeatable,
  seen: Loaded<KeptAnswer> | undefined,
  now: Date,
): KeptAnswer | Problem | undefined => {
  if (seen === undefined || seen.data.expiresAt <= now) return undefined;
  return seen.data.bodyHash === bodyHash ? seen.data : refuse('request/idempotency-key-reused');
};

/** Keeps an answer: fails the commit when another request with this key was first. */
export const keepAnswer = (
  { key, bodyHash }: Repeatable,
  seen: Loaded<KeptAnswer> | undefined,
  answer: { readonly status: number; readonly body: unknown },
  now: Date,
): Write => {
  const data = {
    bodyHash,
    status: answer.status,
    answer: JSON.stringify(answer.body),
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
  return seen === undefined ? records.create(key.id, data) : records.update(seen, data);
};
