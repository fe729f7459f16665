import { expect } from 'chai';
import { categories, communities, residents } from '../../src/desks/community/records.ts';
import { archivedKey } from '../../src/kernel/resource/archive.ts';
import type { Collection } from '../../src/kernel/store/collection.ts';
import { at } from '../support/client.ts';
import { type CommunityWorld, communityWorld, type Member } from '../desks/community/world.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { ownProject, ownRuntime } from '../support/own-store.ts';

const ROUNDS = 20;

describe('people of a community act at once', function () {
  this.timeout(60_000);
  // Two instances of the API over one store, so that no decision depends on shared memory.
  const apis: TestApi[] = [];
  let one: CommunityWorld;
  let other: CommunityWorld;
  let resident: Member;
  let admin: Member;
  let system: Member;

  before(async () => {
    const project = ownProject();
    for (let count = 0; count < 2; count += 1) {
      apis.push(await startApi({ store: ownRuntime({}, project).runtime.store }));
    }
    const [first, second] = apis.map(communityWorld);
    if (first === undefined || second === undefined) throw new Error('there are two instances');
    [one, other] = [first, second];
    await one.fill();
    resident = await one.member('RESIDENT');
    admin = await one.member('ADMIN_COMPANY');
    system = await one.member('SYSTEM_ADMIN');
  });
  after(() => Promise.all(apis.map((api) => api.stop())));

  /** Whether a record was archived; it is in its collection otherwise, never nowhere. */
  const isArchived = async (from: Collection<unknown>, id: number): Promise<boolean> => {
    const { store } = apis[0]?.runtime ?? {};
    const key = from.doc(String(id));
    const reads = await store?.load([key, archivedKey(key)]);
    const [isThere, isKept] = [key, archivedKey(key)].map((each) => reads?.get(each) !== undefined);
    expect(isThere).to.equal(!isKept);
    return isKept === true;
  };

  it('a ticket is deleted under comments: no comment is left without it', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await one.open(resident);
      const first = await one.comment(resident, id);
      const say = (world: CommunityWorld, as: Member) =>
        world.call('POST', '/comentarios', { as, body: world.commentOf(id) });
      const reply = { as: resident, body: one.commentOf(id, { idComment: first }) };
      const [deleted, ...said] = await Promise.all([
        other.call('DELETE', `/tickets/${id}`, { as: admin }),
        say(one, resident),
        say(other, admin),
        one.call('POST', '/comentarios', reply),
      ]);
      expect(deleted?.status).to.equal(200);
      for (const { status, text } of said) expect(status, text).to.be.oneOf([201, 404]);
      expect(await one.ticket(id)).to.equal(undefined);
      expect(await one.commentsOn(id)).to.deep.equal([]);
    }
  });

  it('no reply outlives a comment that is deleted while replies arrive', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await one.open(resident);
      const parent = await one.comment(resident, id);
      const body = other.commentOf(id, { idComment: parent });
      const [deleted, replied] = await Promise.all([
        one.call('DELETE', `/comentarios/${parent}`, { as: resident }),
        other.call('POST', '/comentarios', { as: admin, body }),
      ]);
      expect([deleted.status, replied.status]).to.be.deep.oneOf([
        [200, 400],
        [409, 201],
      ]);
      const left = await one.commentsOn(id);
      expect(left.map(({ idComment }) => idComment)).to.deep.equal(
        replied.status === 201 ? [null, parent] : [],
      );
      expect((await one.ticket(id))?.commentCount).to.equal(left.length);
    }
  });

  it('a resident never cancels a ticket that an administrator has just moved', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await one.open(resident);
      const [cancelled, moved] = await Promise.all([
        one.call('PUT', `/tickets/${id}`, { as: resident, body: { statusId: 5 } }),
        other.call('PUT', `/tickets/${id}`, { as: admin, body: { statusId: 4 } }),
      ]);
      expect(moved.status).to.equal(200);
      expect(cancelled.status).to.be.oneOf([200, 409]);
      expect((await one.ticket(id))?.statusId).to.equal(4);
    }
  });

  it('two simultaneous status changes and an edit all take effect', async () => {
    const id = await one.open(resident);
    const put = (world: CommunityWorld, body: object) =>
      world.call('PUT', `/tickets/${id}`, { as: admin, body });
    const answers = await Promise.all([
      put(one, { statusId: 2 }),
      put(other, { statusId: 3 }),
      put(other, { contenido: 'Con foto.' }),
      put(one, { imageUrls: ['uploads/a.jpg'] }),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    const ticket = await one.ticket(id);
    expect(ticket).to.deep.include({ contenido: 'Con foto.', imageUrls: ['uploads/a.jpg'] });
    expect(ticket?.statusId).to.be.oneOf([2, 3]);
    const moves = ticket?.statusLog.map(({ to }) => to) ?? [];
    expect(moves.slice(1)).to.have.members([2, 3]);
    expect(moves.at(-1)).to.equal(ticket?.statusId);
  });

  it('simultaneous comments are all stored, numbered and counted', async () => {
    const id = await one.open(resident);
    const said = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 ? one : other).comment(resident, id)),
    );
    expect(new Set(said).size).to.equal(30);
    expect(await one.commentsOn(id)).to.have.length(30);
    expect((await one.ticket(id))?.commentCount).to.equal(30);
  });

  it('a category, a resident and a community that go while they are named are archived', async () => {
    for (let round = 0; round < ROUNDS / 2; round += 1) {
      const category = await one.create(system, '/categoriaticket', { descripcion: 'Breve' });
      const home = await one.create(admin, '/communities', { companyId: 1, name: 'Breve' });
      const person = await one.create(admin, '/residents', { communityId: home, name: 'Breve' });
      const body = { categoriaTicketId: category, residentId: person };
      const [opened, ...deleted] = await Promise.all([
        one.call('POST', '/tickets', { as: admin, body }),
        other.call('DELETE', `/categoriaticket/${category}`, { as: system }),
        other.call('DELETE', `/residents/${person}`, { as: admin }),
      ]);
      expect(opened?.status).to.be.oneOf([201, 400]);
      for (const { status } of deleted) expect(status).to.be.oneOf([200, 409]);
      const [isCategoryGone, isPersonGone] = deleted.map(({ status }) => status === 200);
      expect(await isArchived(categories, category)).to.equal(isCategoryGone);
      expect(await isArchived(residents, person)).to.equal(isPersonGone);
      const lonely = await one.create(admin, '/communities', { companyId: 1, name: 'Sola' });
      const [moved, gone] = await Promise.all([
        one.call('POST', '/residents', { as: admin, body: { communityId: lonely, name: 'Eva' } }),
        other.call('DELETE', `/communities/${lonely}`, { as: admin }),
      ]);
      expect([moved.status, gone.status]).to.be.deep.oneOf([
        [201, 409],
        [400, 200],
        [201, 200],
      ]);
      expect(await isArchived(communities, lonely)).to.equal(gone.status === 200);
    }
  });

  it('100 simultaneous tickets are numbered from 1 without a gap', async () => {
    const api = await startApi({ store: ownRuntime().runtime.store });
    try {
      const world = communityWorld(api);
      const root = await world.member('SYSTEM_ADMIN');
      await world.create(root, '/companies', { name: 'Andes' });
      await world.create(root, '/communities', { companyId: 1, name: 'Álamos' });
      await world.create(root, '/residents', { communityId: 1, name: 'Ana' });
      await world.create(root, '/categoriaticket', { descripcion: 'Otros' });
      const as = await world.member('RESIDENT');
      const body = { categoriaTicketId: 1 };
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => world.call('POST', '/tickets', { as, body })),
      );
      const ids = answers.map((answer) => Number(at(answer.body, 'id')));
      expect(ids.toSorted((a, b) => a - b)).to.deep.equal(ids.map((_, index) => index + 1));
    } finally {
      await api.stop();
    }
  });
});
