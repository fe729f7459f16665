import { expect } from 'chai';
import { keywordsOf } from '../../../kernel/keywords.ts';
import { createTicketBody, statusBody, type Ticket, updateTicketBody } from './schemas.ts';
import {
  type Caller,
  type Command,
  decide,
  maySee,
  MOVES,
  openTicket,
  refusalOfDelete,
} from './ticket.ts';
import { MOST_NOTES, type Permission, REFUSALS, STATUSES, type Status } from './vocabulary.ts';

const START = new Date('2024-01-01T00:00:00.000Z');
const LATER = new Date('2024-01-01T01:00:00.000Z');
const ID = '6f1d0c5e-8a4b-4e39-b7d2-c90a51e3f874';

const someone = (id: string, ...permissions: Permission[]): Caller => ({
  self: { id, fullname: `Name of ${id}`, phoneNumber: '+1234567890', profilePhoto: null },
  permissions,
});

const owner = someone('owner');
const technician = someone('technician');
const asked = createTicketBody.parse({
  category: 'MAINTENANCE',
  title: 'Elevator Issue - Floor 3',
  description: 'Broken elevator',
});

const ticketIn = (status: Status, isAssigned: boolean): Ticket =>
  Object.freeze({
    ...openTicket(asked, owner, ID, START),
    status,
    ...(isAssigned ? { assignedTo: technician.self.id, technician: technician.self } : {}),
  });

const refusalOf = (outcome: { readonly ok: boolean; readonly refusal?: string }) =>
  outcome.ok ? 'ok' : outcome.refusal;

/** Every kind of caller, and how they are related to a ticket. */
const CALLERS = {
  stranger: someone('stranger'),
  reader: someone('reader', 'ticket:read'),
  writer: someone('writer', 'ticket:write'),
  deleter: someone('deleter', 'ticket:delete'),
  admin: someone('admin', 'ticket:read', 'ticket:write', 'ticket:delete'),
  owner,
  technician,
  'owner who writes': someone('owner', 'ticket:write'),
  'technician who reads': someone('technician', 'ticket:read'),
} as const satisfies Record<string, Caller>;
type Name = keyof typeof CALLERS;

const NAMES: readonly Name[] = [
  'stranger',
  'reader',
  'writer',
  'deleter',
  'admin',
  'owner',
  'technician',
  'owner who writes',
  'technician who reads',
];

const WRITERS: readonly Name[] = ['writer', 'admin', 'owner who writes'];
const OWNERS: readonly Name[] = ['owner', 'owner who writes'];
const TECHNICIANS: readonly Name[] = ['technician', 'technician who reads'];
const READERS: readonly Name[] = ['reader', 'admin', 'technician who reads'];

const sees = (name: Name, isAssigned: boolean): boolean =>
  READERS.includes(name) || OWNERS.includes(name) || (isAssigned && TECHNICIANS.includes(name));

/** The expected outcome of every move, independent of the desk's table. */
const EXPECTED: Readonly<Record<Status, Readonly<Record<Status, 'yes' | 'no' | 'final'>>>> = {
  PENDING: { PENDING: 'no', IN_PROGRESS: 'yes', COMPLETED: 'no', CANCELLED: 'yes' },
  IN_PROGRESS: { PENDING: 'no', IN_PROGRESS: 'no', COMPLETED: 'yes', CANCELLED: 'yes' },
  COMPLETED: {
    PENDING: 'final',
    IN_PROGRESS: 'final',
    COMPLETED: 'final',
    CANCELLED: 'final',
  },
  CANCELLED: {
    PENDING: 'final',
    IN_PROGRESS: 'final',
    COMPLETED: 'final',
    CANCELLED: 'final',
  },
};

const expectedMove = (name: Name, from: Status, to: Status, isAssigned: boolean): string => {
  const isWriter = WRITERS.includes(name);
  const works = isWriter || (isAssigned && TECHNICIANS.includes(name));
  if (!isWriter && !sees(name, isAssigned)) return 'ticket/not-found';
  // An owner cancels, and nothing else.
  const cancels = OWNERS.includes(name) && (to === 'CANCELLED' || to === 'PENDING');
  if (!works && !cancels) return 'ticket/forbidden';
  if (EXPECTED[from][to] === 'final') return 'ticket/final';
  if (EXPECTED[from][to] === 'no') return 'ticket/wrong-status';
  if (!works && from !== 'PENDING') return 'ticket/wrong-status';
  if (to === 'IN_PROGRESS' && !isAssigned) return 'ticket/technician-needed';
  return 'ok';
};

/** What needs a permission. Without it the refusal depends on whether the caller sees the ticket. */
const expectedOf = (name: Name, may: readonly Name[], isAssigned: boolean, then: string) => {
  if (may.includes(name)) return then;
  return sees(name, isAssigned) ? 'ticket/forbidden' : 'ticket/not-found';
};

const authorOf = ({ self: { id, fullname } }: Caller) => ({ id, fullname });

/** The log of a ticket's status after one more change. */
const logAfter = ({ statusLog, status: from }: Ticket, to: Status, name: Name) => [
  ...statusLog,
  { from, to, at: LATER, by: authorOf(CALLERS[name]) },
];

describe('opening a ticket of the city services', () => {
  it('gives the whole document: pending, unassigned, with who opened it', () => {
    expect(openTicket({ ...asked, notes: 'Urgent issue' }, owner, ID, START)).to.deep.equal({
      id: ID,
      userId: 'owner',
      status: 'PENDING',
      category: 'MAINTENANCE',
      title: 'Elevator Issue - Floor 3',
      description: 'Broken elevator',
      attachments: [],
      assignedTo: null,
      notes: 'Urgent issue',
      noteLog: [
        {
          text: 'Urgent issue',
          author: { id: 'owner', fullname: 'Name of owner' },
          createdAt: START,
        },
      ],
      statusLog: [{ from: null, to: 'PENDING', at: START, by: authorOf(owner) }],
      keywords: keywordsOf('Elevator Issue - Floor 3', 'Broken elevator'),
      createdAt: START,
      updatedAt: START,
      user: owner.self,
      technician: null,
    });
  });
});

describe('every command on every ticket by everybody', () => {
  for (const from of STATUSES) {
    for (const isAssigned of [false, true]) {
      const ticket = ticketIn(from, isAssigned);
      const of = `${from} ${isAssigned ? 'with' : 'without'} a technician`;

      for (const to of STATUSES) {
        it(`${of} to ${to}: only those who may move it do, and others get the reason`, () => {
          const command: Command = { name: 'setStatus', asked: { status: to } };
          for (const name of NAMES) {
            const outcome = decide(command, ticket, CALLERS[name], LATER);
            expect(refusalOf(outcome), name).to.equal(expectedMove(name, from, to, isAssigned));
            if (!outcome.ok) continue;
            const statusLog = logAfter(ticket, to, name);
            expect(outcome.patch, name).to.deep.equal({ status: to, statusLog, updatedAt: LATER });
          }
        });
      }

      it(`${of}: an edit needs ticket:write and a ticket that is not final`, () => {
        const command: Command = { name: 'edit', asked: { title: 'Other' } };
        const isFinal = from === 'COMPLETED' || from === 'CANCELLED';
        for (const name of NAMES) {
          const then = isFinal ? 'ticket/final' : 'ok';
          const outcome = decide(command, ticket, CALLERS[name], LATER);
          expect(refusalOf(outcome), name).to.equal(expectedOf(name, WRITERS, isAssigned, then));
          if (!outcome.ok) continue;
          const keywords = keywordsOf('Other', 'Broken elevator');
          expect(outcome.patch).to.deep.equal({ title: 'Other', keywords, updatedAt: LATER });
        }
      });

      it(`${of}: assigning needs ticket:write and begins the work`, () => {
        const other = someone('other').self;
        const command: Command = { name: 'assign', technician: other };
        const isFinal = from === 'COMPLETED' || from === 'CANCELLED';
        for (const name of NAMES) {
          const then = isFinal ? 'ticket/final' : 'ok';
          const outcome = decide(command, ticket, CALLERS[name], LATER);
          expect(refusalOf(outcome), name).to.equal(expectedOf(name, WRITERS, isAssigned, then));
          if (!outcome.ok) continue;
          expect(outcome.patch).to.deep.equal({
            status: 'IN_PROGRESS',
            assignedTo: 'other',
            technician: other,
            // Another technician alone is no change of the status.
            ...(from === 'PENDING' && { statusLog: logAfter(ticket, 'IN_PROGRESS', name) }),
            updatedAt: LATER,
          });
        }
      });

      it(`${of}: deleting needs ticket:delete`, () => {
        for (const name of NAMES) {
          const refused = refusalOfDelete(ticket, CALLERS[name]);
          const expected = expectedOf(name, ['deleter', 'admin'], isAssigned, 'ok');
          expect(refused?.refusal ?? 'ok', name).to.equal(expected);
        }
      });

      it(`${of}: is seen by readers, its owner and its technician`, () => {
        for (const name of NAMES) {
          expect(maySee(CALLERS[name], ticket), name).to.equal(sees(name, isAssigned));
        }
      });
    }
  }

  it('has a move into each status but the first, and none out of the last two', () => {
    expect(new Set(MOVES.map(({ to }) => to))).to.deep.equal(new Set(STATUSES.slice(1)));
    expect(new Set(MOVES.map(({ from }) => from))).to.deep.equal(new Set(STATUSES.slice(0, 2)));
  });
});

describe('the fields of a command', () => {
  const { admin } = CALLERS;

  it('an assignee without access is refused on the field, unless the ticket is final', () => {
    const command: Command = { name: 'assign', technician: undefined };
    expect(decide(command, ticketIn('PENDING', false), admin, LATER)).to.deep.equal({
      ok: false,
      refusal: 'ticket/technician-invalid',
      field: 'technicianId',
    });
    const final = decide(command, ticketIn('COMPLETED', true), admin, LATER);
    expect(refusalOf(final)).to.equal('ticket/final');
  });

  it('the technician who has a ticket in progress is not assigned again', () => {
    const command: Command = { name: 'assign', technician: technician.self };
    const again = decide(command, ticketIn('IN_PROGRESS', true), admin, LATER);
    expect(refusalOf(again)).to.equal('ticket/already-assigned');
  });

  it('notes come with a move, are emptied by null, and stay when they are omitted', () => {
    const noted = { ...ticketIn('IN_PROGRESS', true), notes: 'Before.' };
    const patchOf = (body: object) => {
      const command: Command = {
        name: 'setStatus',
        asked: statusBody.parse({ status: 'COMPLETED', ...body }),
      };
      const outcome = decide(command, noted, technician, LATER);
      return outcome.ok && outcome.patch;
    };
    expect(patchOf({ notes: 'Done.' })).to.include({ notes: 'Done.' });
    expect(patchOf({ notes: null })).to.include({ notes: null });
    expect(patchOf({})).not.to.have.property('notes');
  });

  it('an edit changes each field that it names, and nothing else', () => {
    const body = {
      category: 'GAS',
      title: 'Smell',
      description: 'Of gas.',
      attachments: ['https://media.example/a.jpg'],
      notes: 'Valve shut.',
    };
    const edit = (some: object) => {
      const command: Command = { name: 'edit', asked: updateTicketBody.parse(some) };
      const outcome = decide(command, ticketIn('PENDING', false), admin, LATER);
      return outcome.ok && outcome.patch;
    };
    const author = { id: 'admin', fullname: 'Name of admin' };
    const noteLog = [{ text: body.notes, author, createdAt: LATER }];
    const found = (title = asked.title, description = asked.description) => ({
      keywords: keywordsOf(title, description),
      updatedAt: LATER,
    });
    const all = { ...body, noteLog, ...found(body.title, body.description) };
    expect(edit(body)).to.deep.equal(all);
    const more: Readonly<Record<string, object>> = {
      notes: { noteLog, ...found() },
      title: found(body.title),
      description: found(undefined, body.description),
    };
    for (const [field, value] of Object.entries(body)) {
      expect(edit({ [field]: value })).to.deep.equal({
        [field]: value,
        ...(more[field] ?? found()),
      });
    }
    expect(edit({})).to.deep.equal(found());
  });

  it('the date of the last change never moves backwards', () => {
    const ahead = { ...ticketIn('PENDING', false), updatedAt: LATER };
    const outcome = decide({ name: 'edit', asked: {} }, ahead, admin, START);
    expect(outcome.ok && outcome.patch.updatedAt).to.deep.equal(LATER);
  });
});

describe('the notes of a ticket', () => {
  const after = (ticket: Ticket, command: Command, caller: Caller): Ticket => {
    const outcome = decide(command, ticket, caller, LATER);
    return outcome.ok ? { ...ticket, ...outcome.patch } : ticket;
  };
  const textsOf = ({ noteLog }: Ticket) => noteLog.map(({ text }) => text);
  const add = (notes: string): Command => ({ name: 'addNote', notes });
  const staffNote = after(ticketIn('PENDING', false), add('From the office.'), CALLERS.admin);

  for (const status of STATUSES) {
    it(`of a ${status} one are added by its technician and writers, and by nobody else`, () => {
      for (const name of NAMES) {
        const ticket = ticketIn(status, true);
        const outcome = decide(add('On my way.'), ticket, CALLERS[name], LATER);
        const may = [...WRITERS, ...TECHNICIANS];
        expect(refusalOf(outcome), name).to.equal(expectedOf(name, may, true, 'ok'));
        if (!outcome.ok) continue;
        const author = authorOf(CALLERS[name]);
        expect(outcome.patch).to.deep.equal({
          notes: 'On my way.',
          noteLog: [{ text: 'On my way.', author, createdAt: LATER }],
          updatedAt: LATER,
        });
      }
    });
  }

  it('are all kept, and the ticket’s notes are the latest', () => {
    const first = after(ticketIn('IN_PROGRESS', true), add('One.'), technician);
    const second = after(first, { name: 'edit', asked: { notes: 'Two.' } }, CALLERS.admin);
    const done = { status: 'COMPLETED', notes: 'Three.' } as const;
    const third = after(second, { name: 'setStatus', asked: done }, technician);
    const last = after(third, add('Four.'), technician);
    expect(last).to.include({ status: 'COMPLETED', notes: 'Four.' });
    expect(textsOf(last)).to.deep.equal(['One.', 'Two.', 'Three.', 'Four.']);
  });

  it('of the staff stay when the owner cancels, whatever the owner sends', () => {
    for (const [notes, texts] of [
      ['Not needed.', ['From the office.', 'Not needed.']],
      [null, ['From the office.']],
    ] as const) {
      const asked = { status: 'CANCELLED', notes } as const;
      const cancelled = after(staffNote, { name: 'setStatus', asked }, owner);
      expect(cancelled).to.include({ status: 'CANCELLED', notes: 'From the office.' });
      expect(textsOf(cancelled)).to.deep.equal(texts);
    }
  });

  it('of the owner are replaced when the owner cancels', () => {
    const urgent = openTicket({ ...asked, notes: 'Urgent issue' }, owner, ID, START);
    const cancel = { status: 'CANCELLED', notes: 'Not needed.' } as const;
    const cancelled = after(urgent, { name: 'setStatus', asked: cancel }, owner);
    expect(cancelled.notes).to.equal('Not needed.');
    expect(textsOf(cancelled)).to.deep.equal(['Urgent issue', 'Not needed.']);
  });

  it('that an edit sends unchanged are no further note', () => {
    const same: Command = { name: 'edit', asked: { notes: 'From the office.' } };
    expect(textsOf(after(staffNote, same, CALLERS.admin))).to.deep.equal(['From the office.']);
  });

  it(`are ${MOST_NOTES} at most, and a move without a note goes on`, () => {
    const [note] = staffNote.noteLog;
    if (note === undefined) throw new Error('there is a note');
    const full = { ...ticketIn('IN_PROGRESS', true), noteLog: Array(MOST_NOTES).fill(note) };
    const status = 'COMPLETED';
    const moving = (asked: Extract<Command, { name: 'setStatus' }>['asked']) =>
      refusalOf(decide({ name: 'setStatus', asked }, full, technician, LATER));
    const edit: Command = { name: 'edit', asked: { notes: 'Another.' } };
    expect(refusalOf(decide(add('Another.'), full, technician, LATER))).to.equal(
      'ticket/notes-full',
    );
    expect(refusalOf(decide(edit, full, CALLERS.admin, LATER))).to.equal('ticket/notes-full');
    expect(moving({ status, notes: 'Another.' })).to.equal('ticket/notes-full');
    expect(moving({ status })).to.equal('ok');
  });
});

describe('the refusals of the city services', () => {
  it('have the same HTTP status as their kind has everywhere', () => {
    const statuses = Object.entries(REFUSALS).map(([code, { status }]) => [code, status]);
    expect(Object.fromEntries(statuses)).to.deep.equal({
      'ticket/not-found': 404,
      'ticket/forbidden': 403,
      'ticket/final': 409,
      'ticket/wrong-status': 409,
      'ticket/technician-needed': 409,
      'ticket/already-assigned': 409,
      'ticket/notes-full': 409,
      'ticket/technician-invalid': 400,
    });
  });
});
