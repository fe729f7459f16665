import { expect } from 'chai';
import { z } from 'zod';
import { at, type Received, type Sending, send } from './client.ts';
import type { TestApi } from './harness.ts';

/** An answer, and how many documents it read and wrote. */
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
    at(body, 'currentPassword'),
    at(body, 'newPassword'),
    at(body, 'code'),
    headers?.['Idempotency-Key'],
  ].flatMap((secret) => (typeof secret === 'string' && secret.length >= 6 ? [secret] : []));

const expectQuiet = (text: string, secrets: readonly string[]): void => {
  expect(text).not.to.match(INSIDES);
  for (const secret of secrets) expect(text.includes(secret), 'contains a secret').to.equal(false);
};

/**
 * Sends requests to an API over a `billedStore`, and checks each answer against what is promised of
 * all: no 5xx, one log line with the same request id, no secret and no insides in either, and a
 * bill in the log that agrees with the wire.
 */
export const guarded =
  (api: TestApi): Ask =>
  async (method, path, sending = {}) => {
    const answer = await send(api.url, method, path, sending);
    const requestId = answer.headers.get('X-Request-Id');
    const { lines, ...bill } = api.trafficOf(requestId);
    const [line, ...others] = lines;
    expect(answer.status, `${method} ${path}: ${answer.text}`).to.be.below(500);
    expect(others, 'more than one log line').to.have.length(0);
    expect(line?.severity).to.equal('INFO');
    const { reads = 0, writes = 0, ...logged } = lineFields.parse(line?.fields);
    expect({ reads, writes }, 'the bill in the log').to.deep.equal(bill);
    expect(logged).to.deep.equal({ requestId, status: answer.status });
    const secrets = secretsOf(sending);
    expectQuiet(answer.text, secrets);
    expectQuiet(JSON.stringify(line), secrets);
    return { ...answer, ...bill };
  };
