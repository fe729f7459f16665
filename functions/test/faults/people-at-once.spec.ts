import { expect } from 'chai';
import { people } from '../../src/kernel/auth/person.ts';
import { accountsOf } from '../support/accounts.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at } from '../support/client.ts';
import { superAdminsOf } from '../support/super-admins.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { asking, outcomeOf, type Sides, startSides, trace } from '../support/two-sides.ts';

const ROUNDS = 20;

describe('a person is changed while they act', function () {
  this.timeout(60_000);
  let api: TestApi;
  let world: CgsWorld;
  let sides: Sides;
  let accounts: ReturnType<typeof accountsOf>;
  let admin: Member;
  let noc: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    accounts = accountsOf(api, world);
    sides = await startSides();
    [admin, noc] = await Promise.all([world.member('SuperAdmin'), world.member('NOC')]);
  });
  after(async () => {
    await Promise.all([api.stop(), sides.stop()]);
  });

  const personOf = async (id: string) => {
    const key = people.doc(id);
    return api.runtime.store.get(key);
  };
  const accepting = (as: Member, id: string) =>
    asking(as, 'POST', `/v1/tickets/${id}/ticketStatus/accept`);
  const deleting = (id: string) => asking(admin, 'DELETE', `/v1/users/${id}`);
  const signedIn = async ({ cookie }: { cookie: string }): Promise<number> =>
    (await world.call('GET', '/v1/users/me', { as: { cookie } })).status;

  for (const [how, orders] of [
    ['the accept is first', [0]],
    ['the deletion is first', [1]],
    [`${ROUNDS} times`, Array.from({ length: ROUNDS }, (_, n) => 2 + (n % 2))],
  ] as const) {
    it(`delete user × accept: one refuses the other, or another FOC can take over (${how})`, async () => {
      for (const order of orders) {
        const foc = await world.member('FOC');
        const id = await world.open(noc);
        const acts = [accepting(foc, id), deleting(foc.id)] as const;
        const [one, two] = acts;
        const race = order < 2 ? sides.ordered : sides.free;
        const answers = await (order % 2 === 0 ? race(acts) : race([two, one]));
        const [accepted, deleted] = order % 2 === 0 ? answers : [answers[1], answers[0]];
        const ticket = await world.read(noc, id);
        const person = await personOf(foc.id);
        const outcome = [accepted, deleted, trace(ticket), person?.id];
        expect(outcome).to.be.deep.oneOf([
          ['201', '409 user/has-tickets', 'Open Accepted', foc.id],
          ['401 auth/required', '200', 'Open', undefined],
          // Accepted by a request that was running when they were deleted.
          ['201', '200', 'Open Accepted', undefined],
        ]);
        if (accepted !== '201') continue;
        const other = await world.member('FOC');
        await world.command(admin, id, 'assign', { focId: other.id });
        expect(at(await world.read(noc, id), 'foc', 'id')).to.equal(other.id);
      }
    });
  }

  it('delete × delete: the person is gone, and both get that answer', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const foc = await world.member('FOC');
      const race = round < 2 ? sides.ordered : sides.free;
      const answers = await race([deleting(foc.id), deleting(foc.id)]);
      expect(answers).to.include('200');
      expect(answers.every((each) => each === '200' || each === '404 user/not-found')).to.equal(
        true,
      );
      expect(await personOf(foc.id)).to.equal(undefined);
    }
  });

  it('update × update: both take effect', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const foc = await accounts.person('FOC');
      const race = round === 0 ? sides.ordered : sides.free;
      const put = (body: object) => asking(admin, 'PUT', `/v1/users/${foc.id}`, body);
      const answers = await race([put({ nik: '777' }), put({ phoneNumber: '0898765432' })]);
      expect(answers).to.deep.equal(['200', '200']);
      expect((await personOf(foc.id))?.data).to.include({ nik: '777', phoneNumber: '0898765432' });
      // Both changes reached the open session, which has a copy of the person.
      const me = await world.call('GET', '/v1/users/me', { as: foc });
      expect(at(me.body, 'data', 'result', 'nik')).to.equal('777');
      expect(at(me.body, 'data', 'result', 'phoneNumber')).to.equal('0898765432');
    }
  });

  it('a new region × login: no session of before the change is left', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      // A new person each time, because too many failed logins of one person get 429.
      const foc = await accounts.person('FOC', 'West');
      let cookie: string | undefined;
      const answers = await sides.free([
        async () => {
          cookie = await accounts.signInIfAllowed(foc);
          return cookie === undefined ? 'refused' : 'signed in';
        },
        asking(admin, 'PUT', `/v1/users/${foc.id}`, { region: 'East' }),
      ]);
      expect(answers[1]).to.equal('200');
      expect(await signedIn(foc)).to.equal(401);
      if (cookie === undefined) continue;
      const me = await world.call('GET', '/v1/users/me', { as: { cookie } });
      const region = me.status === 200 ? at(me.body, 'data', 'result', 'region') : me.status;
      expect(['East', 401]).to.include(region);
    }
  });

  it('logout × a command: the command is done before it, or refused after it', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const foc = await world.member('FOC');
      const id = await world.open(noc);
      const [command, logout] = await sides.free([
        accepting(foc, id),
        asking(foc, 'POST', '/v1/logout'),
      ]);
      expect(logout).to.equal('200');
      const log = trace(await world.read(noc, id));
      expect([
        ['201', 'Open Accepted'],
        ['401 auth/required', 'Open'],
      ]).to.deep.include([command, log]);
      expect(await signedIn(foc)).to.equal(401);
    }
  });
});

describe('three SuperAdmins remove each other at once', function () {
  this.timeout(60_000);
  let api: TestApi;
  let world: CgsWorld;
  let admins: ReturnType<typeof superAdminsOf>;
  const retired: string[] = [];

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    admins = superAdminsOf(api);
    retired.push(...(await admins.retireOthers()));
  });
  after(async () => {
    await admins.setActive(retired, true);
    await api.stop();
  });

  for (const [title, method, path, body] of [
    ['by deletion', 'DELETE', '', undefined],
    ['by deactivation', 'PUT', '', { active: false }],
    ['by another role', 'PUT', '', { role: 'NOC' }],
    ['by withdrawing the access', 'DELETE', '/access/cgs', undefined],
  ] as const) {
    it(`${title}: one of them remains (10 rounds)`, async () => {
      const accounts = accountsOf(api, world);
      for (let round = 0; round < 10; round += 1) {
        const three = [
          await accounts.person('SuperAdmin'),
          await accounts.person('SuperAdmin'),
          await accounts.person('SuperAdmin'),
        ];
        await admins.retireOthers(...three.map(({ id }) => id));
        const answers = await Promise.all(
          three.map((as, index) => {
            const target = three[(index + 1) % 3]?.id ?? '';
            const sending = body === undefined ? { as } : { as, body };
            return world.call(method, `/v1/users/${target}${path}`, sending);
          }),
        );
        const done = answers.filter(({ status }) => status === 200).length;
        const refused = answers.map(outcomeOf).filter((each) => each !== '200');
        expect(refused.every((each) => /^(401|403|409 user\/last-superadmin)/.test(each))).to.equal(
          true,
          refused.join(),
        );
        const left = await admins.idsOfActive();
        expect(left).to.have.length(3 - done);
        expect(left).not.to.deep.equal([]);
        for (const { id, email } of three) {
          if (left.includes(id)) await accounts.signIn({ email });
        }
      }
    });
  }
});
