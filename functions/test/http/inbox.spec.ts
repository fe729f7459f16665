import { expect } from 'chai';
import { sessionOf } from '../../src/kernel/auth/session.ts';
import { inboxes, inboxItems, ITEM_MS } from '../../src/kernel/notify/inbox.ts';
import { KITS } from '../desks/kits.ts';
import { writeItem } from '../desks/notify-situations.ts';
import type { Stage } from '../desks/stage.ts';
import { at, listAt, type Received, type Sender, send, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

/** What an answer holds, without the desk's envelope. */
const dataOf = ({ body }: Received): unknown =>
  at(body, 'data', 'result') ?? at(body, 'data') ?? body;
const rowsOf = (answer: Received): unknown[] => listAt({ rows: dataOf(answer) }, 'rows');
const idsOf = (answer: Received): unknown[] => rowsOf(answer).map((row) => at(row, 'id'));

/** The cursor of the next page, wherever the desk has it. */
const cursorOf = ({ body, headers }: Received): string | undefined => {
  const cursor = at(body, 'data', 'page', 'nextCursor') ?? headers.get('X-Next-Cursor');
  return typeof cursor === 'string' ? cursor : undefined;
};

const unreadOf = ({ headers }: Received): string | null => headers.get('X-Unread-Count');

for (const { desk, stage: setUp } of Object.values(KITS)) {
  describe(`notices at the desk ${desk.name}`, () => {
    let api: TestApi;
    let stage: Stage;

    before(async () => {
      api = await startApi();
      stage = setUp(api);
    });
    after(() => api.stop());

    /** Somebody of the desk with one notice, which is not read. */
    const somebody = async () => {
      const scene = await stage.bring('notice');
      const { cookie = '' } = scene.as(desk.roles[0] ?? '');
      const uid = sessionOf(cookie)?.uid ?? '';
      return { as: { cookie }, uid, notice: scene.params['id'] ?? '' };
    };
    const call = async (method: string, path: string, as: Sender, body?: unknown) => {
      const answer = await send(api.url, method, `${desk.base}/me/${path}`, {
        as,
        ...(body !== undefined && { body }),
      });
      return answer;
    };
    const must = async (method: string, path: string, as: Sender, body?: unknown) => {
      const answer = await call(method, path, as, body);
      expect(answer.status, answer.text).to.equal(200);
      return answer;
    };
    const register = (as: Sender, id: string, token: string) =>
      must('PUT', `devices/${id}`, as, { token, platform: 'ios', appVersion: '3.1' });

    it('are seen and marked by their owner alone', async () => {
      const [one, other] = [await somebody(), await somebody()];
      expect(idsOf(await must('GET', 'inbox', one.as))).to.deep.equal([one.notice]);
      expect((await call('POST', `inbox/${other.notice}/read`, one.as)).status).to.equal(404);
      await must('POST', 'inbox/read-all', one.as);
      expect(unreadOf(await must('GET', 'inbox', other.as))).to.equal('1');
    });

    it('are those of this desk', async () => {
      const { as, uid, notice } = await somebody();
      const foreign = await writeItem(api, uid, 'another desk');
      expect(idsOf(await must('GET', 'inbox', as))).to.deep.equal([notice]);
      expect((await call('POST', `inbox/${foreign}/read`, as)).status).to.equal(404);
      await must('POST', 'inbox/read-all', as);
      const key = inboxItems.of(uid).doc(foreign);
      expect((await api.runtime.store.get(key))?.data.readAt).to.equal(null);
    });

    it('are listed in pages, the newest first, and without those that are read', async () => {
      const { as, uid, notice } = await somebody();
      const older = await writeItem(api, uid, desk.name, { createdAt: new Date('2026-11-01') });
      const oldest = await writeItem(api, uid, desk.name, { createdAt: new Date('2026-10-01') });
      const first = await must('GET', 'inbox?limit=2', as);
      expect(idsOf(first)).to.deep.equal([notice, older]);
      expect(unreadOf(first)).to.equal('3');
      const second = await must('GET', `inbox?limit=2&cursor=${cursorOf(first)}`, as);
      expect(idsOf(second)).to.deep.equal([oldest]);
      await must('POST', `inbox/${older}/read`, as);
      const unread = await must('GET', 'inbox?unread=true', as);
      expect(idsOf(unread)).to.deep.equal([notice, oldest]);
      expect(unreadOf(unread)).to.equal('2');
    });

    it('keep the time at which they were read first', async () => {
      const { as, notice } = await somebody();
      const first = await must('POST', `inbox/${notice}/read`, as);
      expect(textAt(dataOf(first), 'readAt')).to.match(/^\d{4}-/);
      expect((await must('POST', `inbox/${notice}/read`, as)).text).to.equal(first.text);
      await must('POST', 'inbox/read-all', as);
      const [row] = rowsOf(await must('GET', 'inbox', as));
      expect(at(row, 'readAt')).to.equal(textAt(dataOf(first), 'readAt'));
    });

    it('are marked all at once, however many, and not those that come later', async () => {
      const { as, uid } = await somebody();
      const later = new Date(Date.now() + 60_000);
      const coming = await writeItem(api, uid, desk.name, { createdAt: later });
      const items = inboxItems.of(uid);
      const key = items.doc(coming);
      const item = (await api.runtime.store.get(key))?.data;
      if (item === undefined) throw new Error('nothing was written');
      const createdAt = new Date(Date.UTC(2026, 9, 1));
      const old = { ...item, createdAt, expiresAt: new Date(createdAt.getTime() + ITEM_MS) };
      const many = Array.from({ length: 300 }, (_, index) => items.create(`n${index}`, old));
      await api.runtime.store.commit(many);
      const result = dataOf(await must('POST', 'inbox/read-all', as));
      expect(result).to.deep.equal({ read: 301, more: false });
      expect(idsOf(await must('GET', 'inbox?unread=true', as))).to.deep.equal([coming]);
      const again = dataOf(await must('POST', 'inbox/read-all', as));
      expect(again).to.deep.equal({ read: 0, more: false });
    });

    it('ring for the person who registered the phone last', async () => {
      const [one, other] = [await somebody(), await somebody()];
      const token = crypto.randomUUID();
      await register(one.as, 'phone', token);
      await register(one.as, 'tablet', crypto.randomUUID());
      await register(other.as, 'phone', token);
      expect(idsOf(await must('GET', 'devices', one.as))).to.deep.equal(['tablet']);
      expect(idsOf(await must('GET', 'devices', other.as))).to.deep.equal(['phone']);
    });

    it('ring for one person when several register a phone at once', async () => {
      const people = await Promise.all(Array.from({ length: 5 }, somebody));
      const token = crypto.randomUUID();
      await Promise.all(people.map(({ as }) => register(as, 'phone', token)));
      const lists = await Promise.all(people.map(({ as }) => must('GET', 'devices', as)));
      expect(lists.flatMap(idsOf)).to.deep.equal(['phone']);
    });

    it('ring on one device for each token, also after the app was installed again', async () => {
      const { as } = await somebody();
      const token = crypto.randomUUID();
      await register(as, 'before', token);
      await register(as, 'after', token);
      expect(idsOf(await must('GET', 'devices', as))).to.deep.equal(['after']);
      await register(as, 'after', crypto.randomUUID());
      expect(idsOf(await must('GET', 'devices', as))).to.deep.equal(['after']);
    });

    it('ring on at most 20 devices, the latest', async () => {
      const { as } = await somebody();
      const ids = Array.from({ length: 21 }, (_, index) => `d${index}`);
      for (const id of ids) await register(as, id, crypto.randomUUID());
      const listed = await must('GET', 'devices', as);
      expect(idsOf(listed)).to.have.members(ids.slice(1));
      expect(at(rowsOf(listed)[0], 'current')).to.equal(true);
      expect(listed.text).not.to.include('token');
    });

    it('ring no more where the device was removed', async () => {
      const { as, uid } = await somebody();
      const token = crypto.randomUUID();
      await register(as, 'phone', token);
      await must('DELETE', 'devices/phone', as);
      expect((await call('DELETE', 'devices/phone', as)).status).to.equal(404);
      expect(idsOf(await must('GET', 'devices', as))).to.deep.equal([]);
      const key = inboxes.doc(uid);
      expect((await api.runtime.store.get(key))?.data.devices).to.deep.equal({});
    });

    it('ring as their owner chooses; what a change leaves out stays', async () => {
      const { as } = await somebody();
      const before = dataOf(await must('GET', 'notifications', as));
      expect(at(before, 'language')).to.equal(null);
      expect(at(before, 'push', 'accessGranted')).to.equal(true);
      const quietHours = { from: '21:00', to: '05:30', zone: 'Asia/Makassar' };
      await must('PUT', 'notifications', as, { push: { accessGranted: false } });
      await must('PUT', 'notifications', as, { language: 'es', quietHours });
      const after = dataOf(await must('GET', 'notifications', as));
      expect(after).to.deep.include({ language: 'es', quietHours });
      expect(at(after, 'push', 'accessGranted')).to.equal(false);
      expect(at(after, 'push', 'accessChanged')).to.equal(at(before, 'push', 'accessChanged'));
      await must('PUT', 'notifications', as, before);
      expect(dataOf(await must('GET', 'notifications', as))).to.deep.equal(before);
    });

    it('know no other kinds, languages and zones', async () => {
      const { as } = await somebody();
      for (const wrong of [
        { push: { noSuchKind: true } },
        { language: 'fr' },
        { quietHours: { from: '21:00', to: '05:30', zone: 'Mars/Olympus' } },
        { quietHours: { from: '21:00', to: '21:00', zone: 'UTC' } },
      ]) {
        const answer = await call('PUT', 'notifications', as, wrong);
        expect(answer.status, answer.text).to.equal(400);
      }
    });
  });
}
