import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { followersOf } from '../../src/desks/cgs/copies/followers.ts';
import { areas } from '../../src/desks/cgs/master/collections.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { type MasterWorld, masterWorld, type Network } from '../desks/cgs/master-world.ts';

const AT_ONCE = 20;

/** One body for each uniqueness rule, and the fields that a second one repeats. */
const RULES = [
  ['areas', 'name', (word: string) => ({ region: 'West', name: word, initial: some() })],
  ['areas', 'initial', (word: string) => ({ region: 'West', name: some(), initial: word })],
  ['isps', 'name', (word: string) => ({ name: word, initial: some(), brand: 'B' })],
  ['isps', 'initial', (word: string) => ({ name: some(), initial: word, brand: 'B' })],
  ['main_splitters', 'name', (word: string) => ({ name: word, coordinate: '1.5,-0.5' })],
  ['splitters', 'name', (word: string) => ({ name: word, coordinate: '1.5,-0.5' })],
  ['pops', 'name', (word: string) => ({ name: word, coordinate: '1.5,-0.5' })],
  ['indications', 'indication', (word: string) => ({ category: 'Device', indication: word })],
] as const;

const some = (): string => randomUUID().slice(0, 18);

describe('master data', () => {
  let api: TestApi;
  let world: CgsWorld;
  let master: MasterWorld;
  let admin: Member;
  let net: Network;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    master = masterWorld(api, world);
    admin = await world.member('SuperAdmin');
    net = await master.network(admin);
  });
  after(() => api.stop());

  const post = (path: string, body: object) =>
    world.call('POST', `/v1/${path}`, { as: admin, body });
  const put = (path: string, body: object) => world.call('PUT', `/v1/${path}`, { as: admin, body });
  const get = (path: string, as = admin) => world.call('GET', `/v1/${path}`, { as });
  const remove = (path: string) => world.call('DELETE', `/v1/${path}`, { as: admin });
  const pathsOf = ({ body }: Received) =>
    listAt(body, 'error', 'details').map((detail) => at(detail, 'path'));
  const statuses = (answers: readonly Received[]) =>
    answers.map(({ status }) => status).toSorted((one, other) => one - other);
  const documentOf = async (path: string): Promise<unknown> => {
    const key = { path, id: path.slice(path.indexOf('/') + 1), parse: (data: unknown) => data };
    return (await api.runtime.store.get(key))?.data;
  };

  describe('names that are taken', () => {
    for (const [path, field, bodyOf] of RULES) {
      it(`lets one of ${AT_ONCE} creates at once have a ${field} among ${path}`, async () => {
        const word = some();
        const answers = await Promise.all(
          Array.from({ length: AT_ONCE }, (_, n) =>
            post(path, bodyOf(n % 2 === 0 ? word : word.toUpperCase())),
          ),
        );
        expect(statuses(answers)).to.deep.equal([201, ...Array(AT_ONCE - 1).fill(409)]);
        const refused = answers.filter(({ status }) => status === 409);
        expect(new Set(refused.map(codeOf))).to.deep.equal(new Set(['master/taken']));
        for (const each of refused) expect(pathsOf(each)).to.deep.equal([field]);
      });
    }

    it(`lets one of ${AT_ONCE} clients created at once have a cid`, async () => {
      const body = master.clientBody(net);
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, () => post('clients', body)),
      );
      expect(statuses(answers)).to.deep.equal([201, ...Array(AT_ONCE - 1).fill(409)]);
    });

    it('are free in another region or category', async () => {
      const word = some();
      for (const region of ['West', 'East']) {
        expect((await post('areas', { region, name: word, initial: word })).status).to.equal(201);
      }
      for (const category of ['Device', 'Bending']) {
        expect((await post('indications', { category, indication: word })).status).to.equal(201);
      }
    });

    it('are free again when their record is renamed or deleted, and not before', async () => {
      const [old, next] = [some(), some()];
      const body = (name: string) => ({ name, coordinate: '1,1' });
      const id = await master.add(admin, 'pops', body(old));
      expect((await put(`pops/${id}`, { name: next })).status).to.equal(200);
      const other = await master.add(admin, 'pops', body(old));
      expect(codeOf(await put(`pops/${other}`, { name: next }))).to.equal('master/taken');
      expect((await remove(`pops/${id}`)).status).to.equal(200);
      expect((await put(`pops/${other}`, { name: next })).status).to.equal(200);
    });

    it('stay with a record that is written again under its own name', async () => {
      const word = some();
      const id = await master.add(admin, 'areas', { region: 'West', name: word, initial: word });
      const answer = await put(`areas/${id}`, { name: word.toUpperCase() });
      expect(answer.status, answer.text).to.equal(200);
      expect(at(master.result(answer), 'name')).to.equal(word.toUpperCase());
      expect(at(master.result(answer), 'initial')).to.equal(word);
    });
  });

  describe('clients', () => {
    const embedded = () => ({
      city: {
        id: net.area,
        name: `AREA ${net.word}`,
        region: 'West',
        initial: net.word.slice(0, 13),
      },
      isp: {
        id: net.isp,
        name: `ISP ${net.word}`,
        initial: net.word.slice(0, 13),
        brand: 'WIZNET',
      },
      ms: { id: net.ms, name: `MS ${net.word}`, coordinate: '-6.9147,107.6098' },
      splitter: { id: net.splitter, name: `SP ${net.word}`, coordinate: '-6.9147,107.6098' },
      pop: `POP ${net.word}`,
    });

    it('refer to other records by id or name, as text or object, and return copies of them', async () => {
      const ids = {
        pop: net.pop,
        city: net.area,
        isp: net.isp,
        ms: net.ms,
        splitter: net.splitter,
      };
      const names = {
        pop: { name: `POP ${net.word}` },
        city: `area ${net.word}`,
        isp: `ISP ${net.word}`,
        ms: `MS ${net.word}`,
        splitter: { name: `SP ${net.word}`, id: '' },
      };
      const objects = Object.fromEntries(
        Object.entries(ids).map(([field, id]) => [field, { id, name: 'whatever', extra: 1 }]),
      );
      for (const more of [{}, ids, names, objects]) {
        const answer = await post('clients', master.clientBody(net, more));
        expect(answer.status, answer.text).to.equal(201);
        expect(master.result(answer)).to.deep.include(embedded());
      }
    });

    it('store coordinates as given and as numbers, and the keywords for search', async () => {
      const id = await master.add(admin, 'clients', master.clientBody(net));
      const document = await documentOf(`clients/${id}`);
      expect(document).to.deep.include({
        coordinate: '-6.9213,107.6110',
        latitude: -6.9213,
        longitude: 107.611,
      });
      expect(listAt(document, 'keywords')).to.include.members(['ho', 'savoy', 'svh01']);
      expect(at(document, 'pop')).to.deep.include({ id: net.pop });
      const pop = await documentOf(`pops/${net.pop}`);
      expect(pop).to.deep.include({ latitude: -6.9147, longitude: 107.6098 });
    });

    it('treat a field that is left out, empty or null as no value', async () => {
      const empty = [
        'userCode',
        'deviceType',
        'macAddress',
        'signal',
        'vlan',
        'ipMonitoring',
        'epon',
      ];
      const none = ['pop', 'isp', 'ms', 'splitter', 'activeDate', 'remark'];
      for (const nothing of ['', null, undefined]) {
        const more = Object.fromEntries([...empty, ...none].map((field) => [field, nothing]));
        const answer = await post('clients', master.clientBody(net, more));
        expect(answer.status, answer.text).to.equal(201);
        for (const field of empty) expect(at(master.result(answer), field)).to.equal('');
        for (const field of none) expect(at(master.result(answer), field)).to.equal(null);
      }
    });

    it('are refused with the field that is wrong', async () => {
      const wrong: readonly (readonly [string, unknown])[] = [
        ['macAddress', '00:1B:44:11:3A'],
        ['macAddress', '00:1B-44:11:3A:B7'],
        ['vlan', '0'],
        ['vlan', '4095'],
        ['vlan', '1e3'],
        ['ipMonitoring', '10.0.0.256'],
        ['ipMonitoring', '10.0.0'],
        ['bandwidth', 0],
        ['bandwidth', '100'],
        ['bandwidthUnit', 'Kbps'],
        ['activeDate', '2026-02-30'],
        ['activeDate', 'tomorrow'],
        ['activeDate', '0000-01-01'],
        ['coordinate', '-6.9'],
        ['coordinate', '91,0'],
        ['city', randomUUID()],
        ['city', ''],
        ['isp', { id: randomUUID() }],
        ['isp', {}],
        ['pop', 'POP nowhere'],
        ['ms', { name: `SP ${net.word}` }],
        ['splitter', net.ms],
        ['city', '__x__'],
      ];
      for (const [field, value] of wrong) {
        const answer = await post('clients', master.clientBody(net, { [field]: value }));
        expect(answer.status, `${field} ${JSON.stringify(value)} ${answer.text}`).to.equal(400);
        expect(pathsOf(answer)[0]).to.equal(field);
      }
    });

    it('take the usual notations of addresses', async () => {
      const macs = ['00-1b-44-11-3a-b7', '001b.4411.3ab7', '001B44113AB7'];
      for (const macAddress of macs) {
        const body = master.clientBody(net, {
          macAddress,
          ipMonitoring: '2001:db8::1',
          vlan: '4094',
        });
        const answer = await post('clients', body);
        expect(at(master.result(answer), 'macAddress')).to.equal(macAddress);
      }
    });

    it('live in an area of their region', async () => {
      const foreign = { region: 'East' };
      for (const city of [net.area, `AREA ${net.word}`]) {
        const answer = await post('clients', master.clientBody(net, { ...foreign, city }));
        expect(answer.status).to.equal(400);
        expect(pathsOf(answer)).to.deep.equal(['city']);
      }
      const id = await master.add(admin, 'clients', master.clientBody(net));
      expect(pathsOf(await put(`clients/${id}`, foreign))).to.deep.equal(['city']);
    });

    it('keep fields that a change leaves out, and lose fields that it empties', async () => {
      const body = master.clientBody(net);
      const id = await master.add(admin, 'clients', body);
      const before = master.result(await get(`clients/${id}`));
      const answer = await put(`clients/${id}`, { remark: 'Gate 2', pop: null, vlan: '' });
      expect(answer.status, answer.text).to.equal(200);
      const { updatedAt: _, ...after } = Object(master.result(answer));
      const { updatedAt: __, ...known } = Object(before);
      expect(after).to.deep.equal({ ...known, remark: 'Gate 2', pop: null, vlan: '' });
    });

    it('of another region are not found by a NOC, who exports only their own', async () => {
      const id = await master.add(
        admin,
        'clients',
        master.clientBody(net, { name: `Só ${net.word}` }),
      );
      const [west, east] = [await world.member('NOC', 'West'), await world.member('NOC', 'East')];
      expect((await get(`clients/${id}`, west)).status).to.equal(200);
      expect((await get(`clients/${id}`, east)).status).to.equal(404);
      const listed = async (as: Member, more = '') =>
        listAt((await get(`clients?q=${net.word.slice(0, 8)}${more}`, as)).body, 'data', 'result');
      expect(await listed(west)).to.have.length(1);
      expect(await listed(east)).to.have.length(0);
      expect(await listed(east, '&region=West')).to.have.length(0);
      expect(await master.exported(west, 'clients')).to.include(net.word);
      expect(await master.exported(east, 'clients')).not.to.include(net.word);
    });
  });

  describe('lists', () => {
    it('are sorted by name, in pages, and searched by the beginnings of words', async () => {
      const word = some().replaceAll('-', '');
      for (const name of ['Cempaka', 'Anggrek', 'Bougenville']) {
        await master.add(admin, 'splitters', { name: `${name} ${word}`, coordinate: '1,1' });
      }
      const names = (answer: Received) =>
        listAt(answer.body, 'data', 'result').map((row) => textAt(row, 'name').split(' ')[0]);
      const first = await get(`splitters?q=${word.slice(0, 10)}&limit=2`);
      expect(names(first)).to.deep.equal(['Anggrek', 'Bougenville']);
      const cursor = textAt(first.body, 'data', 'page', 'nextCursor');
      expect(
        names(await get(`splitters?q=${word.slice(0, 10)}&limit=2&cursor=${cursor}`)),
      ).to.deep.equal(['Cempaka']);
      expect(names(await get(`splitters?q=CEMP%20${word}&limit=1`))).to.deep.equal(['Cempaka']);
      expect(names(await get(`splitters?q=mawar%20${word}`))).to.deep.equal([]);
    });

    it('of indications are narrowed to a category', async () => {
      const word = some();
      await master.add(admin, 'indications', { category: 'Bending', indication: word });
      await master.add(admin, 'indications', { category: 'Device', indication: word });
      const found = listAt(
        (await get(`indications/?category=Bending&q=${word}`)).body,
        'data',
        'result',
      );
      expect(found.map((row) => at(row, 'category'))).to.deep.equal(['Bending']);
    });
  });

  it('a deleted record is hidden from every reader', async () => {
    const name = some().replaceAll('-', '');
    const body = { region: 'West', name, initial: name.slice(0, 13) };
    const id = await master.add(admin, 'areas', body);
    expect((await remove(`areas/${id}`)).status).to.equal(200);
    expect((await get(`areas/${id}`)).status).to.equal(404);
    expect((await put(`areas/${id}`, { name: some() })).status).to.equal(404);
    expect((await remove(`areas/${id}`)).status).to.equal(404);
    expect(listAt((await get(`areas?q=${name}`)).body, 'data', 'result')).to.deep.equal([]);
    expect(await master.exported(admin, 'areas')).not.to.include(name);
    for (const city of [id, name]) {
      const answer = await post('clients', master.clientBody(net, { city }));
      expect(pathsOf(answer)).to.deep.equal(['city']);
    }
    expect((await post('areas', body)).status).to.equal(201);
  });

  describe('what is in use', () => {
    it('cannot be deleted, and the refusal names what uses it', async () => {
      const own = await master.network(admin);
      const id = await master.add(admin, 'clients', master.clientBody(own));
      const named = [{ id, name: 'Hotel Savoy Homann' }];
      const paths = [
        `areas/${own.area}`,
        `isps/${own.isp}`,
        `pops/${own.pop}`,
        `main_splitters/${own.ms}`,
        `splitters/${own.splitter}`,
      ];
      for (const path of paths) {
        const answer = await remove(path);
        expect(answer.status, path).to.equal(409);
        expect(codeOf(answer)).to.equal('master/in-use');
        expect(at(answer.body, 'error', 'details')).to.deep.equal({ clients: named });
      }
      expect((await remove(`clients/${id}`)).status).to.equal(200);
      for (const path of paths) expect((await remove(path)).status, path).to.equal(200);
      expect((await get(paths[0] ?? '')).status).to.equal(404);
    });

    it('lists at most 20, and people too', async () => {
      const own = await master.network(admin);
      const noc = {
        email: `user.${own.word}@crewline.test`,
        password: 'secret-bell-1',
        rePassword: 'secret-bell-1',
        nik: '1',
        name: 'NOC of the area',
        role: 'NOC',
        region: 'West',
        area: `AREA ${own.word}`,
        phoneNumber: '0812345678',
      };
      const user = await master.add(admin, 'users', noc);
      await Promise.all(Array.from({ length: 21 }, () => post('clients', master.clientBody(own))));
      const answer = await remove(`areas/${own.area}`);
      expect(listAt(answer.body, 'error', 'details', 'clients')).to.have.length(20);
      expect(listAt(answer.body, 'error', 'details', 'users')).to.deep.equal([
        { id: user, name: noc.name },
      ]);
      const moved = await put(`areas/${own.area}`, { region: 'East' });
      expect(codeOf(moved)).to.equal('master/in-use');
      const key = areas.doc(own.area);
      const before = (await api.runtime.store.get(key))?.data;
      expect((await put(`areas/${own.area}`, { initial: some() })).status).to.equal(200);
      const after = (await api.runtime.store.get(key))?.data;
      await followersOf().areas.handle(api.runtime, { id: own.area, before, after });
    });

    it('does not delete a client whose ticket is active, until it is closed', async () => {
      const client = await master.add(admin, 'clients', master.clientBody(net));
      const noc = await world.member('NOC');
      const ticket = await world.open(noc, { client });
      const answer = await remove(`clients/${client}`);
      expect(codeOf(answer)).to.equal('master/in-use');
      expect(at(answer.body, 'error', 'details', 'tickets', 0, 'id')).to.equal(ticket);
      const canceled = { remark: 'Twice.', cancelCategory: 'Duplicate' };
      await world.command(noc, ticket, 'ticketStatus/cancel', canceled);
      expect((await remove(`clients/${client}`)).status).to.equal(200);
    });

    /** An area is in its collection, or in the archive once it is deleted. */
    const placesOf = async (area: string) => {
      const found = await Promise.all([`areas/${area}`, `archive/areas-${area}`].map(documentOf));
      return found.map((each) => each !== undefined);
    };

    it('leaves no reference to a deleted record when both happen at the same time', async () => {
      for (let round = 0; round < 12; round += 1) {
        const own = await master.network(admin);
        const [deleted, ...created] = await Promise.all([
          remove(`areas/${own.area}`),
          ...Array.from({ length: 3 }, () => post('clients', master.clientBody(own))),
        ]);
        const made = created.filter(({ status }) => status === 201);
        for (const each of created) expect([201, 400]).to.include(each.status, each.text);
        expect([200, 409]).to.include(deleted.status, deleted.text);
        if (made.length === 0) expect(deleted.status).to.equal(200);
        const isDeleted = deleted.status === 200;
        expect(await placesOf(own.area)).to.deep.equal([!isDeleted, isDeleted]);
        expect((await get(`areas/${own.area}`)).status).to.equal(isDeleted ? 404 : 200);
      }
    });

    it('is not lost to a person who is registered while it is deleted', async () => {
      for (let round = 0; round < 6; round += 1) {
        const { area, word } = await master.network(admin);
        const body = {
          email: `user.${word}@crewline.test`,
          password: 'secret1',
          rePassword: 'secret1',
          nik: '1',
          name: 'N',
          role: 'FOC',
          region: 'West',
          area,
          phoneNumber: '0812345678',
        };
        const [user, deleted] = await Promise.all([post('users', body), remove(`areas/${area}`)]);
        const ended = `${user.status},${deleted.status}`;
        expect(['201,409', '400,200', '201,200']).to.include(ended);
        const isDeleted = deleted.status === 200;
        expect(await placesOf(area)).to.deep.equal([!isDeleted, isDeleted]);
      }
    });
  });
});
