import { expect } from 'chai';
import fc from 'fast-check';
import { createTicketBody, type Ticket, ticketSchema } from './schemas.ts';
import { type Caller, type Command, decide, openTicket, refusalOfDelete } from './ticket.ts';
import { CATEGORIES, type Permission, STATUSES } from './vocabulary.ts';

const RUNS = 200;
const SEED = 1;
const START = Date.parse('2024-01-01T00:00:00.000Z');

const someone = (id: string, ...permissions: Permission[]): Caller => ({
  self: { id, fullname: id, phoneNumber: '1', profilePhoto: null },
  permissions,
});

const PEOPLE: readonly Caller[] = [
  someone('ann'),
  someone('ben'),
  someone('reader', 'ticket:read'),
  someone('writer', 'ticket:write'),
  someone('admin', 'ticket:read', 'ticket:write', 'ticket:delete'),
];
const NAMES = ['open', 'edit', 'assign', 'setStatus', 'note', 'delete'] as const;

const step = fc.record({
  who: fc.nat(PEOPLE.length - 1),
  name: fc.constantFrom(...NAMES, 'setStatus', 'assign'),
  ticket: fc.nat(99),
  /** Somebody of them, or nobody at all. */
  technician: fc.nat(PEOPLE.length),
  status: fc.constantFrom(...STATUSES),
  category: fc.constantFrom(...CATEGORIES),
  notes: fc.constantFrom('Seen.', null, undefined),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A ticket, modelled without the desk's own code. */
interface Row {
  readonly owner: string;
  worker: string | null;
  state: string;
  category: string;
  notes: string | null;
  /** Everybody who has written a note, in order. */
  readonly authors: string[];
}

const WAYS: Readonly<Record<string, readonly string[]>> = {
  PENDING: ['CANCELLED'],
  IN_PROGRESS: ['COMPLETED', 'CANCELLED'],
  COMPLETED: [],
  CANCELLED: [],
};

const writeNote = (row: Row, notes: string | null, { self, permissions }: Caller): void => {
  const isStaff = permissions.includes('ticket:write') || row.worker === self.id;
  const isOwn = row.notes === null || row.authors.at(-1) === self.id;
  if (isStaff || isOwn) row.notes = notes;
  if (notes !== null) row.authors.push(self.id);
};

const judgeMove = (row: Row, given: Step, as: Caller): string => {
  const { self, permissions } = as;
  const works = permissions.includes('ticket:write') || row.worker === self.id;
  const isOwner = row.owner === self.id;
  const isOwners = given.status === 'CANCELLED' || given.status === 'PENDING';
  if (!works && !(isOwner && isOwners)) return 'ticket/forbidden';
  if (WAYS[row.state]?.length === 0) return 'ticket/final';
  const isBegun = row.state === 'IN_PROGRESS';
  if (given.status === 'IN_PROGRESS' && !isBegun) return 'ticket/technician-needed';
  if (WAYS[row.state]?.includes(given.status) !== true) return 'ticket/wrong-status';
  if (!works && isBegun) return 'ticket/wrong-status';
  row.state = given.status;
  if (given.notes !== undefined) writeNote(row, given.notes, as);
  return 'ok';
};

const judgeAssign = (row: Row, given: Step): string => {
  const worker = PEOPLE[given.technician]?.self.id;
  if (WAYS[row.state]?.length === 0) return 'ticket/final';
  if (worker === undefined) return 'ticket/technician-invalid';
  if (row.worker === worker) return 'ticket/already-assigned';
  Object.assign(row, { worker, state: 'IN_PROGRESS' });
  return 'ok';
};

/** What the model predicts of a step, and its rows after it. */
const judge = (rows: Map<number, Row>, at: number, given: Step, as: Caller): string => {
  const { permissions, self } = as;
  const row = rows.get(at);
  if (given.name === 'open') {
    const { category } = given;
    const row = { owner: self.id, worker: null, state: 'PENDING', category };
    rows.set(at, { ...row, notes: null, authors: [] });
    return 'ok';
  }
  const needed = given.name === 'delete' ? 'ticket:delete' : 'ticket:write';
  const isAllowed = permissions.includes(needed);
  const isTheirs = row?.owner === self.id || row?.worker === self.id;
  if (row === undefined || !(isAllowed || isTheirs || permissions.includes('ticket:read'))) {
    return 'ticket/not-found';
  }
  if (given.name === 'setStatus') return judgeMove(row, given, as);
  if (given.name === 'note') {
    if (!isAllowed && row.worker !== self.id) return 'ticket/forbidden';
    writeNote(row, 'Noted.', as);
    return 'ok';
  }
  if (!isAllowed) return 'ticket/forbidden';
  if (given.name === 'assign') return judgeAssign(row, given);
  if (given.name === 'delete') return rows.delete(at) ? 'ok' : 'gone';
  if (WAYS[row.state]?.length === 0) return 'ticket/final';
  row.category = given.category;
  const { notes } = given;
  if (notes !== undefined && notes !== row.notes) writeNote(row, notes, as);
  return 'ok';
};

const commandOf = ({ name, technician, status, category, notes }: Step): Command => {
  if (name === 'assign') return { name, technician: PEOPLE[technician]?.self };
  if (name === 'note') return { name: 'addNote', notes: 'Noted.' };
  if (name === 'edit') {
    return { name, asked: { category, ...(notes !== undefined && { notes }) } };
  }
  return { name: 'setStatus', asked: { status, notes } };
};

/** The desk's documents, changed as its endpoints change them. */
const apply = (
  store: Map<number, Ticket>,
  at: number,
  given: Step,
  as: Caller,
  now: Date,
): string => {
  if (given.name === 'open') {
    const asked = createTicketBody.parse({
      category: given.category,
      title: 'Leak',
      description: 'In the cellar.',
    });
    const ticket = openTicket(asked, as, crypto.randomUUID(), now);
    store.set(at, Object.freeze(ticketSchema.strict().parse(ticket)));
    return 'ok';
  }
  const before = store.get(at);
  if (before === undefined) return 'ticket/not-found';
  if (given.name === 'delete') {
    const refused = refusalOfDelete(before, as);
    if (refused === undefined) store.delete(at);
    return refused?.refusal ?? 'ok';
  }
  const outcome = decide(commandOf(given), before, as, now);
  if (!outcome.ok) return outcome.refusal;
  const after = ticketSchema.strict().parse({ ...before, ...outcome.patch });
  expect(after).to.include({ id: before.id, userId: before.userId });
  expect(after.createdAt).to.deep.equal(before.createdAt);
  expect(after.updatedAt).to.deep.equal(now);
  store.set(at, Object.freeze(after));
  return 'ok';
};

const rowOf = (ticket: Ticket): Row => {
  const { userId: owner, assignedTo: worker, status: state, category, notes } = ticket;
  expect(ticket.user.id).to.equal(owner);
  expect(ticket.technician?.id ?? null, 'the technician is who is assigned').to.equal(worker);
  if (state === 'PENDING') expect(worker).to.equal(null);
  if (state === 'IN_PROGRESS' || state === 'COMPLETED') expect(worker).not.to.equal(null);
  expect(ticket.statusLog.at(-1)?.to, 'the last change of its status').to.equal(state);
  const authors = ticket.noteLog.map(({ author }) => author.id);
  return { owner, worker, state, category, notes, authors };
};

const seen = new Set<string>();

describe('any commands by anyone at the city services', () => {
  it('leave the tickets as a second, simpler model predicts', () => {
    const runs = fc.array(step, { maxLength: 60, size: 'max' });
    // Half of them are the same each time, and reach every outcome whatever the others do.
    const examples = fc.sample(fc.tuple(runs), { seed: SEED, numRuns: RUNS / 2 });
    const run = fc.property(runs, (steps) => {
      const rows = new Map<number, Row>();
      const store = new Map<number, Ticket>();
      let opened = 0;
      steps.forEach((given, index) => {
        const as = PEOPLE[given.who];
        if (as === undefined) throw new Error('there is always somebody');
        if (given.name === 'open') opened += 1;
        // Sometimes a ticket that nobody has opened.
        const at = given.name === 'open' ? opened : 1 + (given.ticket % (opened + 1));
        const verdict = judge(rows, at, given, as);
        const said = apply(store, at, given, as, new Date(START + index * 1000));
        expect(said, `${given.name} by ${as.self.id}`).to.equal(verdict);
        const now = [...store].map(([id, ticket]) => [id, rowOf(ticket)] as const);
        expect(new Map(now)).to.deep.equal(rows);
        seen.add(`${given.name} ${verdict}`);
      });
    });
    fc.assert(run, { numRuns: RUNS, examples });
  });

  it('reach every possible outcome', () => {
    for (const name of NAMES) expect([...seen]).to.include(`${name} ok`);
    for (const name of NAMES.slice(1)) {
      expect([...seen]).to.include(`${name} ticket/not-found`);
      expect([...seen]).to.include(`${name} ticket/forbidden`);
    }
    for (const end of [
      'edit ticket/final',
      'assign ticket/final',
      'assign ticket/technician-invalid',
      'assign ticket/already-assigned',
      'setStatus ticket/final',
      'setStatus ticket/wrong-status',
      'setStatus ticket/technician-needed',
    ]) {
      expect([...seen]).to.include(end);
    }
  });
});
