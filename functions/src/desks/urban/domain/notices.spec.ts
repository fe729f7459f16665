import { expect } from 'chai';
import { NOTICE_KINDS, noticesOf, type Recipient } from './notices.ts';
import { createTicketBody, type Ticket } from './schemas.ts';
import { type Caller, type Command, decide, openTicket } from './ticket.ts';

const START = new Date('2024-01-01T00:00:00.000Z');
const ID = '6f1d0c5e-8a4b-4e39-b7d2-c90a51e3f874';

const someone = (id: string, permissions: Caller['permissions'] = []): Caller => ({
  self: { id, fullname: `Name of ${id}`, phoneNumber: '+1234567890', profilePhoto: null },
  permissions,
});
const owner = someone('owner');
const technician = someone('technician');
const other = someone('other');
const writer = someone('writer', ['ticket:read', 'ticket:write']);

const asked = createTicketBody.parse({
  category: 'MAINTENANCE',
  title: 'Elevator Issue - Floor 3',
  description: 'Broken elevator',
});
const opened = openTicket(asked, owner, ID, START);

const assignTo = ({ self }: Caller): Command => ({ name: 'assign', technician: self });
const moveTo = (status: Ticket['status'], notes?: string): Command => ({
  name: 'setStatus',
  asked: { status, ...(notes !== undefined && { notes }) },
});
const note: Command = { name: 'addNote', notes: 'The part is ordered.' };

const after = (ticket: Ticket, command: Command, by: Caller): Ticket => {
  const decision = decide(command, ticket, by, START);
  if (!decision.ok) throw new Error(decision.refusal);
  return { ...ticket, ...decision.patch };
};
const assigned = after(opened, assignTo(technician), writer);

const nameOf = (to: Recipient): string => (to === 'writers' ? to : to.uid);
const told = (before: Ticket | undefined, now: Ticket | undefined): string[] =>
  noticesOf(before, now).map(({ kind, to }) => `${kind}: ${to.map(nameOf).join(', ')}`);
const toldOf = (ticket: Ticket, command: Command, by: Caller): string[] =>
  told(ticket, after(ticket, command, by));

describe('the notices of a city ticket', () => {
  const rows: readonly (readonly [
    what: string,
    of: () => string[],
    expected: readonly string[],
  ])[] = [
    ['is opened', () => told(undefined, opened), ['created: writers']],
    ['is assigned', () => told(opened, assigned), ['assigned: technician', 'statusChanged: owner']],
    [
      'is given to another technician',
      () => toldOf(assigned, assignTo(other), writer),
      ['assigned: other', 'takenOver: technician'],
    ],
    [
      'is completed, with a note or without',
      () => [
        ...toldOf(assigned, moveTo('COMPLETED', 'Repaired.'), technician),
        ...toldOf(assigned, moveTo('COMPLETED'), technician),
      ],
      ['statusChanged: owner, technician', 'statusChanged: owner, technician'],
    ],
    [
      'is cancelled before anybody has it',
      () => toldOf(opened, moveTo('CANCELLED'), writer),
      ['statusChanged: owner'],
    ],
    [
      'is worked on by its owner',
      () => {
        const own = after(opened, assignTo(owner), writer);
        return toldOf(own, moveTo('COMPLETED'), writer);
      },
      ['statusChanged: owner'],
    ],
    ['gets a note', () => toldOf(assigned, note, writer), ['noteAdded: owner, technician']],
    [
      'is edited',
      () => toldOf(assigned, { name: 'edit', asked: { title: 'Elevator' } }, writer),
      [],
    ],
    ['is deleted', () => told(assigned, undefined), []],
    [
      'has a new copy of a person',
      () => told(assigned, { ...assigned, user: { ...assigned.user, fullname: 'New name' } }),
      [],
    ],
  ];
  for (const [what, of, expected] of rows) {
    it(`tell who is concerned when it ${what}`, () => {
      expect(of()).to.deep.equal(expected);
    });
  }

  it('are each in one of these cases', () => {
    const kinds = rows.flatMap(([, of]) => of()).map((each) => each.split(':')[0]);
    expect([...new Set(kinds)]).to.have.members([...NOTICE_KINDS]);
  });

  it('name the ticket, its status and its technician', () => {
    expect(noticesOf(opened, assigned)[0]?.values).to.deep.equal({
      title: 'Elevator Issue - Floor 3',
      status: 'IN_PROGRESS',
      technician: 'Name of technician',
    });
  });
});
