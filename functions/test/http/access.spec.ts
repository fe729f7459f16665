import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const URBAN = { permissions: ['ticket:read'], active: true };

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
    api = await startApi();
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
