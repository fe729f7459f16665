import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { writeLines } from '../../src/kernel/csv.ts';
import { textOf } from '../../src/kernel/resource/plan-record.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { hookedStore } from '../support/hooked-store.ts';
import { type MasterWorld, masterWorld, type Network } from '../desks/cgs/master-world.ts';

const ROWS = 600;

describe('the import and export of master data', () => {
  let api: TestApi;
  let world: CgsWorld;
  let master: MasterWorld;
  let admin: Member;
  let net: Network;
  /** How many commits of an import succeed before the store fails. */
  let commitsLeft = Infinity;
  let beforeCommit = async (): Promise<void> => {};

  before(async () => {
    const plain = await startApi();
    const store = hookedStore(plain.runtime.store, {
      commit: async (writes, go) => {
        if (writes.length < 50) return go();
        if (commitsLeft <= 0) throw new Error('cut');
        commitsLeft -= 1;
        await beforeCommit();
        return go();
      },
    });
    await plain.stop();
    api = await startApi({ store });
    world = cgsWorld(api);
    master = masterWorld(api, world);
    admin = await world.member('SuperAdmin');
    net = await master.network(admin);
  });
  after(() => api.stop());
  beforeEach(() => {
    commitsLeft = Infinity;
    beforeCommit = async () => {};
  });

  const report = (answer: Received): unknown => master.result(answer);
  const counts = (created: number, updated = 0, unchanged = 0, failed = 0) => ({
    created,
    updated,
    unchanged,
    failed,
  });
  const points = (names: readonly string[], coordinate = '-6.9,107.6') =>
    writeLines([['name', 'coordinate'], ...names.map((name) => [name, coordinate])]);
  const namesOf = (count: number): string[] => {
    const word = randomUUID();
    return Array.from({ length: count }, (_, n) => `P ${n} ${word}`);
  };
  const clientCsv = (count: number, more: object = {}) => {
    const bodies = Array.from({ length: count }, (_, n) => ({
      ...master.clientBody(net, { isp: `ISP ${net.word}`, ms: `MS ${net.word}` }),
      cid: `${n}-${randomUUID()}`,
      ...more,
    }));
    const columns = Object.keys(bodies[0] ?? {});
    return writeLines([columns, ...bodies.map((body) => Object.values(body).map(textOf))]);
  };

  it('creates every row, and reports all as unchanged when it is sent again', async () => {
    const csv = clientCsv(ROWS);
    const answer = await master.importCsv(admin, 'clients', csv);
    expect(answer.status, answer.text.slice(0, 500)).to.equal(200);
    expect(report(answer)).to.deep.equal({ ...counts(ROWS), errors: [] });
    const again = await master.importCsv(admin, 'clients', csv);
    expect(report(again)).to.deep.equal({ ...counts(0, 0, ROWS), errors: [] });
  });

  it('goes on where it was cut when it is sent again', async () => {
    const csv = points(namesOf(ROWS));
    commitsLeft = 1;
    expect((await master.importCsv(admin, 'splitters', csv)).status).to.equal(500);
    commitsLeft = Infinity;
    const again = await master.importCsv(admin, 'splitters', csv);
    // A commit has 500 writes: of each row its record, its reservation and its entry in the audit log.
    const done = Math.floor(500 / 3);
    expect(report(again)).to.deep.equal({ ...counts(ROWS - done, 0, done), errors: [] });
  });

  it('has one effect when it is sent several times at once', async () => {
    const csv = points(namesOf(ROWS));
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => master.importCsv(admin, 'splitters', csv)),
    );
    for (const each of answers) expect(each.status, each.text).to.equal(200);
    const created = answers.map((answer) => Number(at(report(answer), 'created')));
    const failed = answers.map((answer) => Number(at(report(answer), 'failed')));
    expect(created.reduce((sum, each) => sum + each, 0)).to.equal(ROWS);
    expect(failed).to.deep.equal([0, 0, 0, 0]);
  });

  it('writes nothing when one row is wrong, and names its row as a spreadsheet counts it', async () => {
    const [good, bad] = namesOf(2);
    const csv = `name,coordinate\n${good},"1,1"\n\n${bad},nowhere\n,"1,1"\n${good},"2,2"\nx,y,z\n`;
    const answer = await master.importCsv(admin, 'pops', csv);
    expect(answer.status).to.equal(400);
    expect(codeOf(answer)).to.equal('master/import-refused');
    const details = at(answer.body, 'error', 'details');
    expect(details).to.deep.include(counts(0, 0, 0, 4));
    const errors = listAt(details, 'errors').map((each) => [at(each, 'row'), at(each, 'path')]);
    expect(errors).to.deep.equal([
      [4, 'coordinate'],
      [5, 'name'],
      [6, 'name'],
      [7, 'body'],
    ]);
    expect((await master.exported(admin, 'pops')).includes(String(good))).to.equal(false);
  });

  it('keeps the good rows among bad ones if the caller says so', async () => {
    const [good, bad] = namesOf(2);
    const csv = `coordinate,name\n"1,1",${good}\nnowhere,${bad}\n`;
    const answer = await master.importCsv(admin, 'pops', csv, '?partial=true');
    expect(report(answer)).to.deep.include(counts(1, 0, 0, 1));
    expect((await master.exported(admin, 'pops')).includes(String(good))).to.equal(true);
  });

  it('lists at most 200 errors and counts all bad rows', async () => {
    const answer = await master.importCsv(admin, 'pops', points(namesOf(300), 'nowhere'));
    expect(at(answer.body, 'error', 'details', 'failed')).to.equal(300);
    expect(listAt(answer.body, 'error', 'details', 'errors')).to.have.length(200);
  });

  it('changes existing records only on request, and leaves columns that the file lacks unchanged', async () => {
    const word = randomUUID();
    const body = { region: 'West', name: word, initial: word.slice(0, 13) };
    const area = await master.add(admin, 'areas', body);
    const csv = `region,name,initial\nWest,${word},${word.slice(0, 10)}\n`;
    const refused = await master.importCsv(admin, 'areas', csv);
    expect(refused.status).to.equal(400);
    const answer = await master.importCsv(admin, 'areas', csv, '?update=true');
    expect(report(answer)).to.deep.include(counts(0, 1));
    const same = await master.importCsv(admin, 'areas', `region,name\nWest,${word}\n`);
    expect(report(same)).to.deep.include(counts(0, 0, 1));
    const read = await world.call('GET', `/v1/areas/${area}`, { as: admin });
    expect(at(report(read), 'initial')).to.equal(word.slice(0, 10));
  });

  it('names unknown references and values that another record has', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await master.add(admin, 'isps', { name: one, initial: one.slice(0, 13), brand: 'B' });
    const taken = `name,initial,brand\n${other},${one.slice(0, 13)},B\n`;
    const answer = await master.importCsv(admin, 'isps', taken);
    expect(at(answer.body, 'error', 'details', 'errors', 0, 'path')).to.equal('initial');
    const lost = await master.importCsv(admin, 'clients', clientCsv(2, { city: 'ATLANTIS' }));
    const paths = listAt(lost.body, 'error', 'details', 'errors').map((each) => at(each, 'path'));
    expect(paths).to.deep.equal(['city', 'city']);
  });

  it('checks a row again that somebody changed at the same time', async () => {
    const names = namesOf(100);
    beforeCommit = async () => {
      beforeCommit = async () => {};
      await master.add(admin, 'splitters', { name: names[7] ?? '', coordinate: '5,5' });
    };
    const answer = await master.importCsv(admin, 'splitters', points(names));
    expect(report(answer)).to.deep.include(counts(99, 0, 0, 1));
    expect(at(report(answer), 'errors', 0)).to.deep.include({ row: 9, path: 'name' });
  });

  it('refuses a file without header, with unknown or repeated columns, or that is no CSV', async () => {
    const wrong = ['name,size\na,b\n', 'name,name\na,b\n', '\n', 'name,coordinate\n"a,b\n'];
    for (const csv of wrong) {
      const answer = await master.importCsv(admin, 'pops', csv);
      expect(answer.status, csv).to.equal(400);
      expect(codeOf(answer)).to.equal('request/invalid');
    }
  });

  it('returns its first answer again for the same Idempotency-Key', async () => {
    const headers = { 'Content-Type': 'text/csv', 'Idempotency-Key': randomUUID() };
    const raw = points(namesOf(3));
    const send = () => world.call('POST', '/v1/pops/import', { as: admin, raw, headers });
    const [first, again] = [await send(), await send()];
    expect(report(first)).to.deep.include(counts(3));
    expect(again.text).to.equal(first.text);
    expect(again.headers.get('Idempotent-Replayed')).to.equal('true');
  });

  it('takes back every export as it was written', async () => {
    const name = `=HYPERLINK("x"), 'ü' 東 ${net.word}`;
    const more = { name, remark: '-1+1\n"@SUM"', signal: '-21 dBm', userCode: "'=5" };
    await master.add(admin, 'clients', master.clientBody(net, more));
    const nothing = {
      name: net.word,
      pop: null,
      isp: '',
      activeDate: null,
      macAddress: '',
      remark: null,
    };
    await master.add(admin, 'clients', master.clientBody(net, nothing));
    const q = `?q=${net.word.slice(0, 18)}`;
    await master.add(admin, 'indications', { category: 'Device', indication: net.word });
    for (const path of ['areas', 'isps', 'pops', 'main_splitters', 'splitters', 'indications']) {
      const csv = await master.exported(admin, path, q);
      const answer = await master.importCsv(admin, path, csv);
      expect(report(answer), path).to.deep.equal({ ...counts(0, 0, 1), errors: [] });
    }
    const csv = await master.exported(admin, 'clients', q);
    expect(csv).to.include(`'=HYPERLINK`).and.to.include(`"'-1+1`).and.to.include(`''=5`);
    expect(csv).to.include('"-6.9213,107.6110"');
    const answer = await master.importCsv(admin, 'clients', csv);
    expect(report(answer)).to.deep.equal({ ...counts(0, 0, 2), errors: [] });
  });
});
