import { expect } from 'chai';
import { z } from 'zod';
import { at, type Received, type Sending, send } from './client.ts';
import type { TestApi } from './harness.ts';
import type { WireMeter } from './wire-meter.ts';

/** An answer, and what it cost at the store. */
export interface Billed extends Received {
  readonly reads: number;
  readonly writes: number;
}

export type Ask = (method: string, path: string, sending?: Sending) => Promise<Billed>;

const lineFields = z.object({
  requestId: z.string(),
  status: z.number(),
  reads: z.number().optional(),
  writes: z.number().optional(),
});

const INSIDES = /node_modules|functions\/src|\bat .+:\d+:\d+|\.ts:\d+/;

const secretsOf = ({ as, body, headers }: Sending): string[] =>
  [
    as?.cookie,
    as?.token,
    at(body, 'password'),
    at(body, 'rePassword'),
    headers?.['Idempotency-Key'],
  ].flatMap((secret) => (typeof secret === 'string' && secret.length >= 6 ? [secret] : []));

const expectQuiet = (text: string, secrets: readonly string[]): void => {
  expect(text).not.to.match(INSIDES);
  for (const secret of secrets) expect(text.includes(secret), 'tells a secret').to.equal(false);
};

/**
 * Sends requests one at a time and holds each answer to what is promised of all: no 5xx, a request
 * id that its log line shares, no secret and no insides in either, and a bill in the log that
 * agrees with the wire.
 */
export const guarded =
  (api: TestApi, wire: WireMeter): Ask =>
  async (method, path, sending = {}) => {
    const before = { ...wire };
    const lines = api.lines.length;
    const answer = await send(api.url, method, path, sending);
    const bill = { reads: wire.reads - before.reads, writes: wire.writes - before.writes };
    const [line, ...others] = api.lines.slice(lines);
    expect(answer.status, `${method} ${path}: ${answer.text}`).to.be.below(500);
    expect(others, 'more than one log line').to.have.length(0);
    expect(line?.severity).to.equal('INFO');
    const { reads = 0, writes = 0, requestId, status } = lineFields.parse(line?.fields);
    expect({ reads, writes }, 'the bill in the log').to.deep.equal(bill);
    expect(requestId).to.equal(answer.headers.get('X-Request-Id'));
    expect(status).to.equal(answer.status);
    const secrets = secretsOf(sending);
    expectQuiet(answer.text, secrets);
    expectQuiet(JSON.stringify(line), secrets);
    return { ...answer, ...bill };
  };
