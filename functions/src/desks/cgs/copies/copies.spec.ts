import { expect } from 'chai';
import type { User } from '../users/people.ts';
import type { Client } from '../domain/schemas.ts';
import {
  admin,
  bandung,
  client,
  foc,
  noc,
  opened,
  START,
  ticketIn,
} from '../../../../test/desks/cgs/fixtures.ts';
import { fromClient } from '../domain/ticket-details.ts';
import { areasOfUser, cityOfClient, cityOfTicket } from './area.ts';
import { followingClient, withClient } from './client.ts';
import { personOf, withPerson } from './person.ts';

const was = fromClient(client);
const after = (patch: Partial<Client>) => fromClient({ ...client, ...patch });
const bogor = { id: 'area-bgr', name: 'BOGOR', region: 'West', initial: 'BGR' } as const;
const renamed = { ...bandung, name: 'BANDUNG RAYA' };

const account = (access: Record<string, unknown>): User => ({
  id: foc.id,
  email: foc.email,
  nik: foc.nik,
  name: foc.name,
  profilePhoto: foc.profilePhoto,
  phoneNumber: foc.phoneNumber,
  active: true,
  access: {
    cgs: { role: 'FOC', region: 'West', active: false, area: 'BANDUNG', areas: [bandung] },
    ...access,
  },
  lastLoginAt: START,
  createdAt: START,
  updatedAt: START,
});

describe('the copy of a person', () => {
  it('has the person’s data at this desk only, active or not', () => {
    expect(personOf(account({}))).to.deep.equal({ ...foc, areas: [bandung] });
  });

  it('does not exist for people without access to this desk', () => {
    expect(personOf({ ...account({}), access: { urban: { active: true } } })).to.equal(undefined);
  });

  it('is updated in foc and noc of the same person only', () => {
    const ticket = ticketIn(foc).OnTheWay;
    const promoted = { ...foc, role: 'FOCSupervisor' } as const;
    expect(withPerson(ticket, { now: promoted, past: [foc] })).to.deep.equal({
      foc: promoted,
      noc: ticket.noc,
    });
    const moved = { ...noc, name: 'Other' };
    expect(withPerson(ticket, { now: moved, past: [noc] })).to.deep.equal({
      foc: ticket.foc,
      noc: moved,
    });
    const same = { foc: ticket.foc, noc: ticket.noc };
    expect(withPerson(ticket, { now: admin, past: [] })).to.deep.equal(same);
  });

  it('does not change in a closed ticket', () => {
    expect(withPerson(ticketIn(foc).Closed, { now: { ...foc, name: 'X' }, past: [] })).to.be.empty;
  });
});

describe('the copy of an area', () => {
  it('is updated in a person together with its name, and not at other desks', () => {
    const user = account({ urban: { active: true } });
    const { access } = areasOfUser(user, { now: renamed, past: [bandung] });
    expect(access).to.deep.equal({
      urban: { active: true },
      cgs: { ...user.access.cgs, area: 'BANDUNG RAYA', areas: [renamed] },
    });
    expect(areasOfUser(user, { now: bogor, past: [] }).access).to.deep.equal(user.access);
  });

  it('of another region is taken from a person, who stays in theirs', () => {
    const user = account({});
    const moved = { ...bandung, region: 'East' } as const;
    const { access } = areasOfUser(user, { now: moved, past: [bandung] });
    expect(access.cgs).to.deep.equal({ ...user.access.cgs, area: null, areaId: null, areas: [] });
    expect(areasOfUser(user, { now: { ...moved, id: 'other' }, past: [] }).access).to.deep.equal(
      user.access,
    );
  });

  it('takes a client to its region', () => {
    const moved = { ...bandung, region: 'East' } as const;
    expect(cityOfClient(client, moved)).to.deep.equal({ city: moved, region: 'East' });
    expect(cityOfClient(client, { ...moved, id: 'other' })).to.be.empty;
  });

  it('is updated in an open ticket, given or its client’s, and not in a closed one', () => {
    const ticket = opened();
    const follow = cityOfTicket(ticket, { now: renamed, past: [bandung] });
    expect(follow).to.deep.equal({ client: { ...ticket.client, city: renamed } });
    expect(cityOfTicket(ticket, { now: bogor, past: [] })).to.be.empty;
    expect(cityOfTicket(ticketIn(foc).Closed, { now: renamed, past: [] })).to.be.empty;
  });
});

describe('the copy of a client', () => {
  it('is updated in every field that comes from the client', () => {
    const now = fromClient({
      ...client,
      cid: 'CID-0043',
      name: 'Kopi Dago Dua',
      address: 'Jl. Dago 2',
      coordinate: '-6.7,107.5',
      customerType: 'Broadband',
      city: bogor,
      pop: { name: 'POP Buah Batu', coordinate: '-6.9,107.7' },
      ms: null,
      splitter: { id: 'sp-2', name: 'SULTAN', coordinate: '-6.92,107.62' },
      isp: { id: 'isp-2', name: 'Nusa', initial: 'NJM', brand: 'NUSALINK' },
    });
    expect(followingClient({ client: was, given: [] }, now)).to.deep.equal(now);
  });

  it('keeps each field that was given for the ticket, and updates the others', () => {
    const given = {
      name: 'Pak Ujang',
      address: 'Gang 3',
      coordinate: '-6.1,107.1',
      customerType: 'Broadband',
      city: bogor,
    } as const;
    const now = after({ name: 'Kopi Dago Dua', address: 'Jl. Dago 2', cid: 'CID-0043' });
    const fields = ['endUser', 'address', 'coordinate', 'customerType', 'area'] as const;
    const held = { client: { ...was, ...given }, given: [...fields] };
    expect(followingClient(held, now)).to.deep.equal({ ...now, ...given });
  });

  it('keeps a given field that is the same as the client’s', () => {
    const held = { client: was, given: ['address' as const] };
    const now = after({ name: 'Kopi Dago Dua', address: 'Jl. Dago 2' });
    expect(followingClient(held, now)).to.deep.equal({ ...now, address: was.address });
  });

  it('treats the name and the coordinate of a place separately', () => {
    const held = { ...was, ms: { name: 'MAKMUR', coordinate: '-6.0,107.0' }, splitter: null };
    const now = after({
      ms: { id: 'ms-1', name: 'MAKMUR JAYA', coordinate: '-6.9,107.61' },
      splitter: { id: 'sp-1', name: 'PALLADIUM', coordinate: '-6.92,107.61' },
    });
    const given = ['msLocation', 'splitterName', 'splitterLocation'] as const;
    const followed = followingClient({ client: held, given: [...given] }, now);
    expect(followed.ms).to.deep.equal({ name: 'MAKMUR JAYA', coordinate: '-6.0,107.0' });
    // The request took the splitter away.
    expect(followed.splitter).to.equal(null);
  });

  it('updates area and keywords of the ticket, never sla or region', () => {
    const ticket = opened();
    const now = after({ name: 'Kedai', city: { ...bogor, region: 'East' } });
    const patch = withClient(ticket, { now });
    expect(patch).to.have.all.keys('client', 'area', 'keywords');
    expect(patch.area).to.equal(bogor.id);
    expect(patch.keywords).to.include('kedai').and.to.include('0001').and.not.to.include('warung');
  });

  it('does not change in closed tickets, nor in those of other clients', () => {
    const versions = { now: after({ name: 'Kedai' }), past: [was] };
    expect(withClient(ticketIn(foc).Closed, versions)).to.be.empty;
    const nobodys = opened({ client: null, address: 'Jl. 1', customerType: 'Broadband' });
    expect(withClient(nobodys, versions)).to.be.empty;
  });
});
