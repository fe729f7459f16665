import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { followersOf } from '../../src/desks/cgs/copies/followers.ts';
import { areas } from '../../src/desks/cgs/master/collections.ts';
import { sweepCopies } from '../../src/kernel/store/copy-runs.ts';
import { masterWorld, type MasterWorld, type Network } from '../desks/cgs/master-world.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore } from '../support/hooked-store.ts';

const { areas: follower } = followersOf();
const sweep = sweepCopies([follower]);

describe('an area that moves to another region while the first record in it is created', function () {
  this.timeout(60_000);
  /** Its store does not wait for anything: the area is moved through it. */
  let plain: TestApi;
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let master: MasterWorld;
  let network: Network;
  /** What happens just before the next commit of a client or a person. */
  let beforeCommit: (() => Promise<unknown>) | undefined;

  before(async () => {
    plain = await startApi();
    const store = hookedStore(plain.runtime.store, {
      commit: async (writes, go) => {
        const isAwaited = writes.some(({ path }) => /^(clients|users)\//.test(path));
        const first = isAwaited ? beforeCommit : undefined;
        if (isAwaited) beforeCommit = undefined;
        await first?.();
        await go();
      },
    });
    api = await startApi({ store });
    world = cgsWorld(api);
    admin = await world.member('SuperAdmin');
    master = masterWorld(api, world);
  });
  beforeEach(async () => {
    network = await master.network(admin);
  });
  after(async () => {
    await api.stop();
    await plain.stop();
  });

  const area = async () => {
    const key = areas.doc(network.area);
    return (await plain.runtime.store.get(key))?.data;
  };

  /** Moves the area while the request is under way; the trigger runs then, or after it. */
  const createAcross = async (path: string, body: object, isLate: boolean): Promise<string> => {
    let deliver: (() => Promise<void>) | undefined;
    beforeCommit = async () => {
      const before = await area();
      const moving = { as: admin, body: { region: 'East' } };
      const moved = await cgsWorld(plain).call('PUT', `/v1/areas/${network.area}`, moving);
      expect(moved.status, moved.text).to.equal(200);
      const event = { id: network.area, before, after: await area() };
      deliver = () => follower.handle(plain.runtime, event);
      if (!isLate) await deliver();
    };
    const answer = await world.call('POST', `/v1/${path}`, { as: admin, body });
    expect(answer.status, answer.text).to.equal(201);
    expect(at(answer.body, 'data', 'result', 'region')).to.equal('West');
    if (isLate) await deliver?.();
    return textAt(answer.body, 'data', 'result', 'id');
  };

  /** Copies once more, as the clock does when no request is under way any more. */
  const sweepLater = async () => {
    const now = () => new Date(Date.now() + 95_000);
    const until = new Date(now().getTime() + 60_000);
    const report = await sweep({ ...plain.runtime, now }, until);
    expect(report).to.include({ failed: 0, finished: true });
  };

  const read = async (path: string): Promise<unknown> =>
    at((await world.call('GET', `/v1/${path}`, { as: admin })).body, 'data', 'result');

  for (const isLate of [false, true]) {
    const when = isLate ? 'as its trigger comes late' : 'as it is copied once more';

    it(`takes the client with it, ${when}`, async () => {
      const id = await createAcross('clients', master.clientBody(network), isLate);
      if (!isLate) await sweepLater();
      const client = await read(`clients/${id}`);
      expect(at(client, 'region')).to.equal('East');
      expect(at(client, 'city', 'region')).to.equal('East');
    });

    it(`leaves the person behind, who has no area then, ${when}`, async () => {
      const body = {
        name: 'Dewi',
        email: `dewi-${randomUUID()}@example.test`,
        password: 'correct horse',
        nik: 'NIK-1',
        phoneNumber: '08123456',
        rePassword: 'correct horse',
        role: 'FOC',
        region: 'West',
        area: network.area,
      };
      const id = await createAcross('users', body, isLate);
      if (!isLate) await sweepLater();
      expect(await read(`users/${id}`)).to.deep.include({ region: 'West', area: null, areas: [] });
    });
  }
});
