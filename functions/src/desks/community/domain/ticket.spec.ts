import { expect } from 'chai';
import { keywordsOf } from '../../../kernel/keywords.ts';
import {
  type Category,
  type Comment,
  createCommentBody,
  createTicketBody,
  type Resident,
  type Status,
  type Ticket,
  ticketSchema,
} from './schemas.ts';
import { addComment, editComment, refusalOfDelete } from './comment.ts';
import { editTicket, isWithin, type Member, openTicket, refusalOf } from './ticket.ts';
import { CANCELADO, MOST_COMMENTS, NUEVO, type Role, STATUSES } from './vocabulary.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z');
const LATER = new Date('2026-11-23T09:00:00.000Z');
const dates = { createdAt: NOW, updatedAt: NOW };

const member = (role: Role, more: Partial<Member> = {}): Member => ({
  uid: 'u1',
  name: 'Ana',
  role,
  companyId: role === 'SYSTEM_ADMIN' ? null : 1,
  communityId: role === 'RESIDENT' ? 1 : null,
  residentId: role === 'RESIDENT' ? 1 : null,
  ...more,
});
const RESIDENT = member('RESIDENT');
const NEIGHBOUR = member('RESIDENT', { uid: 'u2', residentId: 2 });
const ADMIN = member('ADMIN_COMPANY');
const SYSTEM = member('SYSTEM_ADMIN');
const ADMINS = [ADMIN, SYSTEM];
const OTHERS = [
  member('RESIDENT', { companyId: 2, communityId: 2, residentId: 3 }),
  member('RESIDENT', { communityId: 3, residentId: 4 }),
  member('ADMIN_COMPANY', { companyId: 2 }),
];

const resident: Resident = {
  id: 1,
  communityId: 1,
  companyId: 1,
  name: 'Ana',
  uid: 'u1',
  ...dates,
};
const category: Category = { id: 3, descripcion: 'Mantenimiento', ...dates };
const statusOf = (id: number): Status => ({
  id,
  codigo: 'X',
  descripcion: 'X',
  color: '#000000',
  ...dates,
});
const ticket: Ticket = {
  id: 7,
  categoriaTicketId: 3,
  statusId: NUEVO,
  fechaReporte: NOW,
  contenido: 'No hay agua.',
  imageUrls: [],
  communityId: 1,
  companyId: 1,
  residentId: 1,
  commentCount: 0,
  statusLog: [{ from: null, to: NUEVO, at: NOW, by: { uid: 'u1', name: 'Ana' } }],
  keywords: keywordsOf('7', 'No hay agua.'),
  ...dates,
};

const refusalIn = (outcome: { ok: boolean; refusal?: string; field?: string }) =>
  outcome.ok ? 'ok' : [outcome.refusal, ...(outcome.field ? [outcome.field] : [])].join(' ');

const opening = (as: Member, more: object = {}, found: Resident | undefined = resident) =>
  openTicket(
    createTicketBody.parse({ categoriaTicketId: 3, ...more }),
    { category, resident: found },
    as,
    NOW,
  );

const setting = (as: Member, statusId: number, from: number = NUEVO) =>
  editTicket(
    { statusId },
    { category: undefined, status: statusOf(statusId) },
    { ...ticket, statusId: from },
    as,
    LATER,
  );

describe('opening a ticket', () => {
  it('creates a Nuevo ticket of the resident, in their community and company', () => {
    const outcome = opening(RESIDENT, { contenido: 'No hay agua.' });
    if (!outcome.ok) throw new Error(outcome.refusal);
    expect(ticketSchema.strict().parse(outcome.ticket(7))).to.deep.equal(ticket);
  });

  it('a resident opens tickets for themselves only, whatever number they send', () => {
    expect(refusalIn(opening(RESIDENT, { residentId: 1, communityId: 1 }))).to.equal('ok');
    expect(refusalIn(opening(RESIDENT, { residentId: 2 }))).to.equal(
      'resident/not-yours residentId',
    );
    expect(refusalIn(opening(RESIDENT, { communityId: 2 }))).to.equal(
      'resident/not-yours communityId',
    );
  });

  it('a resident who is no longer registered opens no ticket', () => {
    const unregistered = openTicket(
      createTicketBody.parse({ categoriaTicketId: 3 }),
      { category, resident: undefined },
      RESIDENT,
      NOW,
    );
    expect(refusalIn(unregistered)).to.equal('resident/unregistered');
    expect(refusalIn(opening(NEIGHBOUR))).to.equal('resident/unregistered');
  });

  for (const as of ADMINS) {
    it(`${as.role} says for whom: a resident, or a community`, () => {
      expect(refusalIn(opening(as))).to.equal('resident/needed residentId');
      expect(refusalIn(opening(as, { residentId: null, communityId: null }))).to.equal(
        'resident/needed residentId',
      );
      expect(refusalIn(opening(as, { residentId: 1 }))).to.equal('ok');
      expect(refusalIn(opening(as, { communityId: 1 }))).to.equal('ok');
      expect(refusalIn(opening(as, { residentId: 1, communityId: 2 }))).to.equal(
        'resident/unknown residentId',
      );
    });
  }

  it('another company’s resident and community are treated as if they did not exist', () => {
    const other = member('ADMIN_COMPANY', { companyId: 2 });
    expect(refusalIn(opening(other, { residentId: 1 }))).to.equal('resident/unknown residentId');
    expect(refusalIn(opening(other, { communityId: 1 }))).to.equal(
      'community/no-resident communityId',
    );
  });

  it('a category that does not exist is a refusal that names the field', () => {
    const found = { category: undefined, resident };
    const asked = createTicketBody.parse({ categoriaTicketId: 99 });
    expect(refusalIn(openTicket(asked, found, RESIDENT, NOW))).to.equal(
      'category/unknown categoriaTicketId',
    );
  });
});

describe('changing a ticket', () => {
  it('is allowed to its resident and to administrators; neighbours only see it', () => {
    for (const as of [RESIDENT, ...ADMINS]) {
      expect(refusalOf(ticket, as)).to.equal(undefined);
    }
    expect(isWithin(NEIGHBOUR, ticket)).to.equal(true);
    expect(refusalOf(ticket, NEIGHBOUR)?.refusal).to.equal('ticket/not-yours');
    expect(refusalIn(setting(NEIGHBOUR, CANCELADO))).to.equal('ticket/not-yours');
  });

  it('is 404 for everybody else', () => {
    for (const as of OTHERS) {
      expect(refusalOf(ticket, as)?.refusal).to.equal('ticket/not-found');
      expect(refusalIn(setting(as, CANCELADO))).to.equal('ticket/not-found');
    }
  });

  for (const { id, descripcion } of STATUSES) {
    it(`administrators set ${descripcion} from anywhere; a resident ${id === CANCELADO ? 'while it is Nuevo' : 'never'}`, () => {
      for (const { id: from } of STATUSES) {
        for (const as of ADMINS) expect(refusalIn(setting(as, id, from))).to.equal('ok');
        if (from === id) continue;
        const expected =
          id !== CANCELADO
            ? 'ticket/status-not-yours statusId'
            : from === NUEVO
              ? 'ok'
              : 'ticket/not-new statusId';
        expect(refusalIn(setting(RESIDENT, id, from)), `from ${from}`).to.equal(expected);
      }
    });
  }

  it('sending the status that the ticket already has is no move', () => {
    for (const { id } of STATUSES) expect(refusalIn(setting(RESIDENT, id, id))).to.equal('ok');
  });

  it('a resident changes text, images and category in every status', () => {
    const asked = { contenido: null, imageUrls: ['uploads/a.jpg'], categoriaTicketId: 3 };
    for (const { id: statusId } of STATUSES) {
      const outcome = editTicket(
        asked,
        { category, status: undefined },
        { ...ticket, statusId },
        RESIDENT,
        LATER,
      );
      const patch = { ...asked, keywords: keywordsOf('7'), updatedAt: LATER };
      expect(outcome).to.deep.equal({ ok: true, patch });
    }
  });

  it('a move is logged with who made it, from what to what and when', () => {
    const named = { category: undefined, status: statusOf(4) };
    const moved = editTicket({ statusId: 4 }, named, ticket, ADMIN, LATER);
    const change = { from: NUEVO, to: 4, at: LATER, by: { uid: 'u1', name: 'Ana' } };
    const statusLog = [...ticket.statusLog, change];
    const patch = { statusId: 4, statusLog, updatedAt: LATER };
    expect(moved).to.deep.equal({ ok: true, patch });
    const kept = editTicket({ statusId: 4 }, named, { ...ticket, statusId: 4 }, ADMIN, LATER);
    expect(kept).to.deep.equal({ ok: true, patch: { statusId: 4, updatedAt: LATER } });
  });

  it('a category or a status that does not exist is a refusal that names the field', () => {
    const asked = { statusId: 99, categoriaTicketId: 99 };
    const nothing = { category: undefined, status: undefined };
    expect(refusalIn(editTicket(asked, nothing, ticket, ADMIN, LATER))).to.equal(
      'category/unknown categoriaTicketId',
    );
    expect(refusalIn(editTicket(asked, { ...nothing, category }, ticket, ADMIN, LATER))).to.equal(
      'status/unknown statusId',
    );
  });
});

describe('commenting', () => {
  const asked = (more: object = {}) =>
    createCommentBody.parse({
      origen: 'ticket',
      idOrigen: '7',
      comentarioTexto: 'Sigue igual.',
      ...more,
    });
  const nothing = { ticket: undefined, company: undefined, parent: undefined };
  const made = (as: Member, more: object = {}, subject: object = { ticket }): Comment => {
    const outcome = addComment(asked(more), { ...nothing, ...subject }, as, NOW);
    if (!outcome.ok) throw new Error(outcome.refusal);
    return outcome.comment(5);
  };
  const company = { id: 1, name: 'Andes', ...dates };

  it('is allowed to everybody who sees the ticket, and to nobody else', () => {
    for (const as of [RESIDENT, NEIGHBOUR, ...ADMINS]) {
      expect(made(as)).to.include({ communityId: 1, companyId: 1, residentId: as.residentId });
    }
    for (const as of OTHERS) {
      expect(refusalIn(addComment(asked(), { ...nothing, ticket }, as, NOW))).to.equal(
        'ticket/not-found',
      );
    }
  });

  it('on anything but a ticket is limited to the company’s people', () => {
    const post = { origen: 'Post', idOrigen: 'p-1' };
    const comment = made(RESIDENT, post, { company });
    expect(comment).to.include({ origen: 'post', companyId: 1, communityId: null });
    expect(isWithin(member('RESIDENT', { communityId: 3 }), comment)).to.equal(true);
    expect(isWithin(member('ADMIN_COMPANY', { companyId: 2 }), comment)).to.equal(false);
    const told = addComment(asked(post), nothing, SYSTEM, NOW);
    expect(refusalIn(told)).to.equal('company/needed companyId');
    expect(made(SYSTEM, { ...post, companyId: 1 }, { company }).companyId).to.equal(1);
    const foreign = asked({ ...post, companyId: 2 });
    expect(refusalIn(addComment(foreign, { ...nothing, company }, ADMIN, NOW))).to.equal(
      'company/unknown companyId',
    );
  });

  it('a reply has the same origin as the comment it replies to', () => {
    const parent = made(NEIGHBOUR);
    expect(made(RESIDENT, { idComment: 5 }, { ticket, parent }).idComment).to.equal(5);
    const elsewhere = [undefined, { ...parent, idOrigen: '8' }, { ...parent, origen: 'post' }];
    for (const wrong of elsewhere) {
      const outcome = addComment(
        asked({ idComment: 5 }),
        { ...nothing, ticket, parent: wrong },
        RESIDENT,
        NOW,
      );
      expect(refusalIn(outcome)).to.equal('comment/parent-unknown idComment');
    }
  });

  it('a ticket takes no comment beyond the limit', () => {
    const full = { ...ticket, commentCount: MOST_COMMENTS };
    expect(refusalIn(addComment(asked(), { ...nothing, ticket: full }, ADMIN, NOW))).to.equal(
      'ticket/full',
    );
  });

  it('is changed and deleted only by its author and by administrators', () => {
    const comment = made(RESIDENT);
    for (const as of [RESIDENT, ...ADMINS]) {
      expect(refusalOfDelete(comment, false, as)).to.equal(undefined);
      const outcome = editComment({ comentarioTexto: 'Ya.' }, comment, as, LATER);
      expect(outcome).to.deep.equal({
        ok: true,
        patch: { comentarioTexto: 'Ya.', updatedAt: LATER },
      });
    }
    expect(refusalOfDelete(comment, false, NEIGHBOUR)?.refusal).to.equal('comment/not-yours');
    for (const as of OTHERS) {
      expect(refusalOfDelete(comment, false, as)?.refusal).to.equal('comment/not-found');
    }
  });

  it('can’t be deleted while it has replies', () => {
    expect(refusalOfDelete(made(RESIDENT), true, RESIDENT)?.refusal).to.equal(
      'comment/has-replies',
    );
  });
});
