import { type Decision, refuse, type Refused } from '../../../kernel/decision.ts';
import { withStatusChange } from '../../../kernel/status-log.ts';
import { keywordsOfTicket } from './keywords.ts';
import type {
  CreateTicket,
  Place,
  Reply,
  Subscriber,
  Ticket,
  UpdateTicket,
  ChangeStatus,
  ReplyToTicket,
} from './schemas.ts';
import { MOST_REPLIES, type Refusal, type Role, STATUS } from './vocabulary.ts';

/** A member of an ISP's staff as the desk sees them. */
export interface Staff {
  readonly role: Role;
  readonly userId: number;
  readonly ispId: number;
  readonly branchIds: readonly number[];
  readonly name: string;
}

/** Whether a record is within the caller's reach. Any other is treated as if it did not exist. */
export const isWithin = (
  { ispId, branchIds }: Staff,
  record: { readonly ispId: number; readonly branchId: number },
): boolean => record.ispId === ispId && branchIds.includes(record.branchId);

/** Checks the place that a request names against its caller's access; undefined when it is allowed. */
export const refusalOfPlace = (
  { userId, ispId, branchIds }: Staff,
  place: Place,
): Refused<Refusal> | undefined => {
  if (place.user_id !== userId) return refuse('user/not-yours', { field: 'user_id' });
  if (place.isp_id !== ispId) return refuse('isp/no-access', { field: 'isp_id' });
  if (!branchIds.includes(place.branch_id))
    return refuse('branch/no-access', { field: 'branch_id' });
  return undefined;
};

/** The subscriber that a request names; undefined if there is none. */
export type Named = Subscriber | null | undefined;

const subscriberFields = (subscriber: Subscriber | null, branchId: number) => ({
  subscriberId: subscriber?.id ?? null,
  subscriberBranchId: subscriber?.branchId ?? null,
  subscriberName: subscriber?.branchId === branchId ? subscriber.name : null,
});

type OfSubscriber = Pick<Ticket, 'branchId' | 'subscriberBranchId'>;

/** Whether a ticket's subscriber is of another branch than the ticket. */
export const isFromElsewhere = ({ branchId, subscriberBranchId }: OfSubscriber): boolean =>
  subscriberBranchId !== null && subscriberBranchId !== branchId;

/** Whether a ticket's subscriber is of a branch that a reader of the ticket does not reach. */
export const isHiddenFrom = ({ branchIds }: Staff, ticket: OfSubscriber): boolean =>
  isFromElsewhere(ticket) && !branchIds.some((each) => each === ticket.subscriberBranchId);

/** Whether a request names a subscriber who is not within the caller's reach. */
export const isUnknown = (asked: number | null | undefined, named: Named, staff: Staff): boolean =>
  typeof asked === 'number' && (named == null || !isWithin(staff, named));

const moverOf = ({ userId, name }: Staff) => ({ userId, name });

/**
 * Opens a ticket (contract, "Create Ticket").
 *
 * @param named the subscriber behind `subscriber_id`, if there is one
 * @returns the document as a function of its number, or the refusal
 */
export const openTicket = (
  asked: CreateTicket,
  named: Named,
  staff: Staff,
  now: Date,
): Decision<{ ticket: (id: number) => Ticket }, Refusal> => {
  const misplaced = refusalOfPlace(staff, asked);
  if (misplaced !== undefined) return misplaced;
  if (isUnknown(asked.subscriber_id, named, staff)) {
    return refuse('ticket/subscriber-unknown', { field: 'subscriber_id' });
  }
  const { title } = asked;
  const subscriber = subscriberFields(named ?? null, asked.branch_id);
  return {
    ok: true,
    ticket: (id) => ({
      id,
      ispId: asked.isp_id,
      branchId: asked.branch_id,
      title,
      description: asked.description,
      ...subscriber,
      priority: asked.priority,
      status: STATUS.open,
      createdBy: staff.userId,
      replyCount: 0,
      statusLog: [{ from: null, to: STATUS.open, at: now, by: moverOf(staff) }],
      keywords: keywordsOfTicket({ id, title, ...subscriber }),
      createdAt: now,
      updatedAt: now,
    }),
  };
};

/**
 * Finds the ticket of a request within the caller's reach. If the request names a place, the ticket
 * must be in it; a place that the caller has no access to is refused first.
 */
export const findTicket = <Seen extends { readonly data: Ticket }>(
  seen: Seen | undefined,
  staff: Staff,
  place?: Place,
): Decision<{ seen: Seen }, Refusal> => {
  const misplaced = place && refusalOfPlace(staff, place);
  if (misplaced !== undefined) return misplaced;
  const isFound =
    seen !== undefined &&
    isWithin(staff, seen.data) &&
    (place === undefined || seen.data.branchId === place.branch_id);
  return isFound ? { ok: true, seen } : refuse('ticket/not-found');
};

/** Changes the details of a ticket (contract, "Update Ticket"). */
export const editTicket = (
  { title, description, priority, subscriber_id: subscriberId }: UpdateTicket,
  named: Named,
  ticket: Ticket,
  staff: Staff,
  now: Date,
): Decision<{ patch: Partial<Ticket> }, Refusal> => {
  // Who does not see the subscriber sends null back as it was read.
  const isKept =
    subscriberId === undefined || (subscriberId === null && isHiddenFrom(staff, ticket));
  if (isUnknown(subscriberId, named, staff)) {
    return refuse('ticket/subscriber-unknown', { field: 'subscriber_id' });
  }
  const patch = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(priority !== undefined && { priority }),
    ...(!isKept && subscriberFields(named ?? null, ticket.branchId)),
    updatedAt: now,
  };
  return { ok: true, patch: { ...patch, keywords: keywordsOfTicket({ ...ticket, ...patch }) } };
};

/** Replies to a ticket (contract, "Reply to Ticket"). */
export const replyTo = (
  { message }: ReplyToTicket,
  ticket: Ticket,
  staff: Staff,
  now: Date,
): Decision<{ reply: (id: number) => Reply; patch: Partial<Ticket> }, Refusal> => {
  if (ticket.status === STATUS.closed) return refuse('ticket/closed');
  if (ticket.replyCount >= MOST_REPLIES) return refuse('ticket/full');
  return {
    ok: true,
    patch: { replyCount: ticket.replyCount + 1, updatedAt: now },
    reply: (id) => ({
      id,
      ticketId: ticket.id,
      ispId: ticket.ispId,
      branchId: ticket.branchId,
      message,
      userId: staff.userId,
      userName: staff.name,
      openedBy: ticket.createdBy,
      title: ticket.title,
      createdAt: now,
    }),
  };
};

/** Whether a ticket's thread begins (true), ends (false), or stays as it is (null). */
type ThreadChange = { readonly takesReplies: boolean | null };

/** Sets a ticket's status; each may follow any other (contract, "Change Ticket Status"). */
export const setStatus = (
  { status }: ChangeStatus,
  ticket: Ticket,
  staff: Staff,
  now: Date,
): ThreadChange & { readonly patch: Partial<Ticket> } => {
  const isOpen = status !== STATUS.closed;
  const isNew = isOpen !== (ticket.status !== STATUS.closed);
  const change = { from: ticket.status, to: status, at: now, by: moverOf(staff) };
  const moved =
    status === ticket.status ? {} : { statusLog: withStatusChange(ticket.statusLog, change) };
  return { patch: { status, ...moved, updatedAt: now }, takesReplies: isNew ? isOpen : null };
};
