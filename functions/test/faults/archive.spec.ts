import { expect } from 'chai';
import { communityDesk } from '../../src/desks/community/index.ts';
import { categories } from '../../src/desks/community/records.ts';
import { archive, archivedKey } from '../../src/kernel/resource/archive.ts';
import type { Store } from '../../src/kernel/store/store.ts';
import { type CommunityWorld, communityWorld, type Member } from '../desks/community/world.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore } from '../support/hooked-store.ts';
import { createClock, ownRuntime } from '../support/own-store.ts';
import { leavesUnsound } from '../support/written-data.ts';

describe('a deleted record', function () {
  this.timeout(60_000);
  const clock = createClock(new Date());
  let plain: Store;
  let api: TestApi;
  let world: CommunityWorld;
  let resident: Member;
  let system: Member;
  /** What happens just before the next commit. */
  let beforeCommit: (() => Promise<unknown>) | undefined;

  before(async () => {
    plain = ownRuntime().runtime.store;
    const store = hookedStore(plain, {
      commit: async (_, go) => {
        const first = beforeCommit;
        beforeCommit = undefined;
        await first?.();
        await go();
      },
    });
    api = await startApi({ store, now: clock.now });
    world = communityWorld(api);
    await world.fill();
  });
  beforeEach(async () => {
    // A session ends when nobody uses it for an hour.
    resident = await world.member('RESIDENT');
    system = await world.member('SYSTEM_ADMIN');
  });
  after(() => api.stop());

  const newCategory = () => world.create(system, '/categoriaticket', { descripcion: 'Breve' });
  const remove = async (id: number): Promise<void> => {
    const answer = await world.call('DELETE', `/categoriaticket/${id}`, { as: system });
    expect(answer.status, answer.text).to.equal(200);
  };
  const keyOf = (id: number) => archivedKey(categories.doc(String(id)));
  const isArchived = async (id: number): Promise<boolean> =>
    (await plain.get(keyOf(id))) !== undefined;

  const sweep = async (minutesLater: number) => {
    clock.forward(minutesLater);
    const until = new Date(clock.now().getTime() + 60_000);
    const reports = [];
    for (const each of communityDesk.sweeps) reports.push(await each(api.runtime, until));
    return reports;
  };

  it('is removed an hour later, and not before', async () => {
    const id = await newCategory();
    await remove(id);
    expect(await isArchived(id)).to.equal(true);
    await sweep(59);
    expect(await isArchived(id)).to.equal(true);
    expect(await sweep(1)).to.deep.equal([
      { name: 'archived records', changed: 1, failed: 0, finished: true },
    ]);
    expect(await isArchived(id)).to.equal(false);
  });

  it('stays while a ticket that was under way refers to it, and goes in time after that', async () => {
    const id = await newCategory();
    beforeCommit = () => remove(id);
    const ticket = await world.open(resident, { categoriaTicketId: id });
    expect((await world.ticket(ticket))?.categoriaTicketId).to.equal(id);
    expect(await isArchived(id)).to.equal(true);
    await sweep(60);
    expect(await isArchived(id)).to.equal(true);

    const as = await world.member('RESIDENT');
    expect((await world.call('DELETE', `/tickets/${ticket}`, { as })).status).to.equal(200);
    await sweep(59);
    expect(await isArchived(id)).to.equal(true);
    await sweep(1);
    expect(await isArchived(id)).to.equal(false);
  });

  it('is refused for whatever begins after its deletion', async () => {
    const id = await newCategory();
    await remove(id);
    const body = { categoriaTicketId: id };
    const answer = await world.call('POST', '/tickets', { as: resident, body });
    expect(answer.status, answer.text).to.equal(400);
  });

  it('that the sweep can not read is left and reported, and stops no other', async () => {
    const id = await newCategory();
    await remove(id);
    const broken = {
      collection: categories.name,
      record: { id: 'none' },
      archivedAt: clock.now(),
      dueAt: clock.now(),
    };
    leavesUnsound((path) => path === 'archive/categoriaTickets-none');
    await plain.commit([archive.create('categoriaTickets-none', broken)]);
    const [report] = await sweep(60);
    expect(report).to.deep.include({ failed: 1, finished: true });
    expect(await isArchived(id)).to.equal(false);
  });
});
