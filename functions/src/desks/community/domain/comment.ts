import type { Comment, Company, CreateComment, Ticket, UpdateComment } from './schemas.ts';
import { isWithin, type Member, type Place, type Refused, refused } from './ticket.ts';
import { MOST_COMMENTS, TICKET_ORIGIN } from './vocabulary.ts';

/** What a new comment is about, where it is there. */
export interface Subject {
  /** Of the origin `ticket`. */
  readonly ticket: Ticket | undefined;
  /** Of any other origin: whose people may read it. */
  readonly company: Company | undefined;
  /** The comment that it replies to. */
  readonly parent: Comment | undefined;
}

/** The company whose people a comment on anything but a ticket is for; null where none is named. */
export const companyOf = (
  { companyId }: CreateComment,
  parent: Comment | undefined,
  member: Member,
): number | null =>
  member.role === 'SYSTEM_ADMIN'
    ? (companyId ?? parent?.companyId ?? member.companyId)
    : member.companyId;

const placeOf = (asked: CreateComment, subject: Subject, member: Member): Refused | Place => {
  const { ticket, company, parent } = subject;
  if (asked.origen !== TICKET_ORIGIN) {
    const companyId = companyOf(asked, parent, member);
    if (companyId === null) return refused('company/needed', 'companyId');
    if (company?.id !== companyId) return refused('company/unknown', 'companyId');
    return { companyId, communityId: null };
  }
  if (ticket === undefined || !isWithin(member, ticket)) return refused('ticket/not-found');
  return ticket.commentCount < MOST_COMMENTS ? ticket : refused('ticket/full');
};

const isOfThread = (parent: Comment | undefined, asked: CreateComment, place: Place): boolean =>
  parent?.origen === asked.origen &&
  parent.idOrigen === asked.idOrigen &&
  parent.companyId === place.companyId;

/**
 * Adds a comment (contract, "Adding Comments").
 *
 * @returns the document but for its number, or why not
 */
export const addComment = (
  asked: CreateComment,
  subject: Subject,
  member: Member,
  now: Date,
): Refused | { readonly ok: true; readonly comment: (id: number) => Comment } => {
  const place = placeOf(asked, subject, member);
  if ('ok' in place) return place;
  const { origen, idOrigen, comentarioTexto, imageUrls, idComment = null, companyId } = asked;
  if (companyId != null && companyId !== place.companyId) {
    return refused('company/unknown', 'companyId');
  }
  if (idComment !== null && !isOfThread(subject.parent, asked, place)) {
    return refused('comment/parent-unknown', 'idComment');
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
      communityId: place.communityId,
      companyId: place.companyId,
      createdAt: now,
      updatedAt: now,
    }),
  };
};

export type CommentCommand =
  | { readonly name: 'edit'; readonly asked: UpdateComment }
  | { readonly name: 'delete'; readonly hasReplies: boolean };

/** Decides a command on a comment: its author's or an administrator's. */
export const decideComment = (
  command: CommentCommand,
  comment: Comment | undefined,
  member: Member,
  now: Date,
): Refused | { readonly ok: true; readonly patch: Partial<Comment> | 'delete' } => {
  if (comment === undefined || !isWithin(member, comment)) return refused('comment/not-found');
  if (member.role === 'RESIDENT' && comment.authorUid !== member.uid) {
    return refused('comment/not-yours');
  }
  if (command.name === 'edit') return { ok: true, patch: { ...command.asked, updatedAt: now } };
  return command.hasReplies ? refused('comment/has-replies') : { ok: true, patch: 'delete' };
};
