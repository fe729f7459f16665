import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { type MasterWorld, masterWorld } from '../desks/cgs/master-world.ts';

const COORDINATE = '1.23124123151,-0.32413123';
const ISP = 'ADIDAYA INFOCOM LESTARI, PT / AIL / WIZNET';

/** The contract's example bodies, word for word. */
const EXAMPLES = [
  {
    path: 'areas',
    collection: 'areas',
    add: { region: 'West', name: 'BANDUNG', initial: 'BDG' },
    update: { region: 'West', name: 'BANDUNG', initial: 'BDG' },
    reservations: [
      ['name', 'West', 'BANDUNG'],
      ['initial', 'West', 'BDG'],
    ],
  },
  {
    path: 'main_splitters',
    collection: 'mainSplitters',
    add: { name: 'MAKMUR', coordinate: COORDINATE },
    update: { name: 'MAKMUR', coordinate: COORDINATE },
    reservations: [['name', 'MAKMUR']],
  },
  {
    path: 'splitters',
    collection: 'splitters',
    add: { name: 'PALLADIUM', coordinate: COORDINATE },
    update: { name: 'PALLADIUM', coordinate: COORDINATE },
    reservations: [['name', 'PALLADIUM']],
  },
  {
    path: 'isps',
    collection: 'isps',
    add: { name: ISP, initial: 'AIL', brand: 'WIZNET' },
    update: { name: 'PALLADIUM', initial: 'AIL', brand: 'WIZNET' },
    reservations: [
      ['name', ISP],
      ['name', 'PALLADIUM'],
      ['initial', 'AIL'],
    ],
  },
  {
    path: 'indications',
    collection: 'indications',
    add: { category: 'FiberCut', indication: 'Ketabrak truk' },
    update: { category: 'FiberCut', indication: 'Ketabrak singa' },
    reservations: [
      ['indication', 'FiberCut', 'Ketabrak truk'],
      ['indication', 'FiberCut', 'Ketabrak singa'],
    ],
  },
] as const;

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

describe('the contract’s master data', () => {
  let api: TestApi;
  let world: CgsWorld;
  let master: MasterWorld;
  let admin: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    master = masterWorld(api, world);
    admin = await world.member('SuperAdmin');
  });
  after(() => api.stop());

  const call = (method: string, path: string, body?: object) =>
    world.call(method, `/v1/${path}`, { as: admin, ...(body === undefined ? {} : { body }) });

  const expectRecord = (answer: Received, status: number, fields: object): void => {
    expect(answer.status, answer.text).to.equal(status);
    expect(at(answer.body, 'statusCode')).to.equal(status);
    const { id, createdAt, updatedAt, ...rest } = Object(at(answer.body, 'data', 'result'));
    expect(id).to.be.a('string');
    expect(createdAt).to.match(ISO);
    expect(updatedAt).to.match(ISO);
    expect(rest).to.deep.equal(fields);
  };

  /** Adds, reads, updates and deletes one record. */
  const live = async (path: string, add: object, update: object, answers = [add, update]) => {
    const added = await call('POST', path, add);
    expectRecord(added, 201, answers[0] ?? {});
    const id = textAt(added.body, 'data', 'result', 'id');
    expectRecord(await call('GET', `${path}/${id}`), 200, answers[0] ?? {});
    expectRecord(await call('PUT', `${path}/${id}`, update), 200, answers[1] ?? {});
    expectRecord(await call('DELETE', `${path}/${id}`), 200, answers[1] ?? {});
    expect((await call('GET', `${path}/${id}`)).status).to.equal(404);
  };

  for (const { path, collection, add, update, reservations } of EXAMPLES) {
    it(`adds, reads, updates and deletes the examples of ${path}`, async () => {
      await master.free(
        collection,
        ...reservations.map((reservation) => [collection, ...reservation]),
      );
      await live(path, add, update);
    });
  }

  it('lists the indications of a category at GET /v1/indications/?category=', async () => {
    const answer = await call('GET', 'indications/?category=FiberCut');
    expect(answer.status).to.equal(200);
    expect(at(answer.body, 'data', 'result')).to.be.an('array');
    expect(at(answer.body, 'data', 'page', 'limit')).to.equal(20);
  });

  it('adds, reads, updates and deletes a client with every field of the contract', async () => {
    const net = await master.network(admin);
    const { word } = net;
    const initial = word.slice(0, 13);
    const coordinate = '-6.9147,107.6098';
    const city = { id: net.area, name: `AREA ${word}`, region: 'West', initial };
    const isp = { id: net.isp, name: `ISP ${word}`, initial, brand: 'WIZNET' };
    const ms = { id: net.ms, name: `MS ${word}`, coordinate };
    const splitter = { id: net.splitter, name: `SP ${word}`, coordinate };
    const body = master.clientBody(net, { city, isp, ms, splitter });
    const answered = { ...body, activeDate: '2026-01-15T00:00:00.000Z' };
    const update = { ...body, name: 'Savoy Homann Bidakara', status: 'Dismantle' };
    const { name, status } = update;
    await live('clients', body, update, [answered, { ...answered, name, status }]);
  });
});
