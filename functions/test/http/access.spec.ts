import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { communityWorld } from '../desks/community/world.ts';
import { at, listAt } from '../support/client.ts';
import { ownRuntime } from '../support/own-store.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const URBAN = { technician: false, permissions: ['ticket:read'], active: true };

describe('access to the desks', () => {
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let somebody: Member;

  const urban = async () =>
    (await world.call('GET', '/api/urban/tickets', { as: somebody })).status;
  const access = (method: string, desk: string, body?: unknown) =>
    world.call(method, `/v1/users/${somebody.id}/access/${desk}`, {
      as: admin,
      ...(body === undefined ? {} : { body }),
    });

  before(async () => {
    api = await startApi({ store: ownRuntime().runtime.store });
    world = cgsWorld(api);
    admin = await world.member('SuperAdmin');
  });

  beforeEach(async () => {
    somebody = await world.member('FOC');
  });

  after(() => api.stop());

  it('is granted and withdrawn from one request to the next, in the session that is open', async () => {
    expect(await urban()).to.equal(403);
    expect((await access('PUT', 'urban', URBAN)).status).to.equal(200);
    expect(await urban()).to.equal(200);
    expect((await access('DELETE', 'urban')).status).to.equal(200);
    expect(await urban()).to.equal(403);
  });

  it('is granted inactive as well: such a person is refused', async () => {
    await access('PUT', 'urban', { ...URBAN, active: false });
    expect(await urban()).to.equal(403);
  });

  it('to another desk stays when the access to this one is withdrawn', async () => {
    await access('PUT', 'urban', URBAN);
    const { status, body } = await access('DELETE', 'cgs');
    expect(status).to.equal(200);
    expect(at(body, 'data', 'result', 'access')).to.deep.equal({ urban: URBAN });
    expect((await world.call('GET', '/v1/users/me', { as: somebody })).status).to.equal(403);
    expect(await urban()).to.equal(200);
  });

  it('to this desk is not withdrawn from oneself, nor while tickets are assigned', async () => {
    const own = `/v1/users/${admin.id}/access/cgs`;
    expect((await world.call('DELETE', own, { as: admin })).status).to.equal(409);
    const noc = await world.member('NOC');
    await world.ticket('Accepted', { noc, foc: somebody });
    const { status, body } = await access('DELETE', 'cgs');
    expect(status).to.equal(409);
    expect(at(body, 'error', 'code')).to.equal('user/has-tickets');
  });

  describe('of the desk community', () => {
    const at1 = { companyId: 1, communityId: 1, residentId: 1 };

    before(() => communityWorld(api).fill());

    for (const [what, granted, wrong] of [
      ['a resident with their own community and company', { role: 'RESIDENT', ...at1 }, []],
      ['an administrator of a company', { role: 'ADMIN_COMPANY', companyId: 2 }, []],
      ['a SYSTEM_ADMIN of nothing', { role: 'SYSTEM_ADMIN' }, []],
      ['no such company', { role: 'ADMIN_COMPANY', companyId: 99 }, ['companyId']],
      [
        'no such community',
        { role: 'RESIDENT', ...at1, communityId: 99 },
        ['communityId', 'residentId'],
      ],
      ['no such resident', { role: 'RESIDENT', ...at1, residentId: 99 }, ['residentId']],
      [
        'a community of another company',
        { role: 'RESIDENT', ...at1, companyId: 2 },
        ['communityId', 'residentId'],
      ],
      [
        'a resident of another community',
        { role: 'RESIDENT', ...at1, residentId: 3 },
        ['residentId'],
      ],
    ] as const) {
      it(`${wrong.length === 0 ? 'is granted to' : 'is not granted to'} ${what}`, async () => {
        const answer = await access('PUT', 'community', { ...granted, active: true });
        expect(answer.status, answer.text).to.equal(wrong.length === 0 ? 200 : 400);
        if (wrong.length === 0) return;
        const named = listAt(answer.body, 'error', 'details').map((each) => at(each, 'path'));
        expect(named).to.deep.equal(wrong);
      });
    }
  });

  describe('of the desk isp', () => {
    const isp = (userId: number, ispId = 77) => ({ userId, ispId, branchIds: [1], active: true });
    const grant = (id: string, body: object) =>
      world.call('PUT', `/v1/users/${id}/access/isp`, { as: admin, body });

    it('has a userId that nobody else of the ISP has, until it is withdrawn', async () => {
      const other = await world.member('FOC');
      expect((await grant(somebody.id, isp(1))).status).to.equal(200);
      expect((await grant(somebody.id, { ...isp(1), branchIds: [1, 2] })).status).to.equal(200);
      const taken = await grant(other.id, isp(1));
      expect(taken.status).to.equal(409);
      expect(at(taken.body, 'error', 'code')).to.equal('access/taken');
      expect((await grant(other.id, isp(1, 78))).status).to.equal(200);
      expect((await grant(somebody.id, isp(2))).status).to.equal(200);
      expect((await grant(other.id, isp(1))).status).to.equal(200);
      await access('DELETE', 'isp');
      expect((await grant(other.id, isp(2))).status).to.equal(200);
    });

    it('is granted to one of several people who get a userId at the same moment', async () => {
      const crowd = await Promise.all(Array.from({ length: 8 }, () => world.member('FOC')));
      const answers = await Promise.all(crowd.map(({ id }) => grant(id, isp(3))));
      const granted = answers.filter(({ status }) => status === 200);
      const taken = answers.filter(({ status }) => status === 409);
      expect([granted.length, taken.length]).to.deep.equal([1, 7]);
    });
  });

  it('is refused when its fields do not fit the desk, or when there is no such desk', async () => {
    expect((await access('PUT', 'urban', { permissions: ['all'], active: true })).status).to.equal(
      400,
    );
    expect((await access('PUT', 'community', { role: 'RESIDENT', active: true })).status).to.equal(
      400,
    );
    expect((await access('PUT', 'nowhere', URBAN)).status).to.equal(404);
  });
});
