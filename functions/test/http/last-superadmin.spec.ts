import { expect } from 'chai';
import { accountsOf } from '../support/accounts.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { codeOf } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { superAdminsOf } from '../support/super-admins.ts';

describe('the last active SuperAdmin', () => {
  let api: TestApi;
  let world: CgsWorld;
  let accounts: ReturnType<typeof accountsOf>;
  let admins: ReturnType<typeof superAdminsOf>;
  let caller: Member;
  let last: Member;
  let retired: string[];

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
    admins = superAdminsOf(api);
  });
  beforeEach(async () => {
    // The caller's session outlives the caller's own removal, as in a request that is under way.
    [caller, last] = [await world.member('SuperAdmin'), await accounts.person('SuperAdmin')];
    retired = await admins.retireOthers(last.id);
  });
  afterEach(() => admins.setActive(retired, true));
  after(() => api.stop());

  for (const [title, method, path, body] of [
    ['deleted', 'DELETE', '', undefined],
    ['deactivated', 'PUT', '', { active: false }],
    ['given another role', 'PUT', '', { role: 'NOC' }],
    ['denied the desk', 'DELETE', '/access/cgs', undefined],
  ] as const) {
    it(`is not ${title}, as any other SuperAdmin is`, async () => {
      const sending = body === undefined ? { as: caller } : { as: caller, body };
      const attempt = () => world.call(method, `/v1/users/${last.id}${path}`, sending);
      const answer = await attempt();
      expect([answer.status, codeOf(answer)]).to.deep.equal([409, 'user/last-superadmin']);
      expect(await admins.idsOfActive()).to.deep.equal([last.id]);
      await accounts.signIn(last);
      await admins.setActive([caller.id], true);
      const { status, text } = await attempt();
      expect(status, text).to.equal(200);
      expect(await admins.idsOfActive()).to.deep.equal([caller.id]);
    });
  }

  it('can be changed in everything else', async () => {
    const body = { name: 'Still Admin', region: 'East' };
    const { status } = await world.call('PUT', `/v1/users/${last.id}`, { as: caller, body });
    expect(status).to.equal(200);
  });
});
