import { type Actor, type ActorRole, type Refused, refuse } from './command.ts';
import type { LogCard, Ticket } from './schemas.ts';
import { waitingRequest } from './timeline.ts';
import {
  type CardStatus,
  type CommandName,
  IN_PROGRESS,
  type Refusal,
  type Role,
  type TicketStatus,
  WORKING,
} from './vocabulary.ts';

/** How far a role's right reaches: every ticket in its sight, or those whose FOC it is. */
type Reach = 'seen' | 'own';

export type Move = {
  readonly by: Partial<Record<ActorRole, Reach>>;
  readonly from: readonly TicketStatus[];
  /** The `statusName` of the card that it writes; null where the log decides or none is written. */
  readonly card: CardStatus | null;
  /** These only ask for it: NOC validates. */
  readonly asks?: readonly ActorRole[];
  /** For these a waiting request is no obstacle. */
  readonly overrides?: readonly ActorRole[];
  /** It answers a waiting request of this kind. */
  readonly answers?: LogCard['cardType'];
  /** These may write even when the log is full: what they do is bounded, or ends the ticket. */
  readonly headroom?: readonly ActorRole[];
  /** What a Closed ticket and any other wrong status answer, where that is special. */
  readonly closed?: Refusal;
  readonly wrongStatus?: Refusal;
};

const OFFICE = { SuperAdmin: 'seen', NOC: 'seen' } as const;
const HOLDER = { FOCSupervisor: 'own', FOC: 'own' } as const;
const EVERYONE = { ...OFFICE, ...HOLDER } as const;
const officers = ['SuperAdmin', 'NOC'] as const satisfies readonly Role[];
const crew = ['FOCSupervisor', 'FOC'] as const satisfies readonly Role[];
const clock = ['system'] as const;
const NOT_CLOSED = ['Draft', 'Open', ...IN_PROGRESS] as const;
const AT_WORK = ['CheckedIn', 'OnGoing'] as const;

/** The life of a ticket: who may move it, from where, and whether NOC has to agree. */
export const MOVES = {
  publish: {
    by: { ...OFFICE, system: 'seen' },
    from: ['Draft'],
    card: 'Open',
    headroom: clock,
  },
  accept: {
    by: { FOCSupervisor: 'seen', FOC: 'seen' },
    from: ['Open'],
    card: 'Accepted',
    overrides: crew,
    closed: 'ticket/not-open',
    wrongStatus: 'ticket/already-accepted',
  },
  assign: {
    by: { SuperAdmin: 'seen', FOCSupervisor: 'seen' },
    from: ['Open', ...IN_PROGRESS],
    card: 'Accepted',
    answers: 'ReassignAction',
  },
  reassign: { by: HOLDER, from: IN_PROGRESS, card: 'Accepted', asks: crew },
  onTheWay: { by: HOLDER, from: ['Accepted'], card: 'OnTheWay' },
  checkedIn: { by: HOLDER, from: ['OnTheWay'], card: 'CheckedIn', asks: crew },
  checking: { by: HOLDER, from: AT_WORK, card: 'Checking' },
  pullingCable: { by: HOLDER, from: AT_WORK, card: 'PullingCable' },
  jointing: { by: HOLDER, from: AT_WORK, card: 'Jointing' },
  tidying: { by: HOLDER, from: AT_WORK, card: 'Tidying' },
  linkChecking: { by: HOLDER, from: ['OnGoing'], card: 'LinkChecking', asks: crew },
  finishing: { by: HOLDER, from: ['OnGoing'], card: 'Finishing', asks: crew },
  pending: { by: EVERYONE, from: WORKING, card: 'Pending', asks: crew, overrides: officers },
  resume: {
    by: { ...EVERYONE, system: 'seen' },
    from: ['Pending'],
    card: null,
    overrides: clock,
    headroom: clock,
  },
  cancel: {
    by: EVERYONE,
    from: NOT_CLOSED,
    card: 'Canceled',
    asks: crew,
    overrides: officers,
    headroom: officers,
  },
  validate: {
    by: OFFICE,
    from: NOT_CLOSED,
    card: null,
    overrides: officers,
    headroom: officers,
  },
  breach: {
    by: { system: 'seen' },
    from: ['Open', ...WORKING],
    card: null,
    overrides: clock,
    headroom: clock,
  },
} as const satisfies Record<CommandName, Move>;

const isTheirs = (ticket: Ticket, actor: Actor): boolean =>
  actor.role !== 'system' && ticket.foc?.id === actor.id;

/** Who sees a ticket, through the API as through the security rules ("Firestore Collection"). */
export const maySee = (ticket: Ticket, actor: Actor): boolean => {
  if (actor.role === 'system' || actor.role === 'SuperAdmin') return true;
  const isNear = ticket.region === actor.region;
  if (actor.role === 'NOC') return isNear;
  const isOffered = ticket.latestStatus === 'Open';
  const isWatched = actor.role === 'FOCSupervisor' && ticket.inProgressByFoc;
  return isTheirs(ticket, actor) || (isNear && (isOffered || isWatched));
};

/** A crew that lost the race for a ticket learns that it is taken, not that it never was. */
const mayKnow = (name: CommandName, ticket: Ticket, actor: Actor): boolean =>
  name === 'accept' && actor.role !== 'system'
    ? ticket.region === actor.region && ticket.latestStatus !== 'Draft'
    : maySee(ticket, actor);

/** Why `actor` may not give this command to this ticket now; null when nothing forbids it. */
export const objection = (name: CommandName, ticket: Ticket, actor: Actor): Refused | null => {
  const move: Move = MOVES[name];
  const reach = move.by[actor.role];
  if (!reach) return refuse('ticket/forbidden');
  if (!mayKnow(name, ticket, actor)) return refuse('ticket/not-found');
  if (reach === 'own' && !isTheirs(ticket, actor)) return refuse('ticket/not-yours');
  const status = ticket.latestStatus;
  if (status === 'Closed') return refuse(move.closed ?? 'ticket/closed');
  const waiting = waitingRequest(ticket.ticketLogs);
  const isFree =
    !waiting || move.overrides?.includes(actor.role) || move.answers === waiting.cardType;
  if (!isFree) {
    const { evidenceId, statusName } = waiting;
    return refuse('ticket/awaiting-validation', { evidenceId, statusName });
  }
  if (!move.from.includes(status)) {
    return refuse(move.wrongStatus ?? 'ticket/wrong-status', { status, allowed: move.from });
  }
  return name === 'finishing' && !ticket.isLastLinkChecking
    ? refuse('ticket/link-check-needed')
    : null;
};
