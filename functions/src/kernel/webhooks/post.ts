import { type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { z } from 'zod';
import type { Attempt } from './collection.ts';
import type { Message } from './message.ts';

/** Where a message goes. */
export interface Target {
  readonly url: string;
  /** Whether this machine may be called: on emulators only. */
  readonly toLoopback: boolean;
  /** Resolves names; by default the system does. */
  readonly lookup?: NonNullable<RequestOptions['lookup']>;
  /** 15 seconds by default. */
  readonly timeoutMs?: number;
}

const LOOPBACK = ['127.0.0.1', '::1'];

const coded = z.object({ code: z.string() });

/** A word for what went wrong: a code of Node's, such as ECONNREFUSED. */
const errorOf = (error: unknown): string => {
  if (error instanceof Error && /is not allowed/.test(error.message)) return 'ADDRESS_NOT_ALLOWED';
  const code = coded.safeParse(error).data?.code ?? 'UNKNOWN';
  return code === 'ABORT_ERR' ? 'TIMEOUT' : code;
};

const send = async (
  { url, toLoopback, lookup, timeoutMs = 15_000 }: Target,
  { headers, body }: Message,
): Promise<number | null> => {
  const { useAgent } = await import('request-filtering-agent');
  const { href, protocol } = new URL(url);
  // Of its own, so that no connection outlives the check of its address.
  const agent = useAgent(href, { allowIPAddressList: toLoopback ? LOOPBACK : [] });
  const request = protocol === 'https:' ? requestHttps : requestHttp;
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(href, { method: 'POST', agent, headers, signal, ...(lookup && { lookup }) })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  // Its headers say all that matters; of a body that never ends nothing is read.
  response.destroy();
  return response.statusCode ?? null;
};

/**
 * Sends a message: its response's status, or why there was none, and the time it took. It never
 * follows a redirect, and connects to public addresses alone, whatever the name resolves to.
 */
export const post = async (target: Target, message: Message): Promise<Omit<Attempt, 'at'>> => {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  try {
    const status = await send(target, message);
    return { status, error: null, ms: took() };
  } catch (error) {
    return { status: null, error: errorOf(error), ms: took() };
  }
};
