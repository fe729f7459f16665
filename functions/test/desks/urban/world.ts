import { expect } from 'chai';
import { tickets } from '../../../src/desks/urban/records.ts';
import type { Ticket } from '../../../src/desks/urban/domain/schemas.ts';
import type { Permission, Status } from '../../../src/desks/urban/domain/vocabulary.ts';
import { PERMISSIONS } from '../../../src/desks/urban/domain/vocabulary.ts';
import type { Profile } from '../../../src/kernel/auth/person.ts';
import { type Received, type Sending, send, textAt } from '../../support/client.ts';
import type { TestApi } from '../../support/harness.ts';
import { personWith } from '../person.ts';

/** Somebody with a session, and what tickets embed of them. */
export interface Resident {
  readonly id: string;
  readonly cookie: string;
  readonly contact: {
    readonly id: string;
    readonly fullname: string;
    readonly phoneNumber: string;
    readonly profilePhoto: string | null;
  };
}

/** The people who create a ticket's situation. */
export interface Crew {
  readonly citizen: Resident;
  readonly technician: Resident;
  readonly admin: Resident;
}

const PHOTO = 'https://media.example/face.jpg';

/** The contract's ticket, as a citizen would send it. */
export const ELEVATOR = {
  category: 'MAINTENANCE',
  title: 'Elevator Issue - Floor 3',
  description: 'Broken elevator',
};

/** What tests of the city services need around them: people, and tickets in any status. */
export const urbanWorld = (api: TestApi) => {
  const { url, runtime } = api;
  const call = (method: string, path: string, sending: Sending = {}) =>
    send(url, method, `/api/urban${path}`, sending);

  /** Creates a person with this access and opens a session. */
  const withAccess = async (
    access: Profile['access'],
    more: Partial<Profile> = {},
  ): Promise<Resident> => {
    const usual = { name: 'John Doe', profilePhoto: PHOTO, phoneNumber: '+1234567890' };
    const { id, cookie, person } = await personWith(api, access, { ...usual, ...more });
    const { name: fullname, phoneNumber, profilePhoto } = person;
    return { id, cookie, contact: { id, fullname, phoneNumber, profilePhoto } };
  };

  const resident = (
    permissions: readonly Permission[] = [],
    more: Partial<Profile> = {},
  ): Promise<Resident> => withAccess({ urban: { permissions, active: true } }, more);

  const crew = async (): Promise<Crew> => {
    const [citizen, technician, admin] = await Promise.all([
      resident(),
      resident([], { name: 'Tina Roe' }),
      resident(PERMISSIONS, { name: 'Ada Min' }),
    ]);
    return { citizen, technician, admin };
  };

  /** Opens a ticket; `more` overrides fields of the request. */
  const open = async (as: Resident, more: object = {}): Promise<string> => {
    const answer = await call('POST', '/tickets', { as, body: { ...ELEVATOR, ...more } });
    expect(answer.status, answer.text).to.equal(201);
    return textAt(answer.body, 'id');
  };

  const assign = (as: Resident, id: string, technicianId: string): Promise<Received> =>
    call('PATCH', `/tickets/${id}/assign`, { as, body: { technicianId } });

  const setStatus = (as: Resident, id: string, status: string, more: object = {}) =>
    call('PATCH', `/tickets/${id}/status`, { as, body: { status, ...more } });

  const must = async (answer: Promise<Received>): Promise<void> => {
    const { status, text } = await answer;
    expect(status, text).to.equal(200);
  };

  /** A ticket of the citizen in this status, with the technician if the status allows one. */
  const ticketIn = async (
    status: Status,
    { citizen, technician, admin }: Crew,
    more: object = {},
  ): Promise<string> => {
    const id = await open(citizen, more);
    if (status !== 'PENDING') await must(assign(admin, id, technician.id));
    if (status === 'COMPLETED' || status === 'CANCELLED') await must(setStatus(admin, id, status));
    return id;
  };

  /** A document as it is stored; undefined when it does not exist. */
  const read = async (id: string): Promise<Ticket | undefined> => {
    const key = tickets.doc(id);
    return (await runtime.store.get(key))?.data;
  };

  /** The same for a document that must exist. */
  const there = async (id: string): Promise<Ticket> => {
    const ticket = await read(id);
    if (ticket === undefined) throw new Error(`ticket ${id} is gone`);
    return ticket;
  };

  return { call, withAccess, resident, crew, open, assign, setStatus, ticketIn, read, there };
};

export type UrbanWorld = ReturnType<typeof urbanWorld>;
