import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, type Received, textAt } from '../support/client.ts';
import { documents } from '../support/documents.ts';
import { startApi, type TestApi } from '../support/harness.ts';

describe('tickets', () => {
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let noc: Member;
  let foc: Member;
  let supervisor: Member;
  let farNoc: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    [admin, noc, foc, supervisor, farNoc] = await Promise.all([
      world.member('SuperAdmin'),
      world.member('NOC'),
      world.member('FOC'),
      world.member('FOCSupervisor'),
      world.member('NOC', 'East'),
    ]);
  });
  after(() => api.stop());

  const post = (as: Member, id: string, path: string, body?: object) =>
    world.call('POST', `/v1/tickets/${id}/${path}`, { as, ...(body && { body }) });
  const put = (as: Member, id: string, body: object) =>
    world.call('PUT', `/v1/tickets/${id}`, { as, body });
  const create = (as: Member, body: object) => world.call('POST', '/v1/tickets', { as, body });
  const outcomeOf = (answer: Received): unknown[] => [answer.status, codeOf(answer)];

  const wish = (more: object = {}) => ({
    client: null,
    type: 'Maintenance',
    source: 'Phone',
    indicationCategory: 'Bending',
    networkSegment: 'Backbone',
    address: 'Jl. Braga 1',
    customerType: 'Broadband',
    ...more,
  });

  it('name the person who changed them last', async () => {
    const { read } = documents();
    const id = await world.open(noc);
    const authors = [(await read(`tickets/${id}`))['changedBy']];
    await world.command(foc, id, 'ticketStatus/accept');
    authors.push((await read(`tickets/${id}`))['changedBy']);
    expect(authors).to.deep.equal([noc.id, foc.id]);
  });

  describe('opening', () => {
    it('derives place and people of the ticket from its client', async () => {
      const client = await world.client('West');
      const id = await world.open(noc, { client: client.id });
      const ticket = await world.read(noc, id);
      expect(at(ticket, 'client')).to.deep.include({
        id: client.id,
        cid: client.cid,
        name: client.name,
        address: client.address,
        coordinate: client.coordinate,
        city: client.city,
        customerType: client.customerType,
        pop: client.pop,
      });
      expect(ticket).to.include({ region: 'West', area: client.city.id, slaType: 'UnderSla' });
      expect(at(ticket, 'noc', 'id')).to.equal(noc.id);
    });

    it('prefers the request’s fields to the client’s, for this ticket only', async () => {
      const client = await world.client('West');
      const more = { client: client.id, address: 'Elsewhere 1', msName: 'OTHER', endUser: 'Toko' };
      const ticket = await world.read(noc, await world.open(noc, more));
      expect(at(ticket, 'client')).to.include({ address: 'Elsewhere 1', name: 'Toko' });
      expect(at(ticket, 'client', 'ms')).to.deep.equal({
        name: 'OTHER',
        coordinate: client.ms?.coordinate,
      });
    });

    it('without a client promises nothing, in the NOC’s own region', async () => {
      const answer = await create(farNoc, wish());
      const ticket = await world.read(farNoc, textAt(answer.body, 'data', 'result', 'id'));
      expect(ticket).to.include({ region: 'East', slaType: 'NonSla', sla: 0 });
      expect(at(ticket, 'client')).to.include({ id: null, name: 'Non SLA' });
    });

    it('without a client asks a SuperAdmin for the region', async () => {
      expect(outcomeOf(await create(admin, wish()))).to.deep.equal([400, 'ticket/region-required']);
      expect((await create(admin, wish({ region: 'East' }))).status).to.equal(201);
    });

    it('finds no client of another region, and opens no ticket there', async () => {
      const { id: client } = await world.client('East');
      expect(outcomeOf(await create(noc, wish({ client })))).to.deep.equal([
        400,
        'client/not-found',
      ]);
      expect(outcomeOf(await create(noc, wish({ client: randomUUID() })))).to.deep.equal([
        400,
        'client/not-found',
      ]);
      expect(outcomeOf(await create(noc, wish({ region: 'East' })))).to.deep.equal([
        403,
        'ticket/forbidden-region',
      ]);
    });

    it('numbers tickets by type and month, without gaps', async () => {
      const numbers: number[] = [];
      for (const type of ['Trouble', 'Maintenance', 'Trouble']) {
        const { body } = await create(noc, wish({ type }));
        const ticketId = textAt(body, 'data', 'result', 'ticketId');
        const [, prefix, month, number] = /^(\w+)-(\d{6})-(\d{4,})$/.exec(ticketId) ?? [];
        expect(prefix).to.equal(type === 'Trouble' ? 'TRB' : 'MNT');
        expect(month).to.match(/^20\d\d(0[1-9]|1[0-2])$/);
        numbers.push(Number(number));
      }
      const [first = 0] = numbers;
      expect(numbers).to.deep.equal([first, first + 1, first + 2]);
    });

    it('keeps a ticket for later as a draft that no crew sees', async () => {
      const publishedAt = new Date(Date.now() + 3_600_000).toISOString();
      for (const more of [{ isDraft: true }, { publishedAt }]) {
        const { body } = await create(noc, wish(more));
        expect(at(body, 'data', 'result', 'lastStatus')).to.equal('Draft');
        const id = textAt(body, 'data', 'result', 'id');
        for (const as of [foc, supervisor]) {
          expect((await world.call('GET', `/v1/tickets/${id}`, { as })).status).to.equal(404);
          expect((await post(as, id, 'ticketStatus/accept')).status).to.equal(404);
        }
      }
    });
  });

  describe('editing', () => {
    it('changes what is sent and keeps the rest, and leaves no card in the log', async () => {
      const id = await world.open(noc, { remark: 'Before.', locationRemark: 'Gate 2' });
      const before = await world.read(noc, id);
      const answer = await put(noc, id, { remark: 'After.', networkSegment: 'Fishbone' });
      const after = at(answer.body, 'data', 'result');
      expect(after).to.deep.equal({
        ...Object(before),
        remark: 'After.',
        networkSegment: 'Fishbone',
        updatedAt: at(after, 'updatedAt'),
        edits: [
          {
            at: at(after, 'updatedAt'),
            by: { id: noc.id, name: at(after, 'edits', 0, 'by', 'name') },
            changes: [
              { field: 'networkSegment', from: 'Access', to: 'Fishbone' },
              { field: 'remark', from: 'Before.', to: 'After.' },
            ],
          },
        ],
      });
      expect(await world.read(noc, id)).to.deep.equal(after);
    });

    it('empties a field by null', async () => {
      const id = await world.open(noc, { remark: 'Before.' });
      await put(noc, id, { remark: null });
      expect(at(await world.read(noc, id), 'remark')).to.equal(null);
    });

    it('corrects client and type until somebody accepts the ticket', async () => {
      const client = await world.client('West');
      const id = await world.ticket('Open', { noc, foc });
      const answer = await put(noc, id, { client: client.id, type: 'Maintenance' });
      const ticket = at(answer.body, 'data', 'result');
      expect(ticket).to.include({ type: 'Maintenance', sla: 480, area: client.city.id });
      expect(at(ticket, 'client')).to.include({ id: client.id, cid: client.cid });
      await post(foc, id, 'ticketStatus/accept');
      for (const body of [{ client: null }, { type: 'Trouble' }]) {
        expect(outcomeOf(await put(noc, id, body))).to.deep.equal([409, 'ticket/in-progress']);
      }
    });

    it('changes region and plan only in a draft', async () => {
      const publishedAt = new Date(Date.now() + 3_600_000).toISOString();
      const draft = await world.ticket('Draft', { noc, foc });
      const open = await world.ticket('Open', { noc, foc });
      for (const body of [{ region: 'East' }, { publishedAt }]) {
        expect((await put(admin, draft, body)).status).to.equal(200);
        expect(outcomeOf(await put(admin, open, body))).to.deep.equal([409, 'ticket/not-draft']);
      }
    });

    it('is no longer possible when the ticket is closed', async () => {
      const id = await world.ticket('Closed', { noc, foc });
      expect(outcomeOf(await put(noc, id, { remark: 'Late.' }))).to.deep.equal([
        409,
        'ticket/closed',
      ]);
    });

    it('stays within the NOC’s region', async () => {
      const id = await world.ticket('Open', { noc, foc });
      expect((await put(farNoc, id, { remark: 'Mine?' })).status).to.equal(404);
      expect((await put(admin, id, { remark: 'By the admin.' })).status).to.equal(200);
    });
  });
});
