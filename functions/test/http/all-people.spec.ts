import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { communityWorld } from '../desks/community/world.ts';
import { PASSWORD, personWith, withAccount } from '../desks/person.ts';
import { urbanWorld } from '../desks/urban/world.ts';
import { accountsOf } from '../support/accounts.ts';
import { at, codeOf, listAt, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { ownRuntime } from '../support/own-store.ts';

const CITIZEN = { urban: { technician: false, permissions: [], active: true } };
const STAFF = { isp: { role: 'staff', userId: 1, ispId: 1, branchIds: [1], active: true } };

describe('the people of all desks, run by a SuperAdmin', () => {
  let api: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let admin: Member;

  before(async () => {
    api = await startApi({ store: ownRuntime().runtime.store });
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
    admin = await world.member('SuperAdmin');
    await communityWorld(api).fill();
  });
  after(() => api.stop());

  const call = (method: string, path: string, body?: unknown) =>
    world.call(method, path, { as: admin, ...(body === undefined ? {} : { body }) });
  const somebody = async (access: Readonly<Record<string, unknown>>, more: object = {}) =>
    withAccount(api, await personWith(api, access, more));
  const newcomer = (more: object = {}) => ({
    email: `${randomUUID()}@crewline.test`,
    name: 'Nia Sari',
    phoneNumber: '+62 811-0000-1111',
    password: PASSWORD,
    ...more,
  });
  const mayLogIn = async (email: string) =>
    (await accounts.signInIfAllowed({ email })) !== undefined;

  describe('are listed', () => {
    const names = async (query: string) =>
      listAt((await call('GET', `/v1/people?q=semua&${query}`)).body, 'data', 'result').map((row) =>
        textAt(row, 'name'),
      );

    before(async () => {
      const cgs = (role: string, region: string) => ({
        cgs: { role, region, active: true, area: null, areaId: null, areas: [] },
      });
      await personWith(api, cgs('FOC', 'West'), { name: 'Semua Foc' });
      await personWith(api, { ...cgs('NOC', 'West'), ...CITIZEN }, { name: 'Semua Noc' });
      await personWith(api, STAFF, { name: 'Semua Staff', phoneNumber: '0877 123 123' });
      await personWith(api, CITIZEN, { name: 'Semua Gone', active: false });
      await personWith(api, {}, { name: 'Semua Tanpa' });
    });

    for (const [query, expected] of [
      ['', ['Foc', 'Gone', 'Noc', 'Staff', 'Tanpa']],
      ['active=true', ['Foc', 'Noc', 'Staff', 'Tanpa']],
      ['desk=urban', ['Gone', 'Noc']],
      ['desk=urban&active=true', ['Noc']],
      ['desk=cgs&role=FOC', ['Foc']],
      ['desk=cgs&region=West', ['Foc', 'Noc']],
      ['desk=cgs&role=FOC&region=East', []],
      ['desk=isp&role=staff', ['Staff']],
      ['desk=nowhere', []],
    ] as const) {
      it(`by ${query || 'a word of their name'}`, async () => {
        expect(await names(query)).to.deep.equal(expected.map((name) => `Semua ${name}`));
      });
    }

    it('by their desk alone, in pages, with their number', async () => {
      const { body } = await call('GET', '/v1/people?desk=isp&role=staff&count=true&limit=1');
      const [row] = listAt(body, 'data', 'result');
      expect(at(row, 'access')).to.have.property('isp');
      const total = Number(at(body, 'data', 'page', 'total'));
      const cursor = textAt(body, 'data', 'page', 'nextCursor');
      const next = await call('GET', `/v1/people?desk=isp&role=staff&limit=100&cursor=${cursor}`);
      expect(listAt(next.body, 'data', 'result')).to.have.length(total - 1);
    });

    it('by phone number and several words, and a role needs its desk', async () => {
      // The first page is full, although four others come before who have one of the words only.
      for (const query of ['q=semua%200877&limit=1', 'q=semua&desk=isp&limit=1']) {
        const { body } = await call('GET', `/v1/people?${query}`);
        expect(listAt(body, 'data', 'result').map((row) => at(row, 'name'))).to.deep.equal([
          'Semua Staff',
        ]);
      }
      expect((await call('GET', '/v1/people?role=FOC')).status).to.equal(400);
    });
  });

  it('are registered with access to several desks, and sign in', async () => {
    const isp = { ...STAFF.isp, userId: 801 };
    const body = newcomer({
      access: { isp, community: { role: 'ADMIN_COMPANY', companyId: 1, active: true } },
    });
    const made = await call('POST', '/v1/people', body);
    expect(made.status, made.text).to.equal(201);
    expect(Object.keys(Object(at(made.body, 'data', 'result', 'access')))).to.have.members([
      'isp',
      'community',
    ]);
    expect(await mayLogIn(body.email)).to.equal(true);
    const taken = await call('POST', '/v1/people', newcomer({ access: { isp } }));
    expect([taken.status, codeOf(taken)]).to.deep.equal([409, 'access/taken']);
    const path = `/v1/people/${textAt(made.body, 'data', 'result', 'id')}`;
    const again = await call('POST', '/v1/people', newcomer({ email: body.email }));
    expect([again.status, codeOf(again)]).to.deep.equal([409, 'user/email-taken']);
    const community = { role: 'ADMIN_COMPANY', companyId: 99, active: true };
    const wrong = await call('POST', '/v1/people', newcomer({ access: { community } }));
    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.include('access.community.companyId');
    expect((await call('DELETE', path)).status).to.equal(200);
    const freed = await call('POST', '/v1/people', newcomer({ access: { isp } }));
    expect(freed.status, freed.text).to.equal(201);
  });

  it('are deactivated, which ends their sessions, and let in again', async () => {
    const them = await somebody(CITIZEN);
    const tickets = () => world.call('GET', '/api/urban/tickets/mine', { as: them });
    expect((await tickets()).status).to.equal(200);
    const off = await call('PUT', `/v1/people/${them.id}`, { active: false });
    expect(off.status, off.text).to.equal(200);
    expect((await tickets()).status).to.equal(401);
    expect(await mayLogIn(them.person.email)).to.equal(false);
    await call('PUT', `/v1/people/${them.id}`, { active: true });
    expect(await mayLogIn(them.person.email)).to.equal(true);
  });

  it('are changed, and signed out by a new password', async () => {
    const them = await somebody(STAFF);
    const answer = await call('PUT', `/v1/people/${them.id}`, {
      name: 'Nia',
      password: 'new-horse-9',
    });
    expect(at(answer.body, 'data', 'result')).to.deep.include({ name: 'Nia', access: STAFF });
    const listed = await world.call('GET', '/api/v1/people', { as: them });
    expect(listed.status).to.equal(401);
  });

  it('are deleted, with their sessions and their account', async () => {
    const them = await somebody(CITIZEN);
    const path = `/v1/people/${them.id}`;
    expect((await call('GET', path)).status).to.equal(200);
    expect((await call('DELETE', path)).status).to.equal(200);
    expect((await call('GET', path)).status).to.equal(404);
    expect((await world.call('GET', '/api/urban/tickets/mine', { as: them })).status).to.equal(401);
    expect(await api.runtime.accounts.find(them.person.email)).to.equal(undefined);
  });

  it('stay while they have work in progress at any desk', async () => {
    const urban = urbanWorld(api);
    const crew = await urban.crew();
    await urban.ticketIn('IN_PROGRESS', crew);
    const path = `/v1/people/${crew.technician.id}`;
    for (const answer of [await call('DELETE', path), await call('PUT', path, { active: false })]) {
      expect([answer.status, codeOf(answer)]).to.deep.equal([409, 'user/has-tickets']);
    }
  });

  it('are not oneself, to deactivate or delete', async () => {
    const path = `/v1/people/${admin.id}`;
    for (const answer of [
      await call('DELETE', path),
      await call('PUT', path, { active: false }),
      await call('PUT', `/v1/users/${admin.id}/access/cgs`, { role: 'FOC', region: 'West' }),
    ]) {
      expect([answer.status, codeOf(answer)]).to.deep.equal([409, 'user/self']);
    }
  });

  describe('get access to this desk', () => {
    const grant = (id: string, body: object) => call('PUT', `/v1/users/${id}/access/cgs`, body);

    it('from another one, which they keep, and appear in its lists', async () => {
      const area = await world.area('East', `AREA ${randomUUID()}`);
      const { id, cookie } = await somebody(CITIZEN);
      const answer = await grant(id, { role: 'FOC', region: 'East', area: area.name });
      expect(answer.status, answer.text).to.equal(200);
      expect(at(answer.body, 'data', 'result', 'access')).to.deep.include(CITIZEN);
      const me = await world.call('GET', '/v1/users/me', { as: { cookie } });
      expect(at(me.body, 'data', 'result')).to.deep.include({ role: 'FOC', area: area.name });
      const { body } = await call('GET', `/v1/users?area=${encodeURIComponent(area.name)}`);
      expect(listAt(body, 'data', 'result').map((row) => at(row, 'id'))).to.deep.equal([id]);
    });

    it('of an area of its region only', async () => {
      const { id } = await somebody(CITIZEN);
      const answer = await grant(id, { role: 'FOC', region: 'East', area: 'NOWHERE' });
      expect(answer.status).to.equal(400);
    });

    it('of another region: they sign in again, and have no ticket in progress', async () => {
      const foc = await world.member('FOC');
      const id = await world.ticket('Accepted', { noc: await world.member('NOC'), foc });
      const busy = await grant(foc.id, { role: 'FOC', region: 'East' });
      expect([busy.status, codeOf(busy)]).to.deep.equal([409, 'user/has-tickets']);
      const supervisor = await world.member('FOCSupervisor');
      const other = await world.member('FOC');
      await world.command(supervisor, id, 'assign', { focId: other.id, remark: 'Yours.' });
      expect((await grant(foc.id, { role: 'FOC', region: 'West' })).status).to.equal(200);
      expect((await world.call('GET', '/v1/users/me', { as: foc })).status).to.equal(200);
      expect((await grant(foc.id, { role: 'FOC', region: 'East' })).status).to.equal(200);
      expect((await world.call('GET', '/v1/users/me', { as: foc })).status).to.equal(401);
    });
  });
});
