import fc from 'fast-check';
import type { Resident } from '../../../src/desks/community/domain/schemas.ts';
import type { Member } from '../../../src/desks/community/domain/ticket.ts';

export const START = Date.parse('2026-11-23T08:00:00.000Z');
export const dates = { createdAt: new Date(START), updatedAt: new Date(START) };

const person = (
  uid: string,
  role: Member['role'],
  [companyId, communityId, residentId]: readonly (number | null)[],
): Member => ({
  uid,
  name: uid,
  role,
  companyId: companyId ?? null,
  communityId: communityId ?? null,
  residentId: residentId ?? null,
});

/** Two residents of community 1, one each of 2 (same company) and 3 (another), and three admins. */
export const PEOPLE = [
  person('one', 'RESIDENT', [1, 1, 1]),
  person('two', 'RESIDENT', [1, 1, 2]),
  person('three', 'RESIDENT', [1, 2, 3]),
  person('four', 'RESIDENT', [2, 3, 4]),
  person('admin 1', 'ADMIN_COMPANY', [1]),
  person('admin 2', 'ADMIN_COMPANY', [2]),
  person('system', 'SYSTEM_ADMIN', []),
];
const RESIDENTS: readonly Resident[] = PEOPLE.flatMap(
  ({ companyId, communityId, residentId, name }) =>
    companyId === null || communityId === null || residentId === null
      ? []
      : [{ id: residentId, companyId, communityId, name, uid: null, ...dates }],
);
export const STATUS_IDS = [1, 2, 3, 4, 5, 6, 7];
export const CATEGORY_IDS = [1, 2];
export const NAMES = ['open', 'word', 'status', 'delete', 'comment', 'reply', 'unsay'] as const;

export const step = fc.record({
  who: fc.nat(PEOPLE.length - 1),
  name: fc.constantFrom(...NAMES, 'open', 'comment', 'status', 'status', 'status'),
  isHonest: fc.nat(4).map((die) => die > 0),
  for: fc.integer({ min: 1, max: 5 }),
  ticket: fc.oneof(fc.nat(2), fc.nat(99)),
  comment: fc.nat(99),
  status: fc.constantFrom(1, 2, 4, 5, 5, 6, 7, 8),
  category: fc.integer({ min: 1, max: 3 }),
  word: fc.constantFrom('agua', 'luz', 'ruido'),
});
export type Dice = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Residents open most tickets for themselves. */
export const honest = (dice: Dice, { residentId }: Member): Dice => ({
  ...dice,
  for: dice.isHonest && residentId !== null ? residentId : dice.for,
});

/** A model of the desk that shares no code with it: rows with their owners. */
interface Row {
  readonly owner: number;
  status: number;
  word: string;
  /** Comments by number: the author, and the comment that it replies to. */
  readonly said: Map<number, { readonly by: string; readonly to: number | null }>;
}

export const homeOf = (owner: number) => RESIDENTS.find(({ id }) => id === owner);

const sees = (as: Member, { owner }: Row): boolean => {
  const home = homeOf(owner);
  if (as.role === 'SYSTEM_ADMIN') return true;
  if (as.role === 'ADMIN_COMPANY') return home?.companyId === as.companyId;
  return home?.communityId === as.communityId;
};

export class Model {
  readonly rows = new Map<number, Row>();
  tickets = 0;
  comments = 0;

  judge(given: Dice, as: Member, id: number, said: number): string {
    if (given.name === 'open') return this.open(given, as);
    const row = this.rows.get(id);
    if (given.name === 'unsay') return this.unsay(as, said);
    if (row === undefined || !sees(as, row)) return 'ticket/not-found';
    if (given.name === 'comment' || given.name === 'reply') {
      const to = given.name === 'reply' ? said : null;
      if (to !== null && !row.said.has(to)) return 'comment/parent-unknown';
      this.comments += 1;
      row.said.set(this.comments, { by: as.uid, to });
      return 'ok';
    }
    if (as.role === 'RESIDENT' && row.owner !== as.residentId) return 'ticket/not-yours';
    if (given.name === 'delete') this.rows.delete(id);
    if (given.name === 'word') row.word = given.word;
    return given.name === 'status' ? this.move(row, as, given.status) : 'ok';
  }

  private open({ for: owner, category, word }: Dice, as: Member): string {
    const home = homeOf(owner);
    if (as.role === 'RESIDENT' && owner !== as.residentId) return 'resident/not-yours';
    const isAbroad = as.role === 'ADMIN_COMPANY' && home?.companyId !== as.companyId;
    if (home === undefined || isAbroad) return 'resident/unknown';
    if (!CATEGORY_IDS.includes(category)) return 'category/unknown';
    this.tickets += 1;
    this.rows.set(this.tickets, { owner, status: 1, word, said: new Map() });
    return 'ok';
  }

  private move(row: Row, as: Member, to: number): string {
    const isMove = to !== row.status;
    if (isMove && as.role === 'RESIDENT') {
      if (to !== 5) return 'ticket/status-not-yours';
      if (row.status !== 1) return 'ticket/not-new';
    }
    if (!STATUS_IDS.includes(to)) return 'status/unknown';
    row.status = to;
    return 'ok';
  }

  private unsay(as: Member, id: number): string {
    const row = [...this.rows.values()].find(({ said }) => said.has(id));
    if (row === undefined || !sees(as, row)) return 'comment/not-found';
    if (as.role === 'RESIDENT' && row.said.get(id)?.by !== as.uid) return 'comment/not-yours';
    if ([...row.said.values()].some(({ to }) => to === id)) return 'comment/has-replies';
    row.said.delete(id);
    return 'ok';
  }
}
