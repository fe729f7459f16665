import { expect } from 'chai';
import { type Client, dated, type Ticket, ticketSchema, updateTicketBody } from './schemas.ts';
import { searchWords } from './keywords.ts';
import {
  type Actor,
  editTicket,
  formatTicketId,
  keywordsOf,
  type Named,
  openTicket,
} from './ticket.ts';
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
  request,
  ticketIn,
  TIME_ZONE,
  uuid,
} from '../../../../test/desks/cgs/fixtures.ts';

const medan: Client = {
  ...client,
  id: 'client-2',
  cid: 'CID-0077',
  name: 'Toko Medan',
  region: 'East',
  customerType: 'Broadband',
};

const open = (more: Record<string, unknown>, by = noc, named: Partial<Named> = {}) =>
  openTicket(
    request(more),
    { client, area: bandung, policy, ...named, noc: by },
    { now: minute(0), newId: uuid(7) },
  );

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

describe('opening a ticket', () => {
  it('takes from the client what the request leaves out', () => {
    const ticket = opened();
    expect(ticket.client).to.deep.equal({
      id: 'client-1',
      cid: 'CID-0042',
      name: 'Warung Kopi Dago',
      address: 'Jl. Dago 1',
      coordinate: '-6.88,107.61',
      city: bandung,
      customerType: 'Dedicated',
      pop: { name: 'POP Dago', coordinate: '-6.8,107.6' },
      ms: { name: 'MAKMUR', coordinate: '-6.9,107.6' },
      splitter: { name: 'PALLADIUM', coordinate: '-6.91,107.61' },
      isp: { name: 'Adidaya Infocom', initial: 'AIL', brand: 'WIZNET' },
    });
    expect(ticket).to.deep.include({ region: 'West', area: 'area-bdg', sla: 240, noc });
  });

  it('prefers what the request says to what the client has', () => {
    const { client: told, sla } = opened({
      endUser: 'Pak Asep',
      address: 'Jl. Braga 9',
      coordinate: '-6.9,107.6',
      customerType: 'Broadband',
      popName: 'POP Braga',
      msLocation: '-6.92,107.6',
      splitterName: 'BRAGA 2',
    });
    expect(told).to.deep.include({
      name: 'Pak Asep',
      address: 'Jl. Braga 9',
      coordinate: '-6.9,107.6',
      pop: { name: 'POP Braga', coordinate: '-6.8,107.6' },
      ms: { name: 'MAKMUR', coordinate: '-6.92,107.6' },
      splitter: { name: 'BRAGA 2', coordinate: '-6.91,107.61' },
    });
    expect(sla).to.equal(1440);
  });

  it('without a client takes the region of the NOC and the name Non SLA', () => {
    const ticket = opened({ client: null, address: 'Jl. Braga 9', customerType: 'Broadband' });
    expect(ticket).to.deep.include({ region: 'West', area: null, slaType: 'NonSla' });
    expect(ticket.client).to.deep.include({ id: null, cid: null, name: 'Non SLA', pop: null });
  });

  it('makes a Draft for isDraft or a later publishedAt, and an Open ticket otherwise', () => {
    const at = minute(60).toISOString();
    const past = minute(-60).toISOString();
    expect(opened()).to.deep.include({ latestStatus: 'Open', publishedAt: minute(0) });
    expect(opened({ publishedAt: past })).to.deep.include({ publishedAt: minute(0) });
    const local = opened({ publishedAt: '2026-11-02T09:00:00' });
    expect(local).to.deep.include({ isDraft: true, publishedAt: minute(60) });
    const planned = opened({ publishedAt: at });
    expect(planned).to.deep.include({ latestStatus: 'Draft', isDraft: true, slaDueAt: null });
    expect(planned).to.deep.include({ publishedAt: minute(60), nextTimerAt: minute(60) });
    const overdue = opened({ isDraft: true, publishedAt: past });
    expect(overdue).to.deep.include({ latestStatus: 'Draft', nextTimerAt: minute(0) });
  });

  const broadband = { client: null, address: 'x', customerType: 'Broadband' };
  const refused = [
    ['by a FOC', open({}, foc), 'ticket/forbidden', {}],
    [
      'for a client that is not there',
      open({}, noc, { client: null }),
      'client/not-found',
      { field: 'client' },
    ],
    ['by a NOC, a client elsewhere', open({}, nocEast), 'client/not-found', { field: 'client' }],
    [
      'by a NOC elsewhere',
      open({ region: 'East' }),
      'ticket/forbidden-region',
      { details: { path: 'region' } },
    ],
    [
      'by a SuperAdmin, nowhere',
      open(broadband, admin),
      'ticket/region-required',
      { field: 'region' },
    ],
    ['in no area', open({ area: 'x' }, noc, { area: null }), 'area/not-found', { field: 'area' }],
    [
      'in an area of another region',
      open({ area: 'x', region: 'East' }, admin),
      'area/not-found',
      { field: 'area' },
    ],
  ] as const;
  for (const [what, opening, refusal, wrong] of refused) {
    it(`is refused ${what}: ${refusal}`, () => {
      expect(opening).to.deep.equal({ ok: false, refusal, ...wrong });
    });
  }

  it('is allowed to a SuperAdmin in any region', () => {
    const opening = open({ ...broadband, region: 'East' }, admin);
    expect(opening.ok && opening.ticket('TRB-202611-0002').region).to.equal('East');
    const elsewhere = open({ region: 'Central' }, admin);
    expect(elsewhere.ok && elsewhere.ticket('TRB-202611-0003').region).to.equal('Central');
  });

  it('uses the given id and number, and notifies the crews', () => {
    const opening = open({});
    expect(
      opening.ok && opening.ticket(formatTicketId('Trouble', { year: 2026, month: 1 }, 12)),
    ).to.deep.include({ documentId: uuid(7), ticketId: 'TRB-202601-0012' });
    expect(opening.ok && opening.notices).to.deep.equal([{ kind: 'opened', region: 'West' }]);
    expect(formatTicketId('Maintenance', { year: 2026, month: 11 }, 12345)).to.equal(
      'MNT-202611-12345',
    );
  });
});

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
    ['client', 'client-2'],
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
    const log = Array.from({ length: 101 }, () => full.ticketLogs).flat();
    const ticket = freeze({ ...full, ticketLogs: log });
    expect(refusalOf(edit({ action: 'splice' }, ticket))).to.equal('ticket/log-full');
    expect(edit({ remark: null }, ticket).ok).to.equal(true);
  });
});

describe('keywords', () => {
  it('are prefixes of 2 to 20 characters of the words and of their parts', () => {
    expect(keywordsOf('TRB-1', null)).to.deep.equal(['tr', 'trb', 'trb1']);
    expect(keywordsOf('Bu  Ana')).to.deep.equal(['bu', 'an', 'ana']);
    expect(Math.max(...keywordsOf('x'.repeat(99)).map((word) => word.length))).to.equal(20);
  });

  it('are distinct and at most 200, the first texts before the last', () => {
    const many = Array.from({ length: 40 }, (_, index) => `${index}-abcdefghij`).join(' ');
    const words = keywordsOf('TRB-202611-0001', many);
    expect(words).to.have.lengthOf(200);
    expect(new Set(words).size).to.equal(200);
    expect(words).to.include('trb2026110001');
  });

  it('are found by a search with any punctuation, or without', () => {
    const words = keywordsOf('TRB-202611-0001', 'CID/0042', 'P.T. "Warung" Kopi, (Dago)');
    for (const text of [
      'TRB-202611-0001,',
      'trb 202611 0001',
      '202611/0001',
      'trb-2026',
      'cid-0042',
      '"warung"',
      '(dago',
      'PT kopi!',
    ]) {
      expect(searchWords(text), text).not.to.deep.equal([]);
      expect(words, text).to.include.members(searchWords(text));
    }
    expect(words).not.to.include.members(searchWords('warungkopi'));
    for (const text of ['--', ' a ', '"!', '']) expect(searchWords(text)).to.deep.equal([]);
  });
});
