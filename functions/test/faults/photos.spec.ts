import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { filesOf, type Media, media } from '../../src/kernel/media/collection.ts';
import { createFiles, type Files } from '../../src/kernel/media/files.ts';
import { photos } from '../../src/kernel/media/photos.ts';
import { sweepMedia } from '../../src/kernel/media/sweep.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { cgsWorld, type Member } from '../desks/cgs/world.ts';
import { codeOf, type Received, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore, StoreError } from '../support/hooked-store.ts';
import { PHOTO } from '../support/sample-files.ts';

const HOUR_MS = 60 * 60_000;
const written = (id: string) => ({ id, before: undefined, after: { state: 'processing' } });

describe('a photo under faults', function () {
  this.timeout(60_000);
  let plain: TestApi;
  let foc: Member;

  before(async () => {
    plain = await startApi();
    foc = await cgsWorld(plain).member('FOC');
  });
  after(() => plain.stop());

  const upload = (api: TestApi, key = randomUUID()): Promise<Received> =>
    send(api.url, 'POST', '/v1/media', {
      as: foc,
      raw: PHOTO,
      headers: { 'Content-Type': 'image/jpeg', 'Idempotency-Key': key },
    });
  const uploaded = async (): Promise<string> =>
    textAt((await upload(plain)).body, 'data', 'result', 'id');
  const stored = async (id: string): Promise<Media | undefined> =>
    (await plain.runtime.store.load([media.doc(id)])).get(media.doc(id))?.data;
  const isThere = async (path: string): Promise<boolean> => {
    const file = await plain.runtime.files.open(path);
    file?.destroy();
    return file !== undefined;
  };
  const sweepLater = async (): Promise<void> => {
    const later = new Date(Date.now() + 25 * HOUR_MS);
    await sweepMedia({ ...plain.runtime, now: () => later }, new Date(later.getTime() + 60_000));
  };
  /** An API of which only the next id of an upload is known. */
  const traced = async (parts: Partial<Runtime>) => {
    const ids: string[] = [];
    const newId = () => {
      ids.push(randomUUID());
      return ids.at(-1) ?? '';
    };
    return { api: await startApi({ ...parts, newId }), ids };
  };
  /** The uploads among these ids. */
  const uploadsIn = async (ids: readonly string[]): Promise<Media[]> =>
    (await Promise.all(ids.map(stored))).flatMap((seen) => seen ?? []);

  it('whose bucket does not answer is refused with 503, and its repeat is taken', async () => {
    const dead = { ...plain.runtime.config, storageEmulator: '127.0.0.1:9' };
    const { api, ids } = await traced({ files: createFiles(dead, plain.runtime.log) });
    const key = randomUUID();
    const answer = await upload(api, key);
    expect([answer.status, codeOf(answer)]).to.deep.equal([503, 'media/unavailable']);
    expect(Number(answer.headers.get('Retry-After'))).to.be.greaterThan(0);
    const id = await uploaded();
    const shown = await send(api.url, 'GET', `/v1/media/${id}`, { as: foc });
    expect([shown.status, codeOf(shown)]).to.deep.equal([503, 'media/unavailable']);
    await api.stop();
    expect((await upload(plain, key)).status).to.equal(201);
    expect(await uploadsIn(ids)).to.have.length(1);
    await sweepLater();
    expect(await uploadsIn(ids)).to.deep.equal([]);
  });

  it('leaves nothing for ever when the process ends after the file', async () => {
    let commits = 0;
    const store = hookedStore(plain.runtime.store, {
      commit: (_, go) => {
        commits += 1;
        return commits === 1 ? go() : Promise.reject(new StoreError(3, 'the process has ended'));
      },
    });
    const { api, ids } = await traced({ store });
    expect((await upload(api)).status).to.equal(500);
    await api.stop();
    const [left] = await uploadsIn(ids);
    if (left === undefined) throw new Error('there is no upload');
    expect(left.state).to.equal('uploading');
    expect(await isThere(filesOf(left).original)).to.equal(true);
    const shown = await send(plain.url, 'GET', `/v1/media/${left.id}`, { as: foc });
    expect(shown.status).to.equal(404);
    await sweepLater();
    expect(await stored(left.id)).to.equal(undefined);
    expect(await isThere(filesOf(left).original)).to.equal(false);
  });

  it('that ends the function of its copies three times is given up', async () => {
    const id = await uploaded();
    const put: Files['put'] = () => Promise.reject(new Error('the process has ended'));
    const dying = { ...plain.runtime, files: { ...plain.runtime.files, put } };
    for (let time = 1; time <= 3; time += 1) {
      const failed = await photos.handle(dying, written(id)).then(
        () => false,
        () => true,
      );
      expect(failed, `attempt ${time}`).to.equal(true);
      expect((await stored(id))?.state).to.equal('processing');
    }
    await photos.handle(plain.runtime, written(id));
    expect((await stored(id))?.state).to.equal('unreadable');
  });

  it('that was cut before its copies were noted gets them when the event comes again', async () => {
    const id = await uploaded();
    let commits = 0;
    const store = hookedStore(plain.runtime.store, {
      commit: (_, go) => {
        commits += 1;
        return commits === 1 ? go() : Promise.reject(new StoreError(3, 'the process has ended'));
      },
    });
    await photos.handle({ ...plain.runtime, store }, written(id)).catch(() => undefined);
    expect((await stored(id))?.state).to.equal('processing');
    await photos.handle(plain.runtime, written(id));
    expect((await stored(id))?.state).to.equal('ready');
  });
});
