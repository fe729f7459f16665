import { expect } from 'chai';
import { desks } from '../../src/api.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, type Sending } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const MB = 1024 * 1024;

describe('every answer of the API', () => {
  let api: TestApi;
  let world: CgsWorld;
  let noc: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    noc = await world.member('NOC');
  });
  after(() => api.stop());

  const call = (method: string, path: string, sending: Sending = {}) =>
    world.call(method, path, sending);
  /** One answer of each kind: done, refused, unknown path, wrong verb, bad body, options. */
  const kinds = () =>
    Promise.all([
      call('GET', '/v1/tickets', { as: noc }),
      call('GET', '/v1/tickets'),
      call('GET', '/v1/nothing'),
      call('GET', '/elsewhere'),
      call('DELETE', '/v1/tickets', { as: noc }),
      call('POST', '/v1/tickets', { as: noc, raw: '{' }),
      call('OPTIONS', '/v1/tickets'),
    ]);

  it('carries a request id of its own, which its log line and its error body share', async () => {
    const answers = await kinds();
    const ids = answers.map(({ headers }) => headers.get('X-Request-Id') ?? '');
    expect(new Set(ids).size).to.equal(ids.length);
    for (const [index, id] of ids.entries()) {
      expect(id).to.match(UUID);
      const lines = api.lines.filter(({ fields }) => at(fields, 'requestId') === id);
      expect(lines).to.have.length(1);
      expect(at(lines[0]?.fields, 'status')).to.equal(answers[index]?.status);
      const shown = at(answers[index]?.body, 'error', 'requestId');
      expect(shown).to.be.oneOf([id, undefined]);
    }
  });

  it('does not take its request id from the caller', async () => {
    const headers = { 'X-Request-Id': 'forged' };
    const answer = await call('GET', '/v1/tickets', { as: noc, headers });
    expect(answer.headers.get('X-Request-Id')).to.match(UUID);
  });

  it('is not cached, and tells nothing of the server', async () => {
    for (const { headers } of await kinds()) {
      expect(headers.get('Cache-Control')).to.equal('private, no-store');
      expect(headers.get('X-Powered-By')).to.equal(null);
      expect(headers.get('ETag')).to.equal(null);
    }
  });

  it('is no page to a browser: it runs nothing, is in no frame and is not taken for HTML', async () => {
    for (const { headers } of await kinds()) {
      const policy = "default-src 'none';frame-ancestors 'none';sandbox";
      expect(headers.get('Content-Security-Policy')).to.equal(policy);
      expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
      expect(headers.get('X-Frame-Options')).to.equal('DENY');
      expect(headers.get('Cross-Origin-Resource-Policy')).to.equal('same-origin');
      expect(headers.get('Referrer-Policy')).to.equal('no-referrer');
    }
  });

  it('keeps browsers on https for a year', async () => {
    for (const { headers } of await kinds()) {
      const seconds = /^max-age=(\d+)/.exec(headers.get('Strict-Transport-Security') ?? '')?.[1];
      expect(Number(seconds)).to.be.at.least(365 * 24 * 60 * 60);
    }
  });

  it('names its type and UTF-8 wherever it has a body', async () => {
    const answers = await Promise.all([
      kinds(),
      call('GET', '/v1/tickets/export', { as: noc }),
      call('GET', '/api/nothing'),
    ]);
    const withBody = answers.flat().filter(({ text }) => text !== '');
    const types = withBody.map(({ headers }) => headers.get('Content-Type'));
    expect([...new Set(types)]).to.have.members([
      'application/json; charset=utf-8',
      'application/problem+json; charset=utf-8',
      'text/csv; charset=utf-8',
    ]);
  });

  it('is logged with who asked what, how it ended, how long it took and its bill', async () => {
    const answer = await call('GET', '/v1/users/me', { as: noc });
    const id = answer.headers.get('X-Request-Id');
    const line = api.lines.find(({ fields }) => at(fields, 'requestId') === id);
    expect(line?.fields).to.deep.include({
      desk: 'cgs',
      method: 'GET',
      route: '/v1/users/me',
      status: 200,
      uid: noc.id,
      reads: 1,
      writes: 0,
    });
    expect(at(line?.fields, 'ms')).to.be.a('number');
  });

  it('has its status in the body too', async () => {
    for (const { status, body } of await kinds()) {
      if (body !== undefined) expect(at(body, 'statusCode')).to.equal(status);
    }
  });

  describe('across origins', () => {
    const fromOrigin = (origin: string) => ({ headers: { Origin: origin } });

    const declared = desks.flatMap(({ endpoints }) =>
      endpoints.flatMap((endpoint) => Object.keys(endpoint.headers?.shape ?? {})),
    );

    it('lets the allowed web apps read answers with each declared header, by their cookies', async () => {
      const { headers } = await call('GET', '/v1/tickets', fromOrigin('https://noc.example'));
      expect(headers.get('Access-Control-Allow-Origin')).to.equal('https://noc.example');
      expect(headers.get('Access-Control-Allow-Credentials')).to.equal('true');
      const exposed = headers.get('Access-Control-Expose-Headers')?.split(',') ?? [];
      expect(exposed).to.include.members(['X-Request-Id', ...declared]);
      expect(headers.get('Vary')).to.include('Origin');
    });

    it('lets no other origin read them', async () => {
      for (const origin of ['https://evil.example', 'https://noc.example.evil', 'null']) {
        for (const method of ['GET', 'OPTIONS']) {
          const { headers } = await call(method, '/v1/tickets', fromOrigin(origin));
          expect(headers.get('Access-Control-Allow-Origin')).to.equal(null);
        }
      }
    });

    it('answers the preflight of an allowed web app', async () => {
      const { status, headers } = await call('OPTIONS', '/v1/tickets', {
        headers: {
          Origin: 'https://noc.example',
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'content-type,idempotency-key',
        },
      });
      expect(status).to.equal(204);
      expect(headers.get('Access-Control-Allow-Origin')).to.equal('https://noc.example');
      expect(headers.get('Access-Control-Allow-Methods')).to.include('POST');
      expect(headers.get('Access-Control-Allow-Headers')).to.match(/Idempotency-Key/i);
      expect(headers.get('Allow')).to.include('POST');
    });
  });

  describe('to a body', () => {
    const login = (raw: string, headers = {}) => call('POST', '/v1/login', { raw, headers });
    const padded = (bytes: number): string => {
      const frame = JSON.stringify({ email: 'a@b.co', password: '' });
      return frame.replace('""', `"${'x'.repeat(bytes - frame.length)}"`);
    };

    it('of exactly 1 MB is about its content, and one byte more is too large', async () => {
      expect((await login(padded(MB))).status).to.equal(400);
      expect((await login(padded(MB + 1))).status).to.equal(413);
    });

    it('sent in chunks without a length has the same limit', async () => {
      const headers = { 'Transfer-Encoding': 'chunked' };
      expect((await login(padded(MB), headers)).status).to.equal(400);
      expect((await login(padded(MB + 1), headers)).status).to.equal(413);
    });

    it('with a charset parameter for UTF-8 is taken, in any letter case', async () => {
      for (const type of ['application/json; charset=UTF-8', 'Application/JSON;charset="utf-8"']) {
        const answer = await login('{}', { 'Content-Type': type });
        expect(at(answer.body, 'error', 'code')).to.equal('request/invalid');
      }
    });

    it('that is no UTF-8 is refused', async () => {
      const raw = Buffer.from('{"email":"\xff"}', 'latin1');
      const answer = await call('POST', '/v1/login', { raw });
      expect(at(answer.body, 'error', 'code')).to.equal('request/malformed');
      expect(answer.status).to.equal(400);
    });
  });
});
