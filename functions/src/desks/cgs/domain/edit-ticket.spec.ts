import { expect } from 'chai';
import { type Client, dated, type Ticket, ticketSchema, updateTicketBody } from './schemas.ts';
import { type Actor, editTicket, type Named } from './ticket.ts';
import {
  admin,
  after,
  bandung,
  boss,
  clock,
  client,
  command,
  foc,
  freeze,
  minute,
  noc,
  nocEast,
  opened,
  policy,
  refusalOf,
  ticketIn,
  TIME_ZONE,
} from '../../../../test/desks/cgs/fixtures.ts';
import { IN_PROGRESS } from './vocabulary.ts';

const medan: Client = {
  ...client,
  id: 'client-2',
  cid: 'CID-0077',
  name: 'Toko Medan',
  region: 'East',
  customerType: 'Broadband',
};

const edit = (
  body: Record<string, unknown>,
  ticket: Ticket,
  by: Actor = noc,
  named: Partial<Named> = {},
  at = 50,
) =>
  editTicket(
    dated(updateTicketBody.parse(body), TIME_ZONE),
    ticket,
    by,
    { client: null, policy, ...named },
    { now: minute(at) },
  );

const edited = (...args: Parameters<typeof edit>): Ticket => {
  const decision = edit(...args);
  if (!decision.ok) throw new Error(decision.refusal);
  return freeze(ticketSchema.strict().parse({ ...args[1], ...decision.patch }));
};

describe('editing a ticket', () => {
  const held = ticketIn(foc);
  const draft = opened({ isDraft: true, publishedAt: minute(60).toISOString() });

  it('changes the fields it names and not the log', () => {
    const ticket = edited({ remark: null, action: 'splice', msName: 'X' }, held.OnGoing);
    expect(ticket).to.deep.include({ remark: null, action: 'splice', updatedAt: minute(62) });
    expect(ticket.client.ms).to.deep.equal({ name: 'X', coordinate: '-6.9,107.6' });
    expect(ticket.ticketLogs).to.deep.equal(held.OnGoing.ticketLogs);
  });

  it('empties a value for null', () => {
    const nulls = {
      endUser: null,
      address: null,
      coordinate: null,
      area: null,
      popName: null,
      popLocation: null,
      msName: null,
      splitterLocation: null,
      contactPerson: null,
      remark: null,
    };
    const ticket = edited(nulls, held.Open);
    expect(ticket).to.deep.include({ area: null, contactPerson: [], remark: null, sla: 240 });
    expect(ticket.client).to.deep.include({
      id: client.id,
      name: 'Non SLA',
      address: '',
      coordinate: null,
      city: null,
      pop: null,
      ms: { name: '', coordinate: '-6.9,107.6' },
      splitter: { name: 'PALLADIUM', coordinate: '' },
    });
    expect(updateTicketBody.safeParse({ customerType: null }).success).to.equal(false);
  });

  it('lists who changed which field when, from what to what', () => {
    const first = edited(
      { customerType: 'Broadband', remark: null, address: 'Jl. Dago 1' },
      held.Open,
    );
    expect(first.edits).to.deep.equal([
      {
        at: minute(50),
        by: { id: noc.id, name: noc.name },
        changes: [
          { field: 'customerType', from: 'Dedicated', to: 'Broadband' },
          { field: 'remark', from: 'No light since morning', to: null },
          { field: 'sla', from: '240', to: '1440' },
        ],
      },
    ]);
    const contactPerson = [{ name: 'Dewi', phone: '0822' }];
    const second = edited({ contactPerson, area: null }, first, admin, {}, 60);
    expect(second.edits[0]).to.deep.equal(first.edits[0]);
    expect(second.edits[1]).to.deep.equal({
      at: minute(60),
      by: { id: admin.id, name: admin.name },
      changes: [
        { field: 'area', from: 'BANDUNG', to: null },
        { field: 'contactPerson', from: 'Asep 0811', to: 'Dewi 0822' },
      ],
    });
    const moved = edited({ client: medan.id }, draft, admin, { client: medan });
    expect(moved.edits[0]?.changes.map(({ field }) => field)).to.include.members([
      'client',
      'region',
      'endUser',
      'sla',
    ]);
  });

  it('changes nothing but updatedAt when it names nothing', () => {
    const ticket = edited({}, held.Pending);
    expect(ticket).to.deep.equal({ ...held.Pending, updatedAt: minute(50) });
  });

  it('changes the SLA with the customer type, both ways', () => {
    const slower = edited({ customerType: 'Broadband' }, held.OnGoing, noc, {}, 250);
    expect(slower).to.deep.include({ sla: 1440, slaDueAt: minute(1440), slaType: 'UnderSla' });
    const faster = edited({ customerType: 'Dedicated' }, slower, noc, {}, 250);
    expect(faster).to.deep.include({ sla: 240, slaType: 'OverSla', nextTimerAt: null });
  });

  it('keeps the promise that was made when the policy changes later', () => {
    const strict = { ...policy, Dedicated: { Trouble: 1, Maintenance: 1 } };
    expect(edited({ action: 'splice' }, held.OnGoing, noc, { policy: strict }).sla).to.equal(240);
  });

  it('never sets updatedAt back when the clock lags', () => {
    const ticket = edited({ action: 'splice' }, held.Accepted, noc, {}, 9);
    expect(after(command.onTheWay, ticket, foc, 7).updatedAt).to.deep.equal(minute(9));
  });

  it('records which fields of its client requests gave, until it has another client', () => {
    const nothing = { address: null, coordinate: null, popName: '' };
    expect(opened(nothing).given).to.deep.equal([]);
    const before = opened({ endUser: 'Pak Asep', area: bandung.id });
    expect(before.given).to.deep.equal(['endUser', 'area']);
    const after = edited({ remark: 'Gate 2', msName: 'BRAGA', endUser: 'Pak Ujang' }, before);
    expect(after.given).to.deep.equal(['endUser', 'area', 'msName']);
    const given = { ...draft, given: after.given };
    const moved = edited({ client: medan.id, address: 'Gang 3' }, given, admin, { client: medan });
    expect(moved.given).to.deep.equal(['address']);
  });

  it('finds the ticket by its new name', () => {
    const ticket = edited({ endUser: 'Pak Asep' }, held.OnGoing);
    expect(ticket.keywords).to.include.members(['as', 'asep', '0042', 'trb2026110001']);
    expect(ticket.keywords).not.to.include('warung');
  });

  describe('of an Open ticket', () => {
    const toko: Client = { ...medan, region: 'West' };

    it('corrects its client, with place, promise, keywords and an entry', () => {
      const given = { ...held.Open, given: ['endUser' as const] };
      const ticket = edited({ client: toko.id }, given, noc, { client: toko });
      expect(ticket).to.deep.include({ sla: 1440, slaDueAt: minute(1440), given: [] });
      expect(ticket.client).to.include({ id: toko.id, cid: toko.cid, name: 'Toko Medan' });
      expect(ticket.keywords).to.include.members(['toko', '0077']);
      expect(ticket.keywords).not.to.include('warung');
      const [entry] = ticket.edits;
      expect(entry?.changes).to.deep.include({ field: 'client', from: client.id, to: toko.id });
      expect(ticket.ticketLogs).to.deep.equal(held.Open.ticketLogs);
      const none = edited({ client: null }, ticket);
      expect(none).to.include({ sla: 0, slaType: 'NonSla', nextTimerAt: null });
      expect(none.client).to.include({ id: null, address: toko.address });
    });

    it('corrects its type, with the promise and an entry, but not its number', () => {
      const ticket = edited({ type: 'Maintenance' }, held.Open);
      expect(ticket).to.deep.include({
        type: 'Maintenance',
        ticketId: held.Open.ticketId,
        sla: 480,
        slaDueAt: minute(480),
        nextTimerAt: minute(480),
      });
      expect(ticket.edits[0]?.changes).to.deep.equal([
        { field: 'type', from: 'Trouble', to: 'Maintenance' },
        { field: 'sla', from: '240', to: '480' },
      ]);
    });

    it('may break its promise at once, or mend it', () => {
      const mended = edited({ type: 'Maintenance' }, held.Open, noc, {}, 300);
      expect(mended).to.include({ slaType: 'UnderSla' });
      const broken = edited({ type: 'Trouble' }, mended, noc, {}, 300);
      expect(broken).to.deep.include({ slaType: 'OverSla', nextTimerAt: null });
    });

    it('keeps its client while it is of an incident, which has one ticket for each', () => {
      const linked = { ...held.Open, incident: { id: 'incident-1', title: 'Backbone cut' } };
      const other = edit({ client: toko.id }, linked, noc, { client: toko });
      expect(other).to.deep.include({
        refusal: 'ticket/in-incident',
        details: { path: 'client' },
      });
      expect(edited({ client: client.id, remark: 'Twice.' }, linked).remark).to.equal('Twice.');
      expect(edited({ client: null }, linked).client.id).to.equal(null);
    });

    it('keeps its region: a client of another one is refused', () => {
      const far = edit({ client: medan.id }, held.Open, admin, { client: medan });
      expect(far).to.include({ refusal: 'client/other-region', field: 'client' });
      const both = { client: medan.id, region: 'East' };
      const moved = edit(both, held.Open, admin, { client: medan });
      expect(refusalOf(moved)).to.equal('ticket/not-draft');
      const theirs = edit({ client: medan.id }, held.Open, noc, { client: medan });
      expect(refusalOf(theirs)).to.equal('client/not-found');
    });
  });

  for (const [path, value] of [
    ['type', 'Maintenance'],
    ['client', 'client-2'],
  ] as const) {
    it(`refuses another ${path} once the ticket was accepted`, () => {
      for (const status of IN_PROGRESS) {
        expect(edit({ [path]: value }, held[status], admin, { client: medan })).to.deep.equal({
          ok: false,
          refusal: 'ticket/in-progress',
          details: { path },
        });
      }
    });
  }

  it('moves a draft to another client, region and date', () => {
    const moved = edited({ client: medan.id }, draft, admin, { client: medan });
    expect(moved).to.deep.include({ region: 'East', sla: 1440 });
    expect(moved.client).to.include({ id: 'client-2', name: 'Toko Medan' });
    const none = edited({ client: null, publishedAt: null }, draft);
    expect(none).to.deep.include({ region: 'West', slaType: 'NonSla', nextTimerAt: null });
    expect(none.client).to.include({ id: null, name: 'Non SLA', address: 'Jl. Dago 1' });
    expect(edited({ publishedAt: minute(1).toISOString() }, draft).publishedAt).to.deep.equal(
      minute(50),
    );
    expect(
      edited({ publishedAt: minute(60).toISOString() }, draft, noc, {}, 61).publishedAt,
    ).to.deep.equal(minute(60));
  });

  for (const [path, value] of [
    ['region', 'East'],
    ['publishedAt', minute(99).toISOString()],
  ] as const) {
    it(`refuses another ${path} once the ticket is out`, () => {
      expect(edit({ [path]: value }, held.Open, admin, { client: medan })).to.deep.equal({
        ok: false,
        refusal: 'ticket/not-draft',
        details: { path },
      });
    });
  }

  it('accepts the present values of fields that may not change', () => {
    const same = { client: client.id, region: 'West', publishedAt: minute(0).toISOString() };
    expect(edit(same, held.Open).ok).to.equal(true);
    expect(edit({ client: client.id, type: 'Trouble' }, held.OnGoing).ok).to.equal(true);
    expect(edit({ publishedAt: null }, held.Open).ok).to.equal(true);
  });

  it('is allowed to those who may open a ticket in that region', () => {
    expect(refusalOf(edit({}, held.Open, boss))).to.equal('ticket/forbidden');
    expect(refusalOf(edit({}, held.Open, clock))).to.equal('ticket/forbidden');
    expect(refusalOf(edit({}, held.Open, nocEast))).to.equal('ticket/not-found');
    expect(refusalOf(edit({}, held.Closed, admin))).to.equal('ticket/closed');
    expect(refusalOf(edit({ region: 'East' }, draft))).to.equal('ticket/forbidden-region');
    const theirs = edit({ client: medan.id }, draft, noc, { client: medan });
    expect(refusalOf(theirs)).to.equal('client/not-found');
  });

  it('does not let a full ticket grow, but lets it shrink', () => {
    const card = { ...after(command.accept, held.Open, foc, 5).ticketLogs[0] };
    const filler = { ...opened().ticketLogs[0], ...card, description: 'x'.repeat(9000) };
    const full = {
      ...held.Open,
      ticketLogs: [ticketSchema.shape.ticketLogs.element.parse(filler)],
    };
    const log = Array.from({ length: 23 }, () => full.ticketLogs).flat();
    const ticket = freeze({ ...full, ticketLogs: log });
    expect(refusalOf(edit({ action: 'splice' }, ticket))).to.equal('ticket/log-full');
    expect(edit({ remark: null }, ticket).ok).to.equal(true);
  });
});
