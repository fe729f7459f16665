import type { Comment, Ticket } from './schemas.ts';
import { CANCELADO, STATUSES, TICKET_ORIGIN } from './vocabulary.ts';

/** What people are told of tickets and of comments. */
export type TicketKind = 'created' | 'statusChanged' | 'canceled';
export type CommentKind = 'commented' | 'replied';

/** The administrators of a company, a resident, or those who commented on something. */
export type Recipient =
  | { readonly administrate: number }
  | { readonly residentId: number }
  | Pick<Comment, 'origen' | 'idOrigen' | 'companyId'>;

/** What is told; empty where there is none. */
export type NoticeValues = {
  /** The number of the ticket, or of what else is commented on. */
  readonly subject: string;
  readonly origen: string;
  readonly text: string;
  /** The code of a built-in status. */
  readonly status: string;
  /** Who commented. */
  readonly author: string;
};

/** A change that somebody is told of. */
export type Told<K extends TicketKind | CommentKind> = {
  readonly kind: K;
  readonly to: readonly Recipient[];
  readonly values: NoticeValues;
};

/** What a change of a ticket means for whom. Each kind is there at most once. */
export const noticesOf = (
  before: Ticket | undefined,
  after: Ticket | undefined,
): readonly Told<TicketKind>[] => {
  if (after === undefined) return [];
  const { id, companyId, residentId, statusId, contenido } = after;
  const status = STATUSES.find((each) => each.id === statusId)?.codigo ?? '';
  const text = contenido ?? '';
  const values = { subject: `${id}`, origen: TICKET_ORIGIN, text, status, author: '' };
  const everybody = [{ residentId }, { administrate: companyId }];
  if (before === undefined) return [{ kind: 'created', to: everybody, values }];
  if (before.statusId === statusId) return [];
  return statusId === CANCELADO
    ? [{ kind: 'canceled', to: everybody, values }]
    : [{ kind: 'statusChanged', to: [{ residentId }], values }];
};

/** What a new comment means for whom: the resident of its ticket and those who commented before. */
export const noticesOfComment = (
  before: Comment | undefined,
  after: Comment | undefined,
): readonly Told<CommentKind>[] => {
  if (before !== undefined || after === undefined) return [];
  const { origen, idOrigen, companyId, idComment, comentarioTexto: text, authorName } = after;
  const { ticketResidentId: residentId } = after;
  const values = { subject: idOrigen, origen, text, status: '', author: authorName };
  const to = [...(residentId === null ? [] : [{ residentId }]), { origen, idOrigen, companyId }];
  return [{ kind: idComment === null ? 'commented' : 'replied', to, values }];
};
