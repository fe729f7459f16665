import { createHash } from 'node:crypto';
import { z } from 'zod';
import { withoutSecrets } from '../audit/left-out.ts';
import { refuse, type Problem } from '../problem.ts';
import { BodyStream } from './body-stream.ts';
import { JSON_BODY } from './endpoint.ts';
import type { ApiResponse } from './response.ts';
import { collection } from '../store/collection.ts';
import { fieldOf } from '../store/page.ts';
import type { DocKey, Loaded, Write } from '../store/document.ts';

/**
 * `idempotency/{hash of caller, route and key}`: the first response to a POST with an
 * `Idempotency-Key`, created in the same commit as its effect.
 */
const recordSchema = z.object({
  bodyHash: z.string(),
  status: z.number().int(),
  /** The response's body, as JSON text, without its secrets. */
  answer: z.string(),
  contentType: z.string(),
  expiresAt: z.date(),
});

export type StoredResponse = z.output<typeof recordSchema>;

export const storedResponses = collection('idempotency', recordSchema, {
  unindexed: ['answer'],
  ttl: 'expiresAt',
});

const STORED_MS = 24 * 60 * 60_000;
const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

const hash = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * A request with an `Idempotency-Key`: where its response is stored, and its body's hash, which is
 * undefined until a body that is streamed has been read.
 */
export interface IdempotentRequest {
  readonly key: DocKey<StoredResponse>;
  readonly bodyHash: () => string | undefined;
}

const isUnread = (input: unknown): boolean => {
  const body = fieldOf(input, 'body');
  return body instanceof BodyStream && body.sha256 === undefined;
};

/** Makes the idempotent request of a key; 400 for a key of the wrong form. */
export const idempotentRequestOf = (
  header: string,
  caller: string,
  route: string,
  input: unknown,
): IdempotentRequest | Problem =>
  KEY.test(header)
    ? {
        key: storedResponses.doc(hash(caller, route, header)),
        // With the key, which is not stored: no password in a body can be guessed by this hash.
        bodyHash: () => (isUnread(input) ? undefined : hash(header, JSON.stringify(input))),
      }
    : refuse('request/idempotency-key-invalid');

/** The stored response, for a day; 422 when it was for another body, as far as that is read. */
export const storedResponseOf = (
  { bodyHash }: IdempotentRequest,
  seen: Loaded<StoredResponse> | undefined,
  now: Date,
): StoredResponse | Problem | undefined => {
  if (seen === undefined || seen.data.expiresAt <= now) return undefined;
  const sent = bodyHash();
  return sent === undefined || sent === seen.data.bodyHash
    ? seen.data
    : refuse('request/idempotency-key-reused');
};

/**
 * The write of a response, in which a secret is null: it was shown once. The commit fails when another
 * request with this key was first.
 */
export const storeResponse = (
  { key, bodyHash }: IdempotentRequest,
  seen: Loaded<StoredResponse> | undefined,
  response: Pick<ApiResponse, 'status' | 'body' | 'headers'>,
  now: Date,
): Write => {
  const data = {
    bodyHash: bodyHash() ?? '',
    status: response.status,
    answer: JSON.stringify(response.body, withoutSecrets),
    contentType: response.headers?.['Content-Type'] ?? JSON_BODY.type,
    expiresAt: new Date(now.getTime() + STORED_MS),
  };
  return storedResponses.put(key.id, seen, data);
};
