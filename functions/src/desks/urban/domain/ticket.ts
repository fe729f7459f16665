import { type Decision, refuse, type Refused } from '../../../kernel/decision.ts';
import { withStatusChange } from '../../../kernel/status-log.ts';
import { keywordsOfTicket } from './keywords.ts';
import type { ChangeStatus, Contact, CreateTicket, Ticket, UpdateTicket } from './schemas.ts';
import {
  MOST_NOTES,
  OPEN_STATUSES,
  type Permission,
  type Refusal,
  type Status,
} from './vocabulary.ts';

/** Somebody with access to the desk. */
export interface Caller {
  readonly self: Contact;
  readonly permissions: readonly Permission[];
}

/** How a caller is related to a ticket, which decides how they may move it. */
export type Part = 'writer' | 'technician' | 'owner';

interface Move {
  readonly from: Status;
  readonly to: Status;
  readonly by: readonly Part[];
  readonly needsTechnician?: true;
}

/**
 * Every move between statuses. Assigning, which only writers may do, moves a ticket as well: from
 * PENDING to IN_PROGRESS. No move leaves COMPLETED or CANCELLED.
 */
export const MOVES = [
  { from: 'PENDING', to: 'IN_PROGRESS', by: ['writer', 'technician'], needsTechnician: true },
  { from: 'PENDING', to: 'CANCELLED', by: ['writer', 'technician', 'owner'] },
  { from: 'IN_PROGRESS', to: 'COMPLETED', by: ['writer', 'technician'] },
  { from: 'IN_PROGRESS', to: 'CANCELLED', by: ['writer', 'technician'] },
] as const satisfies readonly Move[];

const moves: readonly Move[] = MOVES;

/** What may be done to a ticket, except deleting it. */
export type Command =
  | { readonly name: 'edit'; readonly asked: UpdateTicket }
  /** `technician` is undefined if the request names nobody who can be assigned. */
  | { readonly name: 'assign'; readonly technician: Contact | undefined }
  | { readonly name: 'setStatus'; readonly asked: ChangeStatus }
  | { readonly name: 'addNote'; readonly notes: string };

/** Whether a status can still change. */
export const isOpen = (status: Status): boolean => OPEN_STATUSES.some((each) => each === status);

/** Readers see all tickets; others their own and what is assigned to them. */
export const maySee = (
  { self, permissions }: Caller,
  { userId, assignedTo }: Pick<Ticket, 'userId' | 'assignedTo'>,
): boolean => permissions.includes('ticket:read') || userId === self.id || assignedTo === self.id;

const partsOf = ({ self, permissions }: Caller, ticket: Ticket): readonly Part[] => [
  ...(permissions.includes('ticket:write') ? ['writer' as const] : []),
  ...(ticket.assignedTo === self.id ? ['technician' as const] : []),
  ...(ticket.userId === self.id ? ['owner' as const] : []),
];

const authorOf = ({ self: { id, fullname } }: Caller) => ({ id, fullname });

const noteBy = (caller: Caller, text: string, createdAt: Date) => ({
  text,
  author: authorOf(caller),
  createdAt,
});

/** Opens a ticket (contract, "Workflow", 1): anybody with access may, for themselves. */
export const openTicket = (asked: CreateTicket, caller: Caller, id: string, now: Date): Ticket => ({
  id,
  userId: caller.self.id,
  status: 'PENDING',
  category: asked.category,
  title: asked.title,
  description: asked.description,
  attachments: asked.attachments,
  assignedTo: null,
  notes: asked.notes,
  noteLog: asked.notes === null ? [] : [noteBy(caller, asked.notes, now)],
  statusLog: [{ from: null, to: 'PENDING', at: now, by: authorOf(caller) }],
  keywords: keywordsOfTicket(asked),
  createdAt: now,
  updatedAt: now,
  user: caller.self,
  technician: null,
});

type Changed = Refused<Refusal> | Omit<Partial<Ticket>, 'updatedAt'>;

/** What is decided on, beside the command. */
interface Case {
  readonly ticket: Ticket;
  readonly caller: Caller;
  readonly now: Date;
}

const isStaff = ({ caller, ticket }: Case): boolean =>
  partsOf(caller, ticket).some((part) => part !== 'owner');

/**
 * Adds a note to the log and makes it the ticket's `notes`. An owner replaces `notes` only if they
 * wrote them: what the staff wrote stays. Null empties `notes` and leaves the log as it is.
 */
const noted = (notes: string | null, the: Case): Refused<Refusal> | Partial<Ticket> => {
  const { ticket, caller, now } = the;
  const { noteLog } = ticket;
  const isTheirs = ticket.notes === null || noteLog.at(-1)?.author.id === caller.self.id;
  const shown = isTheirs || isStaff(the) ? { notes } : {};
  if (notes === null) return shown;
  if (noteLog.length >= MOST_NOTES) return refuse('ticket/notes-full');
  return { ...shown, noteLog: [...noteLog, noteBy(caller, notes, now)] };
};

const edit = (
  { category, title, description, attachments, notes }: UpdateTicket,
  the: Case,
): Changed => {
  if (!isOpen(the.ticket.status)) return refuse('ticket/final');
  const note = notes === undefined || notes === the.ticket.notes ? {} : noted(notes, the);
  if ('refusal' in note) return note;
  const words = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
  return {
    ...(category !== undefined && { category }),
    ...words,
    keywords: keywordsOfTicket({ ...the.ticket, ...words }),
    ...(attachments !== undefined && { attachments }),
    ...note,
  };
};

const assign = (technician: Contact | undefined, ticket: Ticket): Changed => {
  if (!isOpen(ticket.status)) return refuse('ticket/final');
  if (technician === undefined)
    return refuse('ticket/technician-invalid', { field: 'technicianId' });
  if (ticket.status === 'IN_PROGRESS' && ticket.assignedTo === technician.id) {
    return refuse('ticket/already-assigned');
  }
  return { status: 'IN_PROGRESS', assignedTo: technician.id, technician };
};

const setStatus = ({ status: to, notes }: ChangeStatus, the: Case): Changed => {
  const { ticket, caller } = the;
  const parts = partsOf(caller, ticket);
  const own = moves.filter(({ by }) => by.some((part) => parts.includes(part)));
  const leadsTo = (some: readonly Move[]) => some.some((move) => move.to === to);
  // A status that no move leads to is wrong for everybody: that is not a matter of permission.
  if (own.length === 0 || (leadsTo(moves) && !leadsTo(own))) return refuse('ticket/forbidden');
  if (!isOpen(ticket.status)) return refuse('ticket/final');
  const move = own.find(({ from, ...each }) => from === ticket.status && each.to === to);
  if (move === undefined) return refuse('ticket/wrong-status');
  if (move.needsTechnician === true && ticket.assignedTo === null) {
    return refuse('ticket/technician-needed');
  }
  const note = notes === undefined ? {} : noted(notes, the);
  return 'refusal' in note ? note : { status: to, ...note };
};

const change = (command: Command, the: Case): Changed => {
  if (command.name === 'setStatus') return setStatus(command.asked, the);
  if (command.name === 'addNote') {
    return isStaff(the) ? noted(command.notes, the) : refuse('ticket/forbidden');
  }
  if (!the.caller.permissions.includes('ticket:write')) return refuse('ticket/forbidden');
  return command.name === 'edit'
    ? edit(command.asked, the)
    : assign(command.technician, the.ticket);
};

/** The entry in the log for a change that moves the ticket. */
const logged = (status: Status | undefined, { ticket, caller, now }: Case): Partial<Ticket> => {
  if (status === undefined || status === ticket.status) return {};
  const change = { from: ticket.status, to: status, at: now, by: authorOf(caller) };
  return { statusLog: withStatusChange(ticket.statusLog, change) };
};

const isInReach = (caller: Caller, ticket: Ticket, needed: Permission): boolean =>
  maySee(caller, ticket) || caller.permissions.includes(needed);

/**
 * Decides a command on a ticket; nothing else changes one. Reasons to refuse are checked in this
 * order: out of sight, not allowed, the ticket's status, the request's fields.
 */
export const decide = (
  command: Command,
  ticket: Ticket,
  caller: Caller,
  now: Date,
): Decision<{ patch: Partial<Ticket> }, Refusal> => {
  if (!isInReach(caller, ticket, 'ticket:write')) return refuse('ticket/not-found');
  const the = { ticket, caller, now };
  const changed = change(command, the);
  if ('refusal' in changed) return changed;
  const updatedAt = now > ticket.updatedAt ? now : ticket.updatedAt;
  return { ok: true, patch: { ...changed, ...logged(changed.status, the), updatedAt } };
};

/** Why a caller may not delete a ticket; undefined if they may. */
export const refusalOfDelete = (ticket: Ticket, caller: Caller): Refused<Refusal> | undefined => {
  if (!isInReach(caller, ticket, 'ticket:delete')) return refuse('ticket/not-found');
  return caller.permissions.includes('ticket:delete') ? undefined : refuse('ticket/forbidden');
};
