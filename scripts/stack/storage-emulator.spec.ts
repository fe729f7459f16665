import { expect } from 'chai';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { createFiles } from '../../functions/src/kernel/media/files.ts';
import { refuse } from '../../functions/src/kernel/problem.ts';
import { startStorage } from './storage-emulator.ts';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

describe('the Storage emulator, without Java', () => {
  let stop: () => Promise<void>;
  let settings: { projectId: string; storageBucket: string; storageEmulator: string };
  const files = () => createFiles(settings, { write: () => {} });

  before(async () => {
    const port = await freePort();
    ({ stop } = await startStorage('demo-storage', port));
    const storageEmulator = `127.0.0.1:${port}`;
    settings = { projectId: 'demo-storage', storageBucket: 'demo.example', storageEmulator };
  });
  after(() => stop());

  const read = async (path: string, range?: { start: number; end: number }) => {
    const found = await files().open(path, range);
    return found === undefined ? undefined : String(await buffer(found));
  };

  it('stores a stream, opens all of it or a part, and removes it, more than once as well', async () => {
    await files().put(
      'a/b',
      'text/plain',
      Readable.from([Buffer.from('one '), Buffer.from('two')]),
    );
    expect(await read('a/b')).to.equal('one two');
    expect(await read('a/b', { start: 4, end: 5 })).to.equal('tw');
    await files().remove('a/b');
    await files().remove('a/b');
    expect(await read('a/b')).to.equal(undefined);
  });

  it('keeps nothing of a stream that breaks, and rejects with its reason', async () => {
    const broken = async function* () {
      yield Buffer.from('half');
      throw refuse('media/too-large');
    };
    const problem = await files()
      .put('half', 'text/plain', broken())
      .catch((error: unknown) => error);
    expect(problem).to.have.property('code', 'media/too-large');
    expect(await read('half')).to.equal(undefined);
  });

  it('is unavailable, not broken, when nothing listens', async () => {
    const nobody = { ...settings, storageEmulator: `127.0.0.1:${await freePort()}` };
    const problem = await createFiles(nobody, { write: () => {} })
      .put('x', 'text/plain', Readable.from([Buffer.from('x')]))
      .catch((error: unknown) => error);
    expect(problem).to.have.property('code', 'media/unavailable');
  });
});
