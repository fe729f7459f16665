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
import { MOST_REPLIES, type Refusal, STATUS } from './vocabulary.ts';

/** A member of an ISP's staff as the desk sees them. */
export interface Staff {
  readonly userId: number;
  readonly ispId: number;
  readonly branchIds: readonly number[];
  readonly name: string;
}

/** Why a command is refused, and which field of the request is wrong. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly field?: string;
}

const refused = (refusal: Refusal, field?: string): Refused => ({
  ok: false,
  refusal,
  ...(field === undefined ? {} : { field }),
});

/** Whether a record is within the caller's reach; what is not there is answered like what is. */
export const isWithin = (
  { ispId, branchIds }: Staff,
  record: { readonly ispId: number; readonly branchId: number },
): boolean => record.ispId === ispId && branchIds.includes(record.branchId);

/** Holds where a request says it acts against what its caller may reach; undefined when fine. */
export const refusalOfPlace = (
  { userId, ispId, branchIds }: Staff,
  place: Place,
): Refused | undefined => {
  if (place.user_id !== userId) return refused('user/not-yours', 'user_id');
  if (place.isp_id !== ispId) return refused('isp/no-access', 'isp_id');
  if (!branchIds.includes(place.branch_id)) return refused('branch/no-access', 'branch_id');
  return undefined;
};

/** The subscriber that a request names: undefined where it names none that the caller may see. */
export type Named = Subscriber | null | undefined;

const subscriberFields = (subscriber: Subscriber | null) => ({
  subscriberId: subscriber?.id ?? null,
  subscriberName: subscriber?.name ?? null,
});

const isUnknown = (asked: number | null | undefined, named: Named, staff: Staff): boolean =>
  typeof asked === 'number' && (named == null || !isWithin(staff, named));

/**
 * Opens a ticket (contract, "Create Ticket").
 *
 * @param named the subscriber behind `subscriber_id`, if there is one
 * @returns the document but for its number, or why not
 */
export const openTicket = (
  asked: CreateTicket,
  named: Named,
  staff: Staff,
  now: Date,
): Refused | { readonly ok: true; readonly ticket: (id: number) => Ticket } => {
  const misplaced = refusalOfPlace(staff, asked);
  if (misplaced !== undefined) return misplaced;
  if (isUnknown(asked.subscriber_id, named, staff)) {
    return refused('ticket/subscriber-unknown', 'subscriber_id');
  }
  return {
    ok: true,
    ticket: (id) => ({
      id,
      ispId: asked.isp_id,
      branchId: asked.branch_id,
      title: asked.title,
      description: asked.description,
      ...subscriberFields(named ?? null),
      priority: asked.priority,
      status: STATUS.open,
      createdBy: staff.userId,
      replyCount: 0,
      createdAt: now,
      updatedAt: now,
    }),
  };
};

/** What may be done to a ticket that is there. */
export type Command =
  | { readonly name: 'edit'; readonly asked: UpdateTicket; readonly named: Named }
  | { readonly name: 'reply'; readonly asked: ReplyToTicket }
  | { readonly name: 'setStatus'; readonly asked: ChangeStatus }
  | { readonly name: 'delete' };

/** The whole write of a command: the ticket's changed fields, or its end, and a reply. */
export interface Decided {
  readonly ok: true;
  readonly patch: Partial<Ticket> | 'delete';
  readonly reply: ((id: number) => Reply) | null;
  /** Whether its thread begins or ends with this; null where it stays as it is. */
  readonly takesReplies: boolean | null;
}

const done = (
  patch: Decided['patch'],
  { reply = null, takesReplies = null }: Partial<Pick<Decided, 'reply' | 'takesReplies'>> = {},
): Decided => ({ ok: true, patch, reply, takesReplies });

const edit = (asked: UpdateTicket, named: Named, staff: Staff, now: Date): Refused | Decided => {
  const { title, description, priority, subscriber_id: subscriberId } = asked;
  if (isUnknown(subscriberId, named, staff)) {
    return refused('ticket/subscriber-unknown', 'subscriber_id');
  }
  return done({
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(priority !== undefined && { priority }),
    ...(subscriberId !== undefined && subscriberFields(named ?? null)),
    updatedAt: now,
  });
};

const reply = (asked: ReplyToTicket, ticket: Ticket, staff: Staff, now: Date) => {
  if (ticket.status === STATUS.closed) return refused('ticket/closed');
  if (ticket.replyCount >= MOST_REPLIES) return refused('ticket/full');
  return done(
    { replyCount: ticket.replyCount + 1, updatedAt: now },
    {
      reply: (id) => ({
        id,
        ticketId: ticket.id,
        ispId: ticket.ispId,
        branchId: ticket.branchId,
        message: asked.message,
        userId: staff.userId,
        userName: staff.name,
        createdAt: now,
      }),
    },
  );
};

const setStatus = ({ status }: ChangeStatus, ticket: Ticket, now: Date): Decided => {
  const isOpen = status !== STATUS.closed;
  const isNew = isOpen !== (ticket.status !== STATUS.closed);
  return done({ status, updatedAt: now }, { takesReplies: isNew ? isOpen : null });
};

const inPlace = (
  asked: Place,
  ticket: Ticket | undefined,
  staff: Staff,
  then: (ticket: Ticket) => Refused | Decided,
): Refused | Decided => {
  const misplaced = refusalOfPlace(staff, asked);
  if (misplaced !== undefined) return misplaced;
  // A branch of the caller's, but not the ticket's: there is no such ticket in it.
  if (ticket?.ispId !== asked.isp_id || ticket.branchId !== asked.branch_id) {
    return refused('ticket/not-found');
  }
  return then(ticket);
};

/**
 * Decides a command on a ticket: the only place that says what becomes of it. A place that the
 * caller has no access to is refused before the ticket is looked at.
 */
export const decide = (
  command: Command,
  ticket: Ticket | undefined,
  staff: Staff,
  now: Date,
): Refused | Decided => {
  if (command.name === 'reply') {
    const { asked } = command;
    return inPlace(asked, ticket, staff, (found) => reply(asked, found, staff, now));
  }
  if (command.name === 'setStatus') {
    const { asked } = command;
    return inPlace(asked, ticket, staff, (found) => setStatus(asked, found, now));
  }
  if (ticket === undefined || !isWithin(staff, ticket)) return refused('ticket/not-found');
  return command.name === 'delete'
    ? done('delete', { takesReplies: false })
    : edit(command.asked, command.named, staff, now);
};
