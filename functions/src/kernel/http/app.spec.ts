import { EventEmitter, once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { startRuntime } from '../start.ts';
import { createApp } from './app.ts';
import { defineDesk } from './desk.ts';
import { fileAnswer, noInput } from './endpoint.ts';

const CLIENT = '203.0.113.7';
const FORGED = '198.51.100.1';
/** A server of Google's that Hosting sends through; a machine that anybody can rent there. */
const GOOGLE = '66.249.93.12';
const RENTED = '104.198.56.253';

const kit = defineDesk({
  name: 'mirror',
  title: 'Mirror',
  base: '/mirror',
  roles: [],
  access: z.unknown(),
  actorOf: () => undefined,
  roleOf: (role: never) => role,
  refusals: {},
  success: (_status, data) => data,
  successSchema: (_status, data) => data,
  failure: ({ code }) => ({ code }),
  failureSchema: z.object({ code: z.string() }),
});

const ownAddress = kit.publicEndpoint({
  method: 'get',
  path: '/address',
  summary: 'The caller’s address',
  contract: 'none',
  input: noInput,
  status: 200,
  returns: 'the address',
  output: z.string(),
  cost: { reads: 0, writes: 0 },
  sample: { as: 'nobody' },
  handle: async ({ origin }) => origin.address,
});

const opened = new EventEmitter();

/** A film that goes on as the test says. */
const film = kit.publicEndpoint({
  method: 'get',
  path: '/film',
  summary: 'A film',
  contract: 'none',
  input: noInput,
  status: 200,
  returns: 'a film',
  produces: ['video/mp4'],
  output: fileAnswer,
  cost: { reads: 0, writes: 0 },
  sample: { as: 'nobody' },
  handle: async () => ({
    type: 'video/mp4',
    bytes: 1000,
    tag: 'film',
    headers: {},
    open: async () => {
      const content = new PassThrough();
      content.write('begins');
      opened.emit('content', content);
      return content;
    },
  }),
});

const mirror = kit.desk({
  endpoints: [ownAddress, film],
  collections: [],
  listeners: {},
  sweeps: [],
  triggers: [],
});

/** The API on a port of this machine, which stands for Cloud Run's own proxy. */
const serving = async (env: object, log: Log = { write: () => {} }): Promise<Server> => {
  const project = { GCLOUD_PROJECT: 'demo-crewline', WEB_API_KEY: 'key' };
  const server = createServer(createApp(startRuntime({ ...project, ...env }, { log }), [mirror]));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
};

const addressAt = async (server: Server, headers: Record<string, string>): Promise<unknown> => {
  const at = server.address();
  const port = typeof at === 'object' ? at?.port : undefined;
  const asked = get({ port, host: '127.0.0.1', path: '/mirror/address', headers });
  const [response] = await once(asked, 'response');
  return JSON.parse(await text(response));
};

describe('the client’s address', () => {
  let server: Server;
  const seen = (chain: string, headers = {}) =>
    addressAt(server, { 'X-Forwarded-For': chain, ...headers });

  afterEach(() => server.close());

  describe('by default', () => {
    beforeEach(async () => {
      server = await serving({});
    });

    it('is that of the peer that Cloud Run adds, on the function’s own address', async () => {
      expect(await seen(CLIENT)).to.equal(CLIENT);
      expect(await seen('2001:db8::7')).to.equal('2001:db8::7');
      expect(await addressAt(server, {})).to.equal('127.0.0.1');
    });

    it('is that which Hosting saw, before the server of Google’s that it sent through', async () => {
      for (const google of [
        GOOGLE,
        '142.250.32.4',
        '66.102.6.10',
        '192.178.15.3',
        '2607:f8b0::1',
      ]) {
        expect(await seen(`${CLIENT}, ${google}`), google).to.equal(CLIENT);
      }
      expect(await seen(`${CLIENT}, ${GOOGLE}, 169.254.169.126`)).to.equal(CLIENT);
    });

    it('can not be forged, on the function’s own address nor through Hosting', async () => {
      for (const forged of [FORGED, GOOGLE, `${FORGED}, ${GOOGLE}`, '127.0.0.1', 'x', '::1', '']) {
        expect(await seen(`${forged}, ${CLIENT}`), forged).to.equal(CLIENT);
        expect(await seen(`${forged}, ${CLIENT}, ${GOOGLE}`), forged).to.equal(CLIENT);
      }
      const others = {
        'Fastly-Client-IP': FORGED,
        'X-Real-IP': FORGED,
        Forwarded: `for=${FORGED}`,
      };
      expect(await seen(CLIENT, others)).to.equal(CLIENT);
    });

    it('is not believed from a machine that is rented at Google', async () => {
      expect(await seen(`${FORGED}, ${RENTED}`)).to.equal(RENTED);
      expect(await seen(`${FORGED}, 34.101.50.144`)).to.equal('34.101.50.144');
    });
  });

  it('is believed from the ranges of TRUSTED_PROXIES alone', async () => {
    server = await serving({ TRUSTED_PROXIES: '127.0.0.1/32,192.0.2.0/24' });
    expect(await seen(`${CLIENT}, 192.0.2.9`)).to.equal(CLIENT);
    expect(await seen(`${CLIENT}, ${GOOGLE}`)).to.equal(GOOGLE);
  });

  it('is the peer’s when no proxy is trusted', async () => {
    server = await serving({ TRUSTED_PROXIES: '' });
    expect(await seen(`${FORGED}, ${CLIENT}`)).to.equal('127.0.0.1');
  });
});

describe('a file that is being sent', () => {
  const lines: { severity: string; message: string }[] = [];
  const ended = new EventEmitter();
  let server: Server;

  beforeEach(async () => {
    lines.length = 0;
    const write: Log['write'] = (severity, message) => {
      lines.push({ severity, message });
      if (message === 'request') ended.emit('request');
    };
    server = await serving({}, { write });
  });
  afterEach(() => server.close());

  /** Asks for the film; resolves when its beginning is there. */
  const begun = async () => {
    const at = server.address();
    const port = typeof at === 'object' ? at?.port : undefined;
    const asked = get({ port, host: '127.0.0.1', path: '/mirror/film', agent: false });
    const isOpen = once(opened, 'content');
    const [response] = await once(asked, 'response');
    await once(response, 'readable');
    const [content] = await isOpen;
    return { response, content };
  };
  const errors = () => lines.filter(({ severity }) => severity === 'ERROR');

  it('is cut when it can’t be read to its end, with an error in the log', async () => {
    const { response, content } = await begun();
    const [isCut, isLogged] = [once(response, 'error'), once(ended, 'request')];
    response.resume();
    content.destroy(new Error('the bucket is gone'));
    await Promise.all([isCut, isLogged]);
    expect(errors()).to.have.length(1);
  });

  it('may be left by its caller, which is no error, and is then closed', async () => {
    const { response, content } = await begun();
    const isLogged = once(ended, 'request');
    response.destroy();
    await isLogged;
    expect(content.destroyed).to.equal(true);
    expect(errors()).to.deep.equal([]);
  });
});
