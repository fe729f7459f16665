import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { filesOf, type Media, media } from '../../src/kernel/media/collection.ts';
import { photos } from '../../src/kernel/media/photos.ts';
import { sweepMedia } from '../../src/kernel/media/sweep.ts';
import { KITS } from '../desks/kits.ts';
import type { PhotoPlace } from '../desks/photo-place.ts';
import { at, type Received, type Sender, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { PHOTO, REFUSED, TAKEN } from '../support/sample-files.ts';

const DAY_MS = 24 * 60 * 60_000;
const MOST_BYTES = 15 * 1024 * 1024;
const QUOTA = 5;

const statusesOf = (answers: readonly Received[]): number[] =>
  answers.map(({ status }) => status).sort((one, other) => one - other);

for (const { desk, stage: stageOf, photos: placesOf } of Object.values(KITS)) {
  describe(`photos at the desk ${desk.name}`, () => {
    let api: TestApi;
    const base = `${desk.base}/media`;
    const role = desk.roles[0] ?? '';

    before(async () => {
      api = await startApi();
    });
    after(() => api.stop());

    const member = () => stageOf(api).member(role);
    const get = (path: string, as: Sender, headers = {}) =>
      send(api.url, 'GET', path, { as, headers });
    const upload = (as: Sender, raw: Uint8Array = PHOTO, headers = {}) =>
      send(api.url, 'POST', base, {
        as,
        raw,
        headers: { 'Content-Type': 'application/octet-stream', ...headers },
      });

    /** What a response says of a photo, without the desk's envelope. */
    const described = ({ body }: Received): unknown =>
      [at(body, 'data', 'result'), at(body, 'data'), body].find(
        (each) => at(each, 'createdAt') !== undefined || at(each, 'expiresAt') !== undefined,
      );

    const stored = async (id: string): Promise<Media | undefined> => {
      const key = media.doc(id);
      return (await api.runtime.store.get(key))?.data;
    };
    const isFile = async (path: string): Promise<boolean> => {
      const file = await api.runtime.files.open(path);
      file?.destroy();
      return file !== undefined;
    };
    const uploaded = async (as: Sender, raw: Uint8Array = PHOTO) => {
      const answer = await upload(as, raw);
      expect(answer.status, answer.text).to.equal(201);
      const made = described(answer);
      return { id: textAt(made, 'id'), path: textAt(made, 'path'), url: textAt(made, 'url') };
    };
    /** What the deployed function does after an upload, twice as it may be. */
    const makeCopies = async (id: string): Promise<void> => {
      const written = { id, before: undefined, after: { state: 'processing' } };
      await photos.handle(api.runtime, written);
      await photos.handle(api.runtime, written);
    };
    const sweepAt = (now: Date) =>
      sweepMedia({ ...api.runtime, now: () => now }, new Date(now.getTime() + 60_000));

    describe('an upload', () => {
      it('is taken by its content, whatever it is called, and says who will see it', async () => {
        const as = await member();
        for (const [type, raw] of Object.entries(TAKEN).slice(0, 4)) {
          const answer = await upload(as, raw, { 'Content-Type': 'image/jpeg' });
          expect(answer.status, answer.text).to.equal(201);
          const isCopied = /jpeg|png|webp/.test(type);
          expect(described(answer)).to.include({
            type,
            bytes: raw.length,
            state: isCopied ? 'processing' : 'sender-only',
          });
        }
        const another = await member();
        for (const [type, raw] of Object.entries(TAKEN).slice(4)) {
          expect(described(await upload(another, raw))).to.include({ type, state: 'sender-only' });
        }
      });

      it('is refused for anything else, and counts for nothing', async () => {
        const as = await member();
        for (const [name, raw] of Object.entries(REFUSED)) {
          const answer = await upload(as, raw, { 'Content-Type': 'image/jpeg' });
          expect(answer.status, name).to.equal(415);
        }
        expect((await upload(as)).status).to.equal(201);
      });

      it('of more than 15 MB is refused, also when its length is not known before', async () => {
        const as = await member();
        const raw = Buffer.concat([PHOTO, Buffer.alloc(MOST_BYTES)]);
        expect((await upload(as, raw)).status).to.equal(413);
        const answer = await upload(as, raw, { 'Transfer-Encoding': 'chunked' });
        expect(answer.status, answer.text).to.equal(413);
        expect((await upload(as)).status).to.equal(201);
      });

      it('is shown as it is to its sender alone until it has a copy', async () => {
        const as = await member();
        const { id, url } = await uploaded(as);
        const answer = await get(url, as);
        expect(answer.status).to.equal(200);
        expect(answer.headers.get('Content-Length')).to.equal(String(PHOTO.length));
        expect(answer.headers.get('Cache-Control')).to.equal('private, no-store');
        expect(answer.text).to.include('SecretCamera');
        for (const path of [url, `${url}/details`, `${url}/link`]) {
          expect((await get(path, await member())).status).to.equal(404);
        }
        await makeCopies(id);
        expect((await get(url, await member())).status, 'what nothing shows').to.equal(404);
        const copy = await get(url, as);
        expect(copy.text).not.to.include('SecretCamera');
        const details = described(await get(`${url}/details`, as));
        expect(details).to.include({
          state: 'ready',
          width: 64,
          takenAt: '2026-11-25T01:30:00.000Z',
        });
      });

      it('with an Idempotency-Key is one, for as long as its content is the same', async () => {
        const as = await member();
        const headers = { 'Idempotency-Key': randomUUID() };
        const first = await upload(as, PHOTO, headers);
        const again = await upload(as, PHOTO, headers);
        expect(again.text).to.equal(first.text);
        expect(again.headers.get('Idempotent-Replayed')).to.equal('true');
        expect((await upload(as, TAKEN['image/png'], headers)).status).to.equal(422);
      });

      it('is one of a few in a day, also when all come at the same moment', async () => {
        const runtime = { ...api.runtime, config: { ...api.runtime.config, mediaPerDay: QUOTA } };
        const limited = await startApi(runtime);
        const as = await member();
        const headers = { 'Content-Type': 'image/jpeg' };
        const one = () => send(limited.url, 'POST', base, { as, raw: PHOTO, headers });
        const answers = await Promise.all(Array.from({ length: QUOTA + 3 }, one));
        await limited.stop();
        const refused = answers.filter(({ status }) => status === 429);
        expect(statusesOf(answers).filter((status) => status === 201)).to.have.length(QUOTA);
        expect(refused).to.have.length(3);
        const wait = Number(refused[0]?.headers.get('Retry-After'));
        expect(wait).to.be.within(DAY_MS / 1000 - 60, DAY_MS / 1000);
      });

      it('that nothing names is removed after a day, with its files', async () => {
        const as = await member();
        const { id } = await uploaded(as);
        await makeCopies(id);
        const known = await stored(id);
        if (known === undefined) throw new Error('there is no upload');
        const { createdAt } = known;
        await sweepAt(new Date(createdAt.getTime() + DAY_MS - 60_000));
        expect(await stored(id)).not.to.equal(undefined);
        await sweepAt(new Date(createdAt.getTime() + DAY_MS + 60_000));
        expect(await stored(id)).to.equal(undefined);
        for (const path of Object.values(filesOf(known)))
          expect(await isFile(path)).to.equal(false);
      });

      it('that is damaged stays its sender’s, and is not tried for ever', async () => {
        const as = await member();
        const { id, url } = await uploaded(as, PHOTO.subarray(0, PHOTO.length / 2));
        await makeCopies(id);
        expect(described(await get(`${url}/details`, as))).to.include({ state: 'unreadable' });
        expect((await get(url, as)).status).to.equal(200);
      });
    });

    describe('a file', () => {
      it('is sent in parts, not again to who has it, and only as what it is', async () => {
        const as = await member();
        const { id, url } = await uploaded(as);
        await makeCopies(id);
        const whole = await get(`${url}?size=thumb`, as);
        expect(whole.headers.get('Content-Type')).to.equal('image/jpeg');
        expect(whole.headers.get('X-Content-Type-Options')).to.equal('nosniff');
        expect(whole.headers.get('Content-Disposition')).to.equal('inline');
        expect(whole.headers.get('Cache-Control')).to.match(/^private, max-age=/);
        const tag = whole.headers.get('ETag') ?? '';
        const known = await get(`${url}?size=thumb`, as, { 'If-None-Match': tag });
        expect(known.status).to.equal(304);
        const part = await get(url, as, { Range: 'bytes=0-9' });
        expect(part.status).to.equal(206);
        expect(part.headers.get('Content-Length')).to.equal('10');
        expect(part.headers.get('Content-Range')).to.match(/^bytes 0-9\/\d+$/);
        const beyond = await get(url, as, { Range: 'bytes=99999999-' });
        expect(beyond.status).to.equal(416);
        const other = await get(url, as, { Range: 'bytes=0-9', 'If-Range': tag });
        expect(other.status, 'another version').to.equal(200);
      });

      it('is shown by a link without a session, for five minutes, and by no other', async () => {
        const as = await member();
        const { id, url } = await uploaded(as);
        const other = await uploaded(as);
        const link = await get(`${url}/link?size=thumb`, as);
        const linked = textAt(described(link), 'url');
        const shown = await get(linked, {});
        expect(shown.status).to.equal(200);
        expect(shown.headers.get('Cross-Origin-Resource-Policy')).to.equal('cross-origin');
        await makeCopies(id);
        expect((await get(linked, {})).headers.get('Content-Type')).to.equal('image/jpeg');
        const token = linked.split('/').at(-1) ?? '';
        expect((await get(`${other.url}/signed/${token}`, {})).status).to.equal(404);
        expect((await get(`${url}/signed/${token.slice(0, -2)}AA`, {})).status).to.equal(404);
        const later = await startApi({ now: () => new Date(Date.now() + 5 * 60_000 + 1000) });
        expect((await send(later.url, 'GET', linked)).status).to.equal(404);
        await later.stop();
      });
    });

    for (const [place, { field, setUp }] of Object.entries(placesOf)) {
      describe(`the field ${field} of ${place}`, () => {
        const ready = async ({ sender }: PhotoPlace) => {
          const photo = await uploaded(sender);
          await makeCopies(photo.id);
          return photo;
        };
        const expectRefused = (answer: Received, status: number): void => {
          expect(answer.status, answer.text).to.equal(status);
          expect(answer.text).to.include(field);
        };

        it('shows a photo to whoever sees what names it, and to nobody else', async () => {
          const where = await setUp(api);
          const { id, path, url } = await uploaded(where.sender);
          const answer = await where.show(path);
          expect(answer.status, answer.text).to.equal(201);
          for (const [who, as] of Object.entries(where.sees)) {
            for (const each of [url, `${url}/details`, `${url}/link`]) {
              expect((await get(each, as)).status, `${who}, before its copy`).to.equal(404);
            }
          }
          await makeCopies(id);
          for (const [who, as] of Object.entries(where.sees)) {
            const shown = await get(url, as);
            expect(shown.status, who).to.equal(200);
            expect(shown.text).not.to.include('SecretCamera');
            expect((await get(`${url}/link`, as)).status, who).to.equal(200);
          }
          for (const [who, as] of Object.entries(where.blind)) {
            expect((await get(url, as)).status, who).to.equal(404);
          }
          const later = new Date(Date.now() + 2 * DAY_MS);
          await sweepAt(later);
          expect(await stored(id), 'it stays').not.to.equal(undefined);
        });

        it('takes no photo that is somebody else’s, unknown, gone, or of a strange host', async () => {
          const where = await setUp(api);
          const { id, path } = await uploaded(where.sender);
          const others = await uploaded(await member());
          expectRefused(await where.show(others.path), 400);
          expectRefused(await where.show(path.replace(id, randomUUID())), 400);
          if (!path.startsWith('uploads/')) {
            expectRefused(await where.show('https://evil.invalid/x.jpg'), 400);
            expectRefused(await where.show('https://media.example.invalid/x.jpg'), 400);
          }
          await sweepAt(new Date(Date.now() + 2 * DAY_MS));
          expectRefused(await where.show(path), 400);
        });

        it('takes a photo once, also when two name it at the same moment', async () => {
          const where = await setUp(api);
          const { path } = await uploaded(where.sender);
          const answers = await Promise.all([where.show(path), where.show(path)]);
          expect(statusesOf(answers)).to.deep.equal([201, 409]);
          expectRefused(answers.find(({ status }) => status === 409) ?? answers[0], 409);
        });

        it('lets go of its photo, which is then removed', async function () {
          const where = await setUp(api);
          for (const [by, drop] of Object.entries(where.drops ?? {})) {
            const { id, path } = await ready(where);
            expect((await where.show(path)).status).to.equal(201);
            const dropped = await drop();
            expect(dropped.status, dropped.text).to.equal(200);
            await sweepAt(new Date(Date.now() + 1000));
            expect(await stored(id), `by ${by}`).to.equal(undefined);
          }
        });
      });
    }
  });
}
