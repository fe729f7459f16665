import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { personWith } from '../desks/person.ts';
import { type UrbanWorld, urbanWorld } from '../desks/urban/world.ts';
import { at, listAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { ownRuntime } from '../support/own-store.ts';

const MINUTE = 60_000;

describe('who is there to work on tickets', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi({ store: ownRuntime().runtime.store });
  });
  after(() => api.stop());

  describe('crews of the cgs desk', () => {
    let world: CgsWorld;
    let noc: Member;

    before(async () => {
      world = cgsWorld(api);
      noc = await world.member('NOC');
    });

    const crews = (as: Member, query = '') => world.call('GET', `/v1/crews?${query}`, { as });
    const namesIn = (body: unknown) =>
      listAt(body, 'data', 'result').map((crew) => at(crew, 'name'));
    const crewOf = async (name: string) =>
      listAt((await crews(noc, `q=${name}`)).body, 'data', 'result')[0];

    it('are the active FOCs of the caller’s region, by name, in pages', async () => {
      await world.member('FOC', 'Central', 'Regu B');
      await world.member('FOC', 'Central', 'Regu A');
      await world.member('FOC', 'East', 'Regu Cepat');
      await world.member('FOCSupervisor', 'Central', 'Regu D');
      const retired = { role: 'FOC', region: 'Central', area: null, areas: [] };
      const names = { name: 'Regu E' };
      await personWith(api, { cgs: { ...retired, active: false } }, names);
      await personWith(api, { cgs: { ...retired, active: true } }, { ...names, active: false });
      const central = ['Regu A', 'Regu B'];
      for (const role of ['NOC', 'FOCSupervisor'] as const) {
        const viewer = await world.member(role, 'Central');
        expect(namesIn((await crews(viewer)).body)).to.deep.equal(central);
        expect(namesIn((await crews(viewer, 'region=East')).body)).to.deep.equal([]);
      }
      const admin = await world.member('SuperAdmin');
      expect(namesIn((await crews(admin, 'region=East')).body)).to.deep.equal(['Regu Cepat']);
      expect(namesIn((await crews(admin, 'q=regu')).body)).to.deep.equal([
        ...central,
        'Regu Cepat',
      ]);
      const { body } = await crews(admin, 'q=regu&limit=2');
      const cursor = String(at(body, 'data', 'page', 'nextCursor'));
      const next = await crews(admin, `q=regu&limit=2&cursor=${cursor}`);
      expect(namesIn(next.body)).to.deep.equal(['Regu Cepat']);
      const filled = await crews(admin, 'q=regu%20cep&limit=1');
      expect(namesIn(filled.body)).to.deep.equal(['Regu Cepat']);
      expect((await crews(admin, 'limit=31')).status).to.equal(400);
    });

    it('work on the ticket that they moved last, not on one that somebody noted something on', async () => {
      const foc = await world.member('FOC', 'West', 'Kru Catatan');
      const earlier = await world.ticket('Accepted', { noc, foc });
      const later = await world.ticket('Accepted', { noc, foc });
      await world.command(noc, earlier, 'notes', { remark: 'Ring twice.' });
      expect(at(await crewOf('Catatan'), 'now')).to.deep.include({ id: later });
    });

    it('have nothing to do, and no position, without a ticket in progress', async () => {
      const foc = await world.member('FOC', 'West', 'Kru Kosong');
      await world.ticket('Closed', { noc, foc });
      expect(await crewOf('Kosong')).to.deep.include({ load: 0, now: null, position: null });
    });

    it('show the ticket they work on, not one that rests, and the latest evidence', async () => {
      const foc = await world.member('FOC', 'West', 'Kru Sibuk');
      const at1 = { locationCoordinate: '-6.1,107.1', remark: 'Here.' };
      const mediaUrl = 'https://media.example/1.jpg';
      const working = await world.ticket('OnTheWay', { noc, foc });
      await world.command(foc, working, 'ticketStatus/checkedIn', { ...at1, mediaUrl });
      await world.approve(noc, working);
      await world.ticket('Pending', { noc, foc });
      const crew = await crewOf('Sibuk');
      expect(crew).to.deep.include({ id: foc.id, region: 'West', load: 2 });
      expect(at(crew, 'now')).to.deep.include({ id: working, status: 'CheckedIn' });
      expect(at(crew, 'position', 'coordinate')).to.equal('-6.1,107.1');
      const age = Date.now() - Date.parse(String(at(crew, 'position', 'at')));
      expect(age).to.be.within(0, MINUTE);
    });

    it('have no position from evidence of the FOC before them', async () => {
      const [before, foc] = [
        await world.member('FOC', 'West', 'Kru Lama'),
        await world.member('FOC', 'West', 'Kru Baru'),
      ];
      const id = await world.ticket('CheckedIn', { noc, foc: before });
      const supervisor = await world.member('FOCSupervisor');
      await world.command(supervisor, id, 'assign', { focId: foc.id, remark: 'Take over.' });
      expect(await crewOf('Baru')).to.deep.include({ load: 1, position: null });
      expect(await crewOf('Lama')).to.deep.include({ load: 0, position: null });
    });
  });

  describe('technicians of the city services', () => {
    let world: UrbanWorld;

    before(() => {
      world = urbanWorld(api);
    });

    const technician = (name: string, more: object = {}, profile: object = {}) =>
      world.withAccess(
        { urban: { technician: true, permissions: [], active: true, ...more } },
        { name, ...profile },
      );

    it('are the active ones, with their load, for who may assign', async () => {
      const crew = await world.crew();
      const [busy, free] = [await technician('Ani Busy'), await technician('Budi Free')];
      await technician('Away', { active: false });
      await technician('Gone', {}, { active: false });
      await world.ticketIn('IN_PROGRESS', { ...crew, technician: busy });
      await world.ticketIn('IN_PROGRESS', { ...crew, technician: busy });
      await world.ticketIn('COMPLETED', { ...crew, technician: free });
      const { body } = await world.call('GET', '/technicians', { as: crew.admin });
      expect(body).to.deep.equal([
        { ...busy.contact, load: 2 },
        { ...free.contact, load: 0 },
      ]);
      const found = await world.call('GET', '/technicians?q=bud', { as: crew.admin });
      expect(found.body).to.deep.equal([{ ...free.contact, load: 0 }]);
      const filled = await world.call('GET', '/technicians?q=crewline%20free&limit=1', {
        as: crew.admin,
      });
      expect(filled.body).to.deep.equal([{ ...free.contact, load: 0 }]);
      const first = await world.call('GET', '/technicians?limit=1', { as: crew.admin });
      expect(listAt(first.body)).to.have.length(1);
      const cursor = first.headers.get('X-Next-Cursor') ?? '';
      const next = await world.call('GET', `/technicians?cursor=${cursor}`, { as: crew.admin });
      expect(next.body).to.deep.equal([{ ...free.contact, load: 0 }]);
    });

    it('are not shown to who may not assign', async () => {
      for (const permissions of [[], ['ticket:read'], ['user:read', 'user:write']] as const) {
        const as = await world.resident(permissions);
        expect((await world.call('GET', '/technicians', { as })).status).to.equal(403);
      }
    });
  });
});
