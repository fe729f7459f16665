import { type Decision, refuse, type Refused } from '../../../kernel/decision.ts';
import type { Comment, Company, CreateComment, Ticket, UpdateComment } from './schemas.ts';
import { isWithin, type Member, type Place } from './ticket.ts';
import { MOST_COMMENTS, type Refusal, TICKET_ORIGIN } from './vocabulary.ts';

/** What a new comment is about; undefined for what does not exist. */
export interface Subject {
  /** For the origin `ticket`. */
  readonly ticket: Ticket | undefined;
  /** For any other origin: the company whose people may read it. */
  readonly company: Company | undefined;
  /** The comment that it replies to. */
  readonly parent: Comment | undefined;
}

/** The company whose people may read a comment on anything but a ticket; null if none is named. */
export const companyOf = (
  { companyId }: CreateComment,
  parent: Comment | undefined,
  member: Member,
): number | null =>
  member.role === 'SYSTEM_ADMIN'
    ? (companyId ?? parent?.companyId ?? member.companyId)
    : member.companyId;

const placeOf = (
  asked: CreateComment,
  subject: Subject,
  member: Member,
): Refused<Refusal> | Place => {
  const { ticket, company, parent } = subject;
  if (asked.origen !== TICKET_ORIGIN) {
    const companyId = companyOf(asked, parent, member);
    if (companyId === null) return refuse('company/needed', { field: 'companyId' });
    if (company?.id !== companyId) return refuse('company/unknown', { field: 'companyId' });
    return { companyId, communityId: null };
  }
  if (ticket === undefined || !isWithin(member, ticket)) return refuse('ticket/not-found');
  return ticket.commentCount < MOST_COMMENTS ? ticket : refuse('ticket/full');
};

const isOfThread = (parent: Comment | undefined, asked: CreateComment, place: Place): boolean =>
  parent?.origen === asked.origen &&
  parent.idOrigen === asked.idOrigen &&
  parent.companyId === place.companyId;

/**
 * Adds a comment (contract, "Adding Comments").
 *
 * @returns the document as a function of its number, or the refusal
 */
export const addComment = (
  asked: CreateComment,
  subject: Subject,
  member: Member,
  now: Date,
): Decision<{ comment: (id: number) => Comment }, Refusal> => {
  const place = placeOf(asked, subject, member);
  if ('ok' in place) return place;
  const { origen, idOrigen, comentarioTexto, imageUrls, idComment = null, companyId } = asked;
  if (companyId != null && companyId !== place.companyId) {
    return refuse('company/unknown', { field: 'companyId' });
  }
  if (idComment !== null && !isOfThread(subject.parent, asked, place)) {
    return refuse('comment/parent-unknown', { field: 'idComment' });
  }
  return {
    ok: true,
    comment: (id) => ({
      id,
      origen,
      idOrigen,
      idComment,
      comentarioTexto,
      imageUrls,
      residentId: member.residentId,
      authorUid: member.uid,
      authorName: member.name,
      ticketResidentId: subject.ticket?.residentId ?? null,
      communityId: place.communityId,
      companyId: place.companyId,
      createdAt: now,
      updatedAt: now,
    }),
  };
};

/** Why a member may not change a comment; undefined for its author and administrators. */
const refusalOf = (comment: Comment, member: Member): Refused<Refusal> | undefined => {
  if (!isWithin(member, comment)) return refuse('comment/not-found');
  return member.role === 'RESIDENT' && comment.authorUid !== member.uid
    ? refuse('comment/not-yours')
    : undefined;
};

/** Edits a comment. */
export const editComment = (
  asked: UpdateComment,
  comment: Comment,
  member: Member,
  now: Date,
): Decision<{ patch: Partial<Comment> }, Refusal> =>
  refusalOf(comment, member) ?? { ok: true, patch: { ...asked, updatedAt: now } };

/** Why a member may not delete a comment; undefined if they may. */
export const refusalOfDelete = (
  comment: Comment,
  hasReplies: boolean,
  member: Member,
): Refused<Refusal> | undefined =>
  refusalOf(comment, member) ?? (hasReplies ? refuse('comment/has-replies') : undefined);
