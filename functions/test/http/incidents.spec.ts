import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { countTickets } from '../../src/desks/cgs/incidents/count-tickets.ts';
import { incidents } from '../../src/desks/cgs/incidents/collection.ts';
import { MOST_NOTES } from '../../src/desks/cgs/domain/incidents/incident.ts';
import { type IncidentWorld, incidentWorld } from '../desks/cgs/incident-world.ts';
import { masterWorld } from '../desks/cgs/master-world.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, listAt, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

describe('incidents', () => {
  let api: TestApi;
  let world: CgsWorld;
  let its: IncidentWorld;
  let noc: Member;
  let east: Member;
  let admin: Member;
  let foc: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    its = incidentWorld(world);
    noc = await world.member('NOC');
    east = await world.member('NOC', 'East');
    admin = await world.member('SuperAdmin');
    foc = await world.member('FOC');
  });
  after(() => api.stop());

  const expectCode = ({ status, body, text }: Received, expected: number, code: string) => {
    expect(status, text).to.equal(expected);
    expect(textAt(body, 'error', 'code')).to.equal(code);
  };
  const post = (as: Member, body: object) => world.call('POST', '/v1/incidents', { as, body });
  const list = async (as: Member, query: string) => {
    const { status, text, body } = await world.call('GET', `/v1/incidents?${query}`, { as });
    expect(status, text).to.equal(200);
    return listAt(body, 'data', 'result').map((row) => textAt(row, 'title'));
  };

  it('are numbered by month without gaps, however many are opened at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => its.open(noc)));
    const numbers = await Promise.all(
      ids.map(async (id) => Number((await its.get(noc, id)).incidentId.split('-')[2])),
    );
    const ordered = numbers.toSorted((one, other) => one - other);
    const first = ordered[0] ?? 0;
    expect(ordered).to.deep.equal(ordered.map((_, index) => first + index));
  });

  it('are opened by NOC for the own region, by a SuperAdmin for the region that they name', async () => {
    const body = { title: 'Backbone cut', networkSegment: 'Backbone' };
    expectCode(await post(noc, { ...body, region: 'East' }), 403, 'incident/forbidden-region');
    expectCode(await post(admin, body), 400, 'incident/region-required');
    expect((await its.get(admin, await its.open(admin, { region: 'East' }))).region).to.equal(
      'East',
    );
    expect((await its.get(noc, await its.open(noc))).region).to.equal('West');
  });

  it('name a segment or a part of the network that exists', async () => {
    const part = { kind: 'Splitter', id: randomUUID() };
    expectCode(await post(noc, { title: 'Cut', part }), 400, 'incident/part-not-found');
    expect((await post(noc, { title: 'Cut' })).status).to.equal(400);
    const name = `SP ${randomUUID()}`;
    const splitter = { name, coordinate: '-6.9,107.6' };
    const id = await masterWorld(api, world).add(admin, 'splitters', splitter);
    const incident = await its.open(noc, { part: { kind: 'Splitter', id } });
    expect((await its.get(noc, incident)).part).to.deep.equal({ kind: 'Splitter', id, name });
    const refused = await world.call('DELETE', `/v1/splitters/${id}`, { as: admin });
    expectCode(refused, 409, 'master/in-use');
  });

  it('are seen by the office and the crews of their region, and by no others', async () => {
    const id = await its.open(noc);
    const of = (as: Member) => world.call('GET', `/v1/incidents/${id}`, { as });
    for (const as of [admin, noc, foc, await world.member('FOCSupervisor')]) {
      expect((await of(as)).status).to.equal(200);
    }
    for (const as of [east, await world.member('FOC', 'East')]) {
      expectCode(await of(as), 404, 'incident/not-found');
      expect(await list(as, 'region=West')).to.deep.equal([]);
    }
    expectCode(await its.edit(east, id, { title: 'Mine' }), 404, 'incident/not-found');
    expectCode(await its.link(east, id, randomUUID()), 404, 'incident/not-found');
    expectCode(await its.openTickets(east, id), 404, 'incident/not-found');
  });

  it('are listed by region, status, day and words, newest first, and counted', async () => {
    const word = `w${randomUUID().slice(0, 8)}`;
    const first = await its.open(noc, { title: `Backbone ${word}` });
    await its.open(noc, { title: `Splitter ${word}` });
    await its.open(east, { title: `Far ${word}` });
    await its.close(noc, first, 'leave');
    expect(await list(admin, `q=${word}`)).to.deep.equal([
      `Far ${word}`,
      `Splitter ${word}`,
      `Backbone ${word}`,
    ]);
    expect(await list(foc, `q=${word}`)).to.have.length(2);
    expect(await list(admin, `q=${word}&region=East`)).to.deep.equal([`Far ${word}`]);
    expect(await list(admin, `q=${word}&status=Closed`)).to.deep.equal([`Backbone ${word}`]);
    expect(await list(admin, `q=${word}%20splitter`)).to.deep.equal([`Splitter ${word}`]);
    expect(await list(admin, `q=${word}%20back&limit=1`)).to.deep.equal([`Backbone ${word}`]);
    expect(await list(admin, `q=${word}&to=2020-01-01`)).to.deep.equal([]);
    expect(await list(admin, `q=${word}&from=2020-01-01`)).to.have.length(3);
    const path = `/v1/incidents?q=${word}&count=true&limit=2`;
    const { body } = await world.call('GET', path, { as: admin });
    expect(at(body, 'data', 'page', 'total')).to.equal(3);
    expect(at(body, 'data', 'page', 'nextCursor')).to.be.a('string');
  });

  it('keep what an edit leaves out, and null empties a value', async () => {
    const expectedEndAt = '2026-11-25T18:00:00.000Z';
    const id = await its.open(noc, { expectedEndAt, remark: 'By the toll gate.' });
    await its.edit(noc, id, { title: 'Two cuts' });
    const kept = { expectedEndAt, remark: 'By the toll gate.' };
    expect(await its.get(noc, id)).to.deep.include({ title: 'Two cuts', ...kept });
    await its.edit(noc, id, { expectedEndAt: null, remark: null });
    expect(await its.get(noc, id)).to.deep.include({ expectedEndAt: null, remark: null });
    expect(await list(noc, `q=${(await its.get(noc, id)).incidentId}`)).to.deep.equal(['Two cuts']);
  });

  it('have notes with author and time, up to a hundred', async () => {
    const id = await its.open(noc);
    const { status, body } = await its.note(noc, id, 'Splicing has begun.');
    expect(status).to.equal(201);
    const [note] = listAt(body, 'data', 'result', 'notes');
    expect(note).to.deep.include({ remark: 'Splicing has begun.' });
    expect(at(note, 'by', 'id')).to.equal(noc.id);
    const { store } = api.runtime;
    const seen = await store.get(incidents.doc(id));
    if (seen === undefined) throw new Error('it is gone');
    const notes = Array.from({ length: MOST_NOTES }, () => seen.data.notes).flat();
    await store.commit([incidents.update(seen, { notes })]);
    expectCode(await its.note(noc, id, 'One more.'), 409, 'incident/notes-full');
  });

  it('link tickets of their region, all of a request or none, and a repeat changes nothing', async () => {
    const id = await its.open(noc);
    const [one, other] = [await world.open(noc), await world.open(noc)];
    const [foreign, draft] = [await world.open(east), await world.open(noc, { isDraft: true })];
    const mixed = await its.link(admin, id, one, foreign, draft, 'no-ticket');
    expectCode(mixed, 409, 'incident/tickets-refused');
    const refused = listAt(mixed.body, 'error', 'details').map((each) => [
      textAt(each, 'id'),
      textAt(each, 'code'),
    ]);
    expect(refused).to.deep.equal([
      [foreign, 'ticket/of-another-region'],
      [draft, 'ticket/wrong-status'],
      ['no-ticket', 'ticket/not-found'],
    ]);
    expect(await its.incidentOf(noc, one)).to.equal(null);
    for (const time of ['first', 'second']) {
      const { status, body } = await its.link(noc, id, one, other);
      expect(status, time).to.equal(201);
      const rows = listAt(body, 'data', 'result').map((row) => textAt(row, 'incident', 'id'));
      expect(rows).to.deep.equal([id, id]);
    }
    const { body } = await world.call('GET', `/v1/tickets/${one}`, { as: noc });
    const [edit, ...others] = listAt(body, 'data', 'result', 'edits');
    expect(others).to.deep.equal([]);
    expect(at(edit, 'changes')).to.deep.equal([
      { field: 'incident', from: null, to: 'Backbone cut' },
    ]);
  });

  it('take no ticket that is closed or of another incident', async () => {
    const [id, another] = [await its.open(noc), await its.open(noc)];
    const [linked, closed] = [await world.open(noc), await world.open(noc)];
    await its.link(noc, another, linked);
    const cancel = { remark: 'Twice.', cancelCategory: 'Duplicate' };
    await world.command(noc, closed, 'ticketStatus/cancel', cancel);
    const answer = await its.link(noc, id, linked, closed);
    const codes = listAt(answer.body, 'error', 'details').map((each) => textAt(each, 'code'));
    expect(codes).to.deep.equal(['ticket/in-incident', 'ticket/closed']);
  });

  it('are a filter of tickets, and let tickets go', async () => {
    const id = await its.open(noc);
    const ticket = await world.open(noc);
    await its.link(noc, id, ticket);
    const found = async () => {
      const { body } = await world.call('GET', `/v1/tickets?incident=${id}`, { as: noc });
      return listAt(body, 'data', 'result').map((row) => textAt(row, 'id'));
    };
    expect(await found()).to.deep.equal([ticket]);
    expectCode(await its.unlink(east, id, ticket), 404, 'ticket/not-found');
    expectCode(await its.unlink(noc, randomUUID(), ticket), 404, 'ticket/not-found');
    expect((await its.unlink(noc, id, ticket)).status).to.equal(200);
    expect(await found()).to.deep.equal([]);
    expectCode(await its.unlink(noc, id, ticket), 404, 'ticket/not-found');
  });

  it('say how many of their tickets are open, however often a change is delivered', async () => {
    const id = await its.open(noc);
    const ids = [await world.open(noc), await world.open(noc), await world.open(noc)];
    const deliver = (before: object | undefined, after: object) =>
      countTickets.handle(api.runtime, { id: ids[0] ?? '', before, after });
    const of = (isActive: boolean) => ({ incident: { id, title: 'Backbone cut' }, isActive });
    await its.link(noc, id, ...ids);
    await Promise.all(ids.map(() => deliver({ incident: null, isActive: true }, of(true))));
    expect((await its.get(noc, id)).tickets).to.deep.equal({ total: 3, open: 3, closed: 0 });
    const cancel = { remark: 'Twice.', cancelCategory: 'Duplicate' };
    await world.command(noc, ids[0] ?? '', 'ticketStatus/cancel', cancel);
    await its.unlink(noc, id, ids[1] ?? '');
    await deliver(of(true), { incident: null, isActive: true });
    expect((await its.get(noc, id)).tickets).to.deep.equal({ total: 2, open: 1, closed: 1 });
    await deliver(of(true), of(false));
    await deliver(of(true), of(false));
    expect((await its.get(noc, id)).tickets).to.deep.equal({ total: 2, open: 1, closed: 1 });
  });

  it('are not changed any more when they are closed', async () => {
    const id = await its.open(noc);
    const ticket = await world.open(noc);
    await its.link(noc, id, ticket);
    const { status, body } = await its.close(noc, id, 'leave', 'All links are up.');
    expect(status).to.equal(202);
    expect(at(body, 'data', 'result')).to.deep.include({ status: 'Closed', isActive: false });
    expect(at(body, 'data', 'result', 'closing', 'remark')).to.equal('All links are up.');
    for (const answer of [
      await its.edit(noc, id, { title: 'Again' }),
      await its.note(noc, id, 'Again.'),
      await its.link(noc, id, ticket),
      await its.openTickets(noc, id),
      await its.close(noc, id, 'close'),
    ]) {
      expectCode(answer, 409, 'incident/closed');
    }
    expect(at(await world.read(noc, ticket), 'isActive')).to.equal(true);
    expect((await its.unlink(noc, id, ticket)).status).to.equal(200);
  });

  it('open tickets for a part that they or the request name', async () => {
    const id = await its.open(noc);
    expectCode(await its.openTickets(noc, id), 409, 'incident/part-needed');
    const part = { kind: 'Isp', id: randomUUID() };
    expectCode(await its.openTickets(noc, id, { part }), 400, 'incident/part-not-found');
    const network = await masterWorld(api, world).network(admin);
    const own = { kind: 'Isp', id: network.isp };
    const { status, body } = await its.openTickets(noc, id, { part: own });
    expect(status).to.equal(202);
    expect(at(body, 'data', 'result', 'opening', 'part', 'id')).to.equal(network.isp);
    expectCode(await its.openTickets(noc, id, { part: own }), 409, 'incident/opening');
  });
});
