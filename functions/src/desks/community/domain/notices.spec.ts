import { expect } from 'chai';
import { addComment } from './comment.ts';
import { noticesOf, noticesOfComment } from './notices.ts';
import type { Comment, Ticket } from './schemas.ts';
import type { Member } from './ticket.ts';
import { CANCELADO, NUEVO } from './vocabulary.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z');
const ana: Member = {
  uid: 'u1',
  name: 'Ana',
  role: 'RESIDENT',
  companyId: 1,
  communityId: 2,
  residentId: 3,
};

const ticket: Ticket = {
  id: 12,
  categoriaTicketId: 1,
  statusId: NUEVO,
  fechaReporte: NOW,
  contenido: 'La luz no enciende.',
  imageUrls: [],
  communityId: 2,
  companyId: 1,
  residentId: 5,
  commentCount: 0,
  statusLog: [],
  keywords: [],
  createdAt: NOW,
  updatedAt: NOW,
};
const moved = (statusId: number): Ticket => ({ ...ticket, statusId });

const said = (about: { ticket?: Ticket; parent?: Comment } = {}): Comment => {
  const { ticket: on, parent } = about;
  const origen = on ? 'ticket' : 'event';
  const asked = { origen, idOrigen: '12', comentarioTexto: 'Hola', imageUrls: [] };
  const company = { id: 1, name: 'Uno', createdAt: NOW, updatedAt: NOW };
  const outcome = addComment(
    { ...asked, ...(parent && { idComment: parent.id }) },
    { ticket: on, company, parent },
    ana,
    NOW,
  );
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.comment(31);
};

const residentOf = { residentId: 5 };
const administration = { administrate: 1 };

describe('the notices of the community desk', () => {
  it('tell the administration and the resident of a new ticket', () => {
    expect(noticesOf(undefined, ticket)).to.deep.equal([
      {
        kind: 'created',
        to: [residentOf, administration],
        values: {
          subject: '12',
          origen: 'ticket',
          text: 'La luz no enciende.',
          status: 'NUEVO',
          author: '',
        },
      },
    ]);
  });

  it('tell the resident of a new status, also of one that an administrator added', () => {
    const [notice] = noticesOf(ticket, moved(4));
    expect(notice).to.deep.include({ kind: 'statusChanged', to: [residentOf] });
    expect(notice?.values.status).to.equal('EN_PROCESO');
    expect(noticesOf(ticket, moved(9))[0]?.values.status).to.equal('');
  });

  it('tell the administration too that a ticket is cancelled', () => {
    const [notice, ...more] = noticesOf(ticket, moved(CANCELADO));
    expect(notice).to.deep.include({ kind: 'canceled', to: [residentOf, administration] });
    expect(more).to.deep.equal([]);
  });

  it('tell of a comment the resident of its ticket, and who commented on the same', () => {
    const others = { origen: 'ticket', idOrigen: '12', companyId: 1 };
    expect(noticesOfComment(undefined, said({ ticket }))).to.deep.equal([
      {
        kind: 'commented',
        to: [residentOf, others],
        values: { subject: '12', origen: 'ticket', text: 'Hola', status: '', author: 'Ana' },
      },
    ]);
    const [replied] = noticesOfComment(undefined, said({ ticket, parent: said({ ticket }) }));
    expect(replied).to.deep.include({ kind: 'replied', to: [residentOf, others] });
  });

  it('tell of a comment on something else who commented on it', () => {
    const [notice] = noticesOfComment(undefined, said());
    expect(notice?.to).to.deep.equal([{ origen: 'event', idOrigen: '12', companyId: 1 }]);
  });

  it('tell nobody of an edit, a counted comment, or what is gone', () => {
    const edited = { ...ticket, contenido: 'Ya.', commentCount: 1 };
    expect(noticesOf(ticket, edited)).to.deep.equal([]);
    expect(noticesOf(ticket, undefined)).to.deep.equal([]);
    expect(noticesOfComment(said(), { ...said(), comentarioTexto: 'Ya.' })).to.deep.equal([]);
    expect(noticesOfComment(said(), undefined)).to.deep.equal([]);
  });
});
