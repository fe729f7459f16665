import { expect } from 'chai';
import fc from 'fast-check';
import { addComment, refusalOfDelete } from './comment.ts';
import { type Comment, commentSchema, type Ticket, ticketSchema } from './schemas.ts';
import { editTicket, type Member, openTicket, refusalOf } from './ticket.ts';
import {
  CATEGORY_IDS,
  dates,
  type Dice,
  homeOf,
  honest,
  Model,
  NAMES,
  PEOPLE,
  START,
  STATUS_IDS,
  step,
} from '../../../../test/desks/community/model.ts';

const RUNS = 200;
/** The desk's documents, changed as its endpoints change them. */
class Store {
  readonly tickets = new Map<number, Ticket>();
  readonly comments = new Map<number, Comment>();
  opened = 0;
  said = 0;

  apply(given: Dice, as: Member, id: number, said: number, now: Date): string {
    if (given.name === 'open') return this.open(given, as, now);
    if (given.name === 'unsay') return this.unsay(as, said);
    if (given.name === 'comment' || given.name === 'reply')
      return this.say(given, as, id, said, now);
    const ticket = this.tickets.get(id);
    if (ticket === undefined) return 'ticket/not-found';
    if (given.name === 'delete') return this.delete(ticket, as);
    const asked = given.name === 'status' ? { statusId: given.status } : { contenido: given.word };
    const status = STATUS_IDS.includes(given.status)
      ? { id: given.status, codigo: '', descripcion: '', color: '', ...dates }
      : undefined;
    const outcome = editTicket(asked, { category: undefined, status }, ticket, as, now);
    if (!outcome.ok) return outcome.refusal;
    const after = ticketSchema.strict().parse({ ...ticket, ...outcome.patch });
    this.tickets.set(id, Object.freeze(after));
    return 'ok';
  }

  private delete(ticket: Ticket, as: Member): string {
    const refused = refusalOf(ticket, as);
    if (refused !== undefined) return refused.refusal;
    this.tickets.delete(ticket.id);
    for (const [number, { idOrigen }] of this.comments) {
      if (idOrigen === String(ticket.id)) this.comments.delete(number);
    }
    return 'ok';
  }

  private open({ for: owner, category: categoriaTicketId, word }: Dice, as: Member, now: Date) {
    const asked = { categoriaTicketId, contenido: word, imageUrls: [], residentId: owner };
    const found = {
      resident: homeOf(as.role === 'RESIDENT' ? (as.residentId ?? 0) : owner),
      category: CATEGORY_IDS.includes(categoriaTicketId)
        ? { id: categoriaTicketId, descripcion: '', ...dates }
        : undefined,
    };
    const outcome = openTicket(asked, found, as, now);
    if (!outcome.ok) return outcome.refusal;
    this.opened += 1;
    const ticket = ticketSchema.strict().parse(outcome.ticket(this.opened));
    this.tickets.set(this.opened, Object.freeze(ticket));
    return 'ok';
  }

  private say(given: Dice, as: Member, id: number, to: number, now: Date): string {
    const ticket = this.tickets.get(id);
    const idComment = given.name === 'reply' ? to : null;
    const asked = {
      origen: 'ticket',
      idOrigen: String(id),
      comentarioTexto: given.word,
      imageUrls: [],
      idComment,
    };
    const subject = { ticket, company: undefined, parent: this.comments.get(idComment ?? 0) };
    const outcome = addComment(asked, subject, as, now);
    if (!outcome.ok) return outcome.refusal;
    this.said += 1;
    this.comments.set(this.said, commentSchema.strict().parse(outcome.comment(this.said)));
    if (ticket !== undefined) {
      this.tickets.set(id, { ...ticket, commentCount: ticket.commentCount + 1 });
    }
    return 'ok';
  }

  private unsay(as: Member, id: number): string {
    const comment = this.comments.get(id);
    if (comment === undefined) return 'comment/not-found';
    const hasReplies = [...this.comments.values()].some(({ idComment }) => idComment === id);
    const refused = refusalOfDelete(comment, hasReplies, as);
    if (refused !== undefined) return refused.refusal;
    this.comments.delete(id);
    const on = Number(comment.idOrigen);
    const ticket = this.tickets.get(on);
    if (ticket === undefined) throw new Error('a comment without its ticket');
    this.tickets.set(on, { ...ticket, commentCount: ticket.commentCount - 1 });
    return 'ok';
  }
}

const shown = ({ tickets, comments }: Store) =>
  [...tickets].map(([id, ticket]) => {
    const own = [...comments].filter(([, { idOrigen }]) => idOrigen === String(id));
    expect(ticket.commentCount).to.equal(own.length);
    expect(ticket.statusLog.at(-1)?.to, 'the last change of its status').to.equal(ticket.statusId);
    for (const [, { companyId, communityId }] of own) {
      expect(ticket).to.include({ companyId, communityId });
    }
    const said = own.map(([n, { authorUid, idComment }]) => [n, { by: authorUid, to: idComment }]);
    const { residentId: owner, statusId: status, contenido: word } = ticket;
    return [id, { owner, status, word, said }];
  });

const modelled = ({ rows }: Model) =>
  [...rows].map(([id, row]) => [id, { ...row, said: [...row.said] }]);

const told = (who: number, name: Dice['name'], more: Partial<Dice> = {}): Dice => ({
  who,
  name,
  isHonest: false,
  for: 1,
  ticket: 0,
  comment: 0,
  status: 5,
  category: 1,
  word: 'agua',
  ...more,
});

/** One run that reaches the outcomes that random steps might miss. */
const STORY: Dice[] = [
  told(0, 'open'),
  told(0, 'open', { for: 2 }),
  told(0, 'open', { category: 3 }),
  told(4, 'open', { for: 4 }),
  told(0, 'word'),
  told(3, 'word'),
  told(1, 'delete'),
  told(0, 'status', { status: 6 }),
  told(4, 'status', { status: 4 }),
  told(0, 'status'),
  told(4, 'status', { status: 8 }),
  told(0, 'comment'),
  told(1, 'reply'),
  told(1, 'reply', { comment: 2 }),
  told(0, 'unsay'),
  told(1, 'unsay'),
  told(3, 'unsay'),
  told(1, 'unsay', { comment: 1 }),
  told(0, 'delete'),
];

const seen = new Set<string>();

describe('any commands by anyone at the community desk', () => {
  it('leave tickets and comments as a second, simpler model predicts', () => {
    const run = fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const model = new Model();
      const store = new Store();
      steps.forEach((dice, index) => {
        const as = PEOPLE[dice.who];
        if (as === undefined) throw new Error('there is always somebody');
        const given = honest(dice, as);
        // Sometimes a number that no ticket has.
        const id = 1 + (given.ticket % (store.opened + 1));
        const said = 1 + (given.comment % (store.said + 1));
        const outcome = store.apply(given, as, id, said, new Date(START + index * 1000));
        const verdict = model.judge(given, as, id, said);
        expect(outcome, `${given.name} by ${as.uid}`).to.equal(verdict);
        expect(shown(store)).to.deep.equal(modelled(model));
        seen.add(`${given.name} ${verdict}`);
      });
    });
    fc.assert(run, { numRuns: RUNS, examples: [[STORY]] });
  });

  it('reach every possible outcome', () => {
    for (const name of NAMES) expect([...seen]).to.include(`${name} ok`);
    expect([...seen]).to.include.members([
      'open resident/not-yours',
      'open resident/unknown',
      'open category/unknown',
      'word ticket/not-found',
      'delete ticket/not-yours',
      'status ticket/status-not-yours',
      'status ticket/not-new',
      'status status/unknown',
      'reply comment/parent-unknown',
      'unsay comment/not-found',
      'unsay comment/not-yours',
      'unsay comment/has-replies',
    ]);
  });
});
