import type { Reply, Ticket } from './schemas.ts';

/** What staff are told of tickets and of replies to them. */
export type TicketKind = 'created' | 'statusChanged';
export type ReplyKind = 'replied';

/** The staff of a branch, one of them by number, or those who replied to a ticket. */
export type Recipient =
  | { readonly ispId: number; readonly branchId: number }
  | { readonly ispId: number; readonly userId: number }
  | { readonly ispId: number; readonly repliedTo: number };

/** What is told; empty where there is none. */
export type NoticeValues = {
  /** The ticket's number. */
  readonly ticket: string;
  readonly title: string;
  readonly status: string;
  /** Who replied. */
  readonly author: string;
};

/** A change that somebody is told of. */
export type Told<K extends TicketKind | ReplyKind> = {
  readonly kind: K;
  readonly to: readonly Recipient[];
  readonly values: NoticeValues;
};

/** Those who work on a ticket: who opened it and who replied to it. */
const involved = (ispId: number, ticket: number, openedBy: number): Recipient[] => [
  { ispId, userId: openedBy },
  { ispId, repliedTo: ticket },
];

/** What a change of a ticket means for whom. Each kind is there at most once. */
export const noticesOf = (
  before: Ticket | undefined,
  after: Ticket | undefined,
): readonly Told<TicketKind>[] => {
  if (after === undefined) return [];
  const { id, ispId, branchId, title, status, createdBy } = after;
  const values = { ticket: `${id}`, title, status: `${status}`, author: '' };
  if (before === undefined) return [{ kind: 'created', to: [{ ispId, branchId }], values }];
  return before.status === status
    ? []
    : [{ kind: 'statusChanged', to: involved(ispId, id, createdBy), values }];
};

/** What a new reply means for whom. */
export const noticesOfReply = (
  before: Reply | undefined,
  after: Reply | undefined,
): readonly Told<ReplyKind>[] => {
  if (before !== undefined || after === undefined) return [];
  const { ispId, ticketId, openedBy, title, userName } = after;
  // Replies from before they named their ticket tell nobody.
  if (openedBy === null) return [];
  const values = { ticket: `${ticketId}`, title, status: '', author: userName };
  return [{ kind: 'replied', to: involved(ispId, ticketId, openedBy), values }];
};
