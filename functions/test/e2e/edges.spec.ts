import { expect } from 'chai';
import { codeOf } from '../support/client.ts';
import { apiUrl, ask, demo } from './stack.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends bytes that are not a well-formed request, and returns what comes back. */
const raw = async (method: string, path: string, more: RequestInit = {}): Promise<Answer> => {
  const answer = await fetch(`${apiUrl()}${path}`, { method, ...more });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

/** A refusal must be in the desk's envelope, also when Hosting or the runtime sends it. */
const expectRefusal = ({ status, headers, text }: Answer, wanted: number, code: string): void => {
  expect(status, text.slice(0, 300)).to.equal(wanted);
  expect(headers.get('Content-Type')).to.match(/^application\/json/);
  const body: { statusCode?: unknown; error?: { code?: unknown; requestId?: unknown } } =
    JSON.parse(text);
  expect(body.statusCode).to.equal(wanted);
  expect(body.error?.code).to.equal(code);
  expect(body.error?.requestId).to.equal(headers.get('X-Request-Id'));
};

const json = { 'Content-Type': 'application/json' };

describe('odd requests through Hosting and Functions', () => {
  it('answer 400 for a body that is no JSON, whoever on the way reads it first', async () => {
    // The Functions runtime parses JSON before our code runs, and refuses with its own message.
    const answer = await raw('POST', '/v1/login', { headers: json, body: '{"email":' });
    expect(answer.status).to.equal(400);
  });

  it('answer 400 and name the fields of a body that is JSON but wrong', async () => {
    const answer = await ask('POST', '/v1/login', { body: { email: 'nobody', extra: 1 } });
    expect(answer.status).to.equal(400);
    expect(codeOf(answer)).to.equal('request/invalid');
    for (const field of ['email', 'password', 'extra']) expect(answer.text).to.include(field);
  });

  it('answer 413 for a body over 1 MB', async () => {
    const body = JSON.stringify({ email: 'x@y.zz', password: 'x'.repeat(1_100_000) });
    const answer = await raw('POST', '/v1/login', { headers: json, body });
    expectRefusal(answer, 413, 'request/too-large');
  });

  it('answer a client that first asks whether to send its body, as curl does above 1 MB', async () => {
    const headers = { ...json, Expect: '100-continue' };
    const answer = await ask('POST', '/v1/login', { body: { email: 'nobody' }, headers });
    expect([answer.status, codeOf(answer)]).to.deep.equal([400, 'request/invalid']);
  });

  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
    it(`answer 415 for a body of type ${type}`, async () => {
      const answer = await raw('POST', '/v1/login', {
        headers: { 'Content-Type': type },
        body: 'email=x',
      });
      expectRefusal(answer, 415, 'request/unsupported-media-type');
    });
  }

  it('answer 404 in the envelope where nothing is served', async () => {
    expectRefusal(await raw('GET', '/v1/nothing'), 404, 'request/not-found');
  });

  it('answer 405 with Allow for another verb on a known path', async () => {
    const answer = await raw('DELETE', '/v1/login');
    expectRefusal(answer, 405, 'request/method-not-allowed');
    expect(answer.headers.get('Allow')).to.equal('POST, OPTIONS');
  });

  it('answer HEAD as GET, without a body', async () => {
    const as = await demo('noc.west');
    const headers = { Cookie: `__session=${as.cookie}` };
    const [head, get] = [
      await raw('HEAD', '/v1/tickets', { headers }),
      await raw('GET', '/v1/tickets', { headers }),
    ];
    expect([head.status, get.status]).to.deep.equal([200, 200]);
    expect(head.text).to.equal('');
    expect(head.headers.get('Content-Type')).to.equal(get.headers.get('Content-Type'));
  });

  it('answer OPTIONS with the verbs of the path', async () => {
    const answer = await raw('OPTIONS', '/v1/tickets');
    expect(answer.status).to.equal(204);
    expect(answer.headers.get('Allow')).to.equal('POST, GET, HEAD, OPTIONS');
  });

  it('carry a request id and security headers, and must not be stored by any cache', async () => {
    const { headers } = await raw('GET', '/v1/users/me');
    expect(headers.get('X-Request-Id')).to.match(/^[0-9a-f-]{36}$/);
    // Hosting removes the cookies of every answer that is not private.
    expect(headers.get('Cache-Control')).to.equal('private, no-store');
    expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
  });
});
