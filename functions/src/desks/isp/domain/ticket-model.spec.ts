import { expect } from 'chai';
import type { Decision } from '../../../kernel/decision.ts';
import fc from 'fast-check';
import {
  type CreateTicket,
  type Reply,
  replySchema,
  type Ticket,
  ticketSchema,
} from './schemas.ts';
import { editTicket, findTicket, openTicket, replyTo, setStatus, type Staff } from './ticket.ts';
import { PRIORITIES, STATUS, STATUSES } from './vocabulary.ts';

const RUNS = 200;
const SEED = 1;
const START = Date.parse('2024-01-15T10:30:00.000Z');

const STAFF: readonly Staff[] = [
  { role: 'staff', userId: 1, ispId: 1, branchIds: [1, 2], name: 'One' },
  { role: 'staff', userId: 2, ispId: 2, branchIds: [3], name: 'Two' },
  { role: 'staff', userId: 3, ispId: 1, branchIds: [2], name: 'Three' },
  { role: 'staff', userId: 4, ispId: 1, branchIds: [], name: 'Four' },
];
const NAMES = ['open', 'edit', 'reply', 'setStatus', 'delete'] as const;

/** Who sends which command on which ticket, and from which place: mostly one they may use. */
const step = fc.record({
  who: fc.nat(STAFF.length - 1),
  name: fc.constantFrom(...NAMES, 'reply', 'setStatus'),
  ticket: fc.nat(99),
  isHonest: fc.nat(4).map((die) => die > 0),
  branch: fc.integer({ min: 1, max: 3 }),
  lie: fc.record({
    isp_id: fc.integer({ min: 1, max: 2 }),
    user_id: fc.integer({ min: 1, max: 4 }),
  }),
  status: fc.constantFrom(...STATUSES, STATUS.closed),
  priority: fc.constantFrom(...PRIORITIES),
  title: fc.constantFrom('No line', 'Slow', 'Bill'),
});
type Dice = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A step of the ticket with this number; a new one gets the next. */
type Step = Dice & { readonly ticket: number };

/** A helpdesk, modelled without the desk's own code: rows with a tenant each. */
interface Row {
  readonly isp: number;
  readonly branch: number;
  title: string;
  priority: number;
  status: number;
  readonly said: string[];
}

const may = ({ ispId, branchIds }: Staff, isp: number, branch: number): boolean =>
  ispId === isp && branchIds.some((id) => id === branch);

/** What the model predicts of a step, and its rows after it. */
const judge = (rows: Map<number, Row>, given: Step, as: Staff, place: CreateTicket): string => {
  const row = rows.get(given.ticket);
  const isPlaced = given.name !== 'edit' && given.name !== 'delete';
  if (isPlaced && place.user_id !== as.userId) return 'user/not-yours';
  if (isPlaced && place.isp_id !== as.ispId) return 'isp/no-access';
  if (isPlaced && !may(as, place.isp_id, place.branch_id)) return 'branch/no-access';
  if (given.name === 'open') {
    const { title, priority } = given;
    const { isp_id: isp, branch_id: branch } = place;
    rows.set(given.ticket, { isp, branch, title, priority, status: 0, said: [] });
    return 'ok';
  }
  if (row === undefined || !may(as, row.isp, row.branch)) return 'ticket/not-found';
  if (isPlaced && row.branch !== place.branch_id) return 'ticket/not-found';
  if (given.name === 'reply' && row.status === 3) return 'ticket/closed';
  if (given.name === 'reply') row.said.push(`${as.name}: ${given.title}`);
  if (given.name === 'setStatus') row.status = given.status;
  if (given.name === 'edit') Object.assign(row, { title: given.title, priority: given.priority });
  if (given.name === 'delete') rows.delete(given.ticket);
  return 'ok';
};

const branchOf = ({ isHonest, branch }: Step, { branchIds }: Staff): number =>
  (isHonest ? branchIds[branch % branchIds.length] : undefined) ?? branch;

const placeOf = (given: Step, as: Staff): CreateTicket => ({
  isp_id: given.isHonest ? as.ispId : given.lie.isp_id,
  branch_id: branchOf(given, as),
  user_id: given.isHonest ? as.userId : given.lie.user_id,
  title: given.title,
  description: 'As told on the phone.',
  priority: given.priority,
});

/** The desk's documents, changed as its endpoints change them. */
class Store {
  readonly tickets = new Map<number, Ticket>();
  readonly threads = new Set<number>();
  replies: readonly Reply[] = [];

  apply(given: Step, as: Staff, place: CreateTicket, now: Date): string {
    if (given.name === 'open') return this.open(given, as, place, now);
    const { isp_id, branch_id, user_id } = place;
    const where = { isp_id, branch_id, user_id };
    const isPlaced = given.name === 'reply' || given.name === 'setStatus';
    const ticket = this.tickets.get(given.ticket);
    const found = findTicket(ticket && { data: ticket }, as, isPlaced ? where : undefined);
    if (!found.ok) return found.refusal;
    const { data } = found.seen;
    if (given.name === 'delete') return this.delete(data);
    if (given.name === 'reply') {
      return this.keep(data, replyTo({ ...where, message: given.title }, data, as, now));
    }
    if (given.name === 'edit') {
      const { title, priority } = given;
      return this.keep(data, editTicket({ title, priority }, undefined, data, as, now));
    }
    const moving = { ...where, status: given.status };
    const { patch, takesReplies } = setStatus(moving, data, as, now);
    if (takesReplies === true) this.threads.add(given.ticket);
    if (takesReplies === false) this.threads.delete(given.ticket);
    return this.keep(data, { ok: true, patch });
  }

  private keep(
    ticket: Ticket,
    outcome: Decision<{ patch: Partial<Ticket>; reply?: (id: number) => Reply }>,
  ): string {
    if (!outcome.ok) return outcome.refusal;
    const reply = outcome.reply?.(this.replies.length + 1);
    if (reply !== undefined) this.replies = [...this.replies, replySchema.strict().parse(reply)];
    if (reply !== undefined) expect(this.threads.has(ticket.id)).to.equal(true);
    const after = ticketSchema.strict().parse({ ...ticket, ...outcome.patch });
    this.tickets.set(ticket.id, Object.freeze(after));
    return 'ok';
  }

  private delete({ id }: Ticket): string {
    this.tickets.delete(id);
    this.threads.delete(id);
    this.replies = this.replies.filter(({ ticketId }) => ticketId !== id);
    return 'ok';
  }

  private open(given: Step, as: Staff, place: CreateTicket, now: Date): string {
    const opening = openTicket(place, undefined, as, now);
    if (!opening.ok) return opening.refusal;
    const ticket = ticketSchema.strict().parse(opening.ticket(given.ticket));
    this.tickets.set(given.ticket, Object.freeze(ticket));
    this.threads.add(given.ticket);
    return 'ok';
  }
}

const shown = ({ tickets, threads, replies }: Store) => {
  const open = [...tickets].filter(([, { status }]) => status !== 3).map(([id]) => id);
  expect(threads, 'a thread for each ticket that is not closed').to.deep.equal(new Set(open));
  return [...tickets].map(
    ([id, { ispId, branchId, title, priority, status, replyCount, statusLog }]) => {
      const own = replies.filter(({ ticketId }) => ticketId === id);
      expect(replyCount).to.equal(own.length);
      for (const reply of own) expect(reply).to.include({ ispId, branchId });
      expect(statusLog.at(-1)?.to, 'the last change of its status').to.equal(status);
      const said = own.map(({ userName, message }) => `${userName}: ${message}`);
      return [id, { isp: ispId, branch: branchId, title, priority, status, said }] as const;
    },
  );
};

const seen = new Set<string>();

describe('any commands by anyone at the ISP desk', () => {
  it('leave the tickets as a second, simpler model predicts', () => {
    const runs = fc.array(step, { maxLength: 60, size: 'max' });
    // Half of them are the same each time, and reach every outcome whatever the others do.
    const examples = fc.sample(fc.tuple(runs), { seed: SEED, numRuns: RUNS / 2 });
    const run = fc.property(runs, (steps) => {
      const rows = new Map<number, Row>();
      const store = new Store();
      let opened = 0;
      steps.forEach((dice, index) => {
        const as = STAFF[dice.who];
        if (as === undefined) throw new Error('there is always somebody');
        const isNew = dice.name === 'open';
        // Sometimes a number that no ticket has.
        const given = { ...dice, ticket: isNew ? opened + 1 : 1 + (dice.ticket % (opened + 1)) };
        const place = placeOf(given, as);
        const verdict = judge(rows, given, as, place);
        if (isNew && verdict === 'ok') opened += 1;
        const said = store.apply(given, as, place, new Date(START + index * 1000));
        expect(said, `${given.name} by ${as.name}`).to.equal(verdict);
        expect(new Map(shown(store))).to.deep.equal(rows);
        seen.add(`${given.name} ${verdict}`);
      });
    });
    fc.assert(run, { numRuns: RUNS, examples });
  });

  it('reach every possible outcome', () => {
    for (const name of NAMES) expect([...seen]).to.include(`${name} ok`);
    for (const refusal of ['user/not-yours', 'isp/no-access', 'branch/no-access']) {
      for (const name of ['open', 'reply', 'setStatus']) {
        expect([...seen]).to.include(`${name} ${refusal}`);
      }
    }
    expect([...seen]).to.include('reply ticket/closed');
  });
});
