import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { filesOf, type Media, media } from '../../src/kernel/media/collection.ts';
import { createFiles, type Files } from '../../src/kernel/media/files.ts';
import { photos } from '../../src/kernel/media/photos.ts';
import { sweepMedia } from '../../src/kernel/media/sweep.ts';
import { refuseFor } from '../../src/kernel/problem.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import type { Write } from '../../src/kernel/store/document.ts';
import { cgsWorld, type Member } from '../desks/cgs/world.ts';
import { urbanWorld } from '../desks/urban/world.ts';
import { codeOf, type Received, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createGate, hookedStore, StoreError } from '../support/hooked-store.ts';
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
    (await plain.runtime.store.get(media.doc(id)))?.data;
  const isThere = async (path: string): Promise<boolean> => {
    const file = await plain.runtime.files.open(path);
    file?.destroy();
    return file !== undefined;
  };
  const sweepLater = async (parts: Partial<Runtime> = {}): Promise<void> => {
    const later = new Date(Date.now() + 25 * HOUR_MS);
    const runtime = { ...plain.runtime, ...parts, now: () => later };
    await sweepMedia(runtime, new Date(later.getTime() + 60_000));
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

  /** Whether an attempt at the copies of a photo fails, so that its event comes again. */
  const fails = (parts: Partial<Runtime>, id: string): Promise<boolean> =>
    photos.handle({ ...plain.runtime, ...parts }, written(id)).then(
      () => false,
      () => true,
    );

  it('that ends the function of its copies three times is given up', async () => {
    const id = await uploaded();
    for (let time = 1; time <= 3; time += 1) {
      let isOver = false;
      const put: Files['put'] = () => {
        isOver = true;
        return Promise.reject(new Error('the process has ended'));
      };
      const store = hookedStore(plain.runtime.store, {
        commit: (_, go) =>
          isOver ? Promise.reject(new StoreError(3, 'the process has ended')) : go(),
      });
      const files = { ...plain.runtime.files, put };
      expect(await fails({ files, store }, id), `attempt ${time}`).to.equal(true);
      expect((await stored(id))?.state).to.equal('processing');
    }
    await photos.handle(plain.runtime, written(id));
    expect((await stored(id))?.state).to.equal('unreadable');
  });

  it('gets its copies once the bucket answers again, however often they were tried', async () => {
    const id = await uploaded();
    const down = () => Promise.reject(refuseFor('media/unavailable', 5));
    for (const files of [{ open: down }, { put: down }]) {
      for (let time = 0; time < 4; time += 1) {
        const runtime = { files: { ...plain.runtime.files, ...files } };
        expect(await fails(runtime, id)).to.equal(true);
      }
    }
    await photos.handle(plain.runtime, written(id));
    expect((await stored(id))?.state).to.equal('ready');
  });

  it('that is removed while its copies are made leaves none of them', async () => {
    const id = await uploaded();
    const known = await stored(id);
    if (known === undefined) throw new Error('there is no upload');
    const { files } = plain.runtime;
    const [isRead, isSwept] = [createGate(), createGate()];
    const open: Files['open'] = (...asked) => {
      isRead.open();
      return files.open(...asked);
    };
    const put: Files['put'] = async (...asked) => {
      await isSwept.opened;
      await files.put(...asked);
    };
    const made = photos.handle({ ...plain.runtime, files: { ...files, open, put } }, written(id));
    await isRead.opened;
    // The clock has removed its files, and not yet its document.
    const store = hookedStore(plain.runtime.store, {
      commit: async (writes, go) => {
        if (writes.some(({ op, path }) => op === 'delete' && path === `media/${id}`)) {
          isSwept.open();
          await made;
        }
        await go();
      },
    });
    await sweepLater({ store });
    expect(await stored(id)).to.equal(undefined);
    for (const path of Object.values(filesOf(known))) expect(await isThere(path)).to.equal(false);
  });

  it('is named by nothing any more once its files are being removed', async () => {
    const { citizen } = await urbanWorld(plain).crew();
    const headers = { 'Content-Type': 'image/jpeg' };
    const sent = await send(plain.url, 'POST', '/api/urban/media', {
      as: citizen,
      raw: PHOTO,
      headers,
    });
    const known = await stored(textAt(sent.body, 'id'));
    const answers: Received[] = [];
    const remove: Files['remove'] = async (path) => {
      await plain.runtime.files.remove(path);
      if (path !== known?.path) return;
      const named = { category: 'WASTE', title: 'Waste', description: 'On the street.' };
      const body = { ...named, attachments: [textAt(sent.body, 'path')] };
      answers.push(await send(plain.url, 'POST', '/api/urban/tickets', { as: citizen, body }));
    };
    await sweepLater({ files: { ...plain.runtime.files, remove } });
    expect(answers.map(codeOf)).to.deep.equal(['media/unknown']);
  });

  it('that is removed while it is still received is refused', async () => {
    const { store, files } = plain.runtime;
    const put: Files['put'] = async (...asked) => {
      await files.put(...asked);
      // Only marks it.
      const commit = (writes: readonly Write[], go: () => Promise<void>) =>
        writes.some(({ op }) => op === 'delete')
          ? Promise.reject(new StoreError(3, 'the process has ended'))
          : go();
      await sweepLater({ store: hookedStore(store, { commit }) });
    };
    const { api, ids } = await traced({ files: { ...files, put } });
    const answer = await upload(api);
    await api.stop();
    expect([answer.status, codeOf(answer)]).to.deep.equal([503, 'media/unavailable']);
    await sweepLater();
    expect(await uploadsIn(ids)).to.deep.equal([]);
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
