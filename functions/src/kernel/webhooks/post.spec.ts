import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { LookupAddress } from 'node:dns';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { post, type Target } from './post.ts';

const message = { headers: { 'webhook-id': 'a' }, body: '{"type":"cgs.opened"}' };

/** What a receiver does, by the path. */
const PATHS: Readonly<Record<string, number>> = {
  '/ok': 204,
  '/fails': 503,
  '/elsewhere': 302,
  '/endless': 200,
};

describe('a request to a webhook', () => {
  const received: string[] = [];
  let server: Server;
  let port: number;

  before(async () => {
    const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const { method, url = '', headers } = request;
      received.push(`${method} ${url} ${String(headers['webhook-id'])} ${await text(request)}`);
      if (url === '/silent') return;
      const status = PATHS[url] ?? 404;
      response.writeHead(status, { Location: '/ok' });
      if (url === '/endless') response.write('x');
      else response.end('a body');
    };
    server = createServer((...exchange) => void respond(...exchange)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = z.object({ port: z.number() }).parse(server.address()));
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  beforeEach(() => received.splice(0));

  const at = (path: string, more: Partial<Target> = {}) =>
    post({ url: `http://127.0.0.1:${port}${path}`, toLoopback: true, ...more }, message);

  /** Names resolve to what the list says, one entry for each time that they are looked up. */
  const resolving = (...answers: readonly (readonly string[])[]): Target => {
    const left = [...answers];
    return {
      url: `http://hooks.example.com:${port}/ok`,
      toLoopback: false,
      lookup: (_, { all }, done) => {
        const found = left.shift() ?? [];
        const addresses: LookupAddress[] = found.map((address) => ({
          address,
          family: address.includes(':') ? 6 : 4,
        }));
        const [first] = addresses;
        if (all === true) done(null, addresses);
        else done(null, first?.address ?? '', first?.family ?? 4);
      },
    };
  };

  it('is a POST with the message’s headers and body', async () => {
    expect(await at('/ok')).to.include({ status: 204, error: null });
    expect(received).to.deep.equal(['POST /ok a {"type":"cgs.opened"}']);
  });

  it('tells the status of a failure, and how long it took', async () => {
    const { status, ms } = await at('/fails');
    expect(status).to.equal(503);
    expect(ms).to.be.at.least(0);
  });

  it('follows no redirect', async () => {
    expect(await at('/elsewhere')).to.include({ status: 302 });
    expect(received).to.deep.equal(['POST /elsewhere a {"type":"cgs.opened"}']);
  });

  it('ends when its time is up', async () => {
    expect(await at('/silent', { timeoutMs: 100 })).to.include({ status: null, error: 'TIMEOUT' });
  });

  it('does not wait for a body that never ends', async () => {
    expect(await at('/endless', { timeoutMs: 5000 })).to.include({ status: 200 });
  });

  it('says that nobody answers, and that there is no such name', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port: free } = z.object({ port: z.number() }).parse(closed.address());
    closed.close();
    await once(closed, 'close');
    const url = `http://127.0.0.1:${free}/`;
    expect(await at('', { url })).to.include({ status: null, error: 'ECONNREFUSED' });
    const lookup: NonNullable<Target['lookup']> = (_, __, done) =>
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 4);
    expect(await post({ ...resolving(), lookup }, message)).to.include({ error: 'ENOTFOUND' });
  });

  for (const address of [
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.0.0.192',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    'fec0::1',
    'fd00:ec2::254',
    'fe80::1',
  ]) {
    it(`never goes to a name that resolves to ${address}`, async () => {
      for (const protocol of ['http', 'https']) {
        const url = `${protocol}://hooks.example.com:${port}/ok`;
        const answer = await post({ ...resolving([address]), url }, message);
        expect(answer).to.include({ status: null, error: 'ADDRESS_NOT_ALLOWED' });
      }
      expect(received).to.deep.equal([]);
    });

    it(`never goes to ${address} itself`, async () => {
      const host = address.includes(':') ? `[${address}]` : address;
      for (const protocol of ['http', 'https']) {
        const url = `${protocol}://${host}:${port}/ok`;
        const answer = await post({ url, toLoopback: false }, message);
        expect(answer).to.include({ status: null, error: 'ADDRESS_NOT_ALLOWED' });
      }
      expect(received).to.deep.equal([]);
    });
  }

  it('goes to no address of a name that also resolves to a private one', async () => {
    const answer = await post(resolving(['93.184.215.14', '10.0.0.1']), message);
    expect(answer).to.include({ error: 'ADDRESS_NOT_ALLOWED' });
  });

  it('goes by the address that the name has now, not by an earlier one', async () => {
    const target = { ...resolving(['127.0.0.1'], ['169.254.169.254'], ['127.0.0.1']) };
    const allowed = { ...target, toLoopback: true };
    expect(await post(allowed, message)).to.include({ status: 204 });
    expect(await post(allowed, message)).to.include({ error: 'ADDRESS_NOT_ALLOWED' });
    expect(await post(allowed, message)).to.include({ status: 204 });
    expect(received).to.have.length(2);
  });
});
