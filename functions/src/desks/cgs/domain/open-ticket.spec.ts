import { expect } from 'chai';
import { formatTicketId, type Named, openTicket } from './ticket.ts';
import {
  admin,
  bandung,
  client,
  foc,
  minute,
  noc,
  nocEast,
  opened,
  policy,
  request,
  uuid,
} from '../../../../test/desks/cgs/fixtures.ts';

const open = (more: Record<string, unknown>, by = noc, named: Partial<Named> = {}) =>
  openTicket(
    request(more),
    { client, area: bandung, policy, ...named, noc: by },
    { now: minute(0), newId: uuid(7) },
  );

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
      isp: { id: 'isp-1', name: 'Adidaya Infocom', initial: 'AIL', brand: 'WIZNET' },
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

  it('uses the given id and number', () => {
    const opening = open({});
    expect(
      opening.ok && opening.ticket(formatTicketId('Trouble', { year: 2026, month: 1 }, 12)),
    ).to.deep.include({ documentId: uuid(7), ticketId: 'TRB-202601-0012' });
    expect(formatTicketId('Maintenance', { year: 2026, month: 11 }, 12345)).to.equal(
      'MNT-202611-12345',
    );
  });
});
