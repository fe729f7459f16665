import type { z } from 'zod';
import type { ActorRole, Evidence } from './command.ts';
import { NOTES_FULL_AT } from './document-size.ts';
import {
  checkedInBody,
  finishingBody,
  noteBody,
  reassignBody,
  taskBody,
} from './request-schemas.ts';
import type { Timeline } from './log/timeline.ts';
import {
  type BareStatus,
  type CardStatus,
  CREW,
  type EvidenceStatus,
  IN_PROGRESS,
  OFFICERS,
  type PlainTask,
  type Refusal,
  type Resolution,
  ROLES,
  type Role,
  type TaskStatus,
  TICKET_STATUSES,
  type TicketStatus,
  WORKING,
} from './vocabulary.ts';

/** Which tickets a role may command: all that it sees, or those whose FOC it is. */
type Reach = 'seen' | 'own';

/** Who may give a command, and when. */
type Right = {
  readonly by: Partial<Record<ActorRole, Reach>>;
  readonly from: readonly TicketStatus[];
  /** These roles only ask for it: NOC validates. */
  readonly asks?: readonly ActorRole[];
  /** These roles may give it while a request waits. */
  readonly overrides?: readonly ActorRole[];
  /** These roles may give it when the log is full: it adds little, or closes the ticket. */
  readonly headroom?: readonly ActorRole[];
  /** The size, in bytes, at which the log is full for it, if not `FULL_AT`, and its refusal then. */
  readonly full?: { readonly at: number; readonly refusal: Refusal };
  /** The refusals for a Closed ticket and for other wrong statuses, where they differ. */
  readonly closed?: Refusal;
  readonly wrongStatus?: Refusal;
  /** Its further refusals. */
  readonly refusals?: readonly Refusal[];
};

/** What changes when a card's status is reached at `at`; `timeline` is the state before. */
type Step = (timeline: Timeline, at: Date) => Partial<Timeline>;

/** A card's status, its title, and what changes when it is reached. */
export type Card<S extends CardStatus = CardStatus> = {
  readonly card: S;
  readonly title: string;
  readonly step: Step;
};

/** What a command adds to the log. */
type Writing =
  /** A card of the new status. */
  | ({ readonly writes: 'status' } & Card<BareStatus>)
  /** A card of the task that begins, with evidence. */
  | ({ readonly writes: 'task'; readonly body: z.ZodType<Evidence> } & Card<PlainTask>)
  /** A request with evidence, which takes effect once NOC approves it. */
  | ({ readonly writes: 'request'; readonly body: z.ZodType<Evidence> } & Card<EvidenceStatus>)
  /** A card that changes nothing else. */
  | { readonly writes: 'note'; readonly body: z.ZodType<Evidence>; card: 'Note'; title: string }
  /** What its function in `log-writes.ts` does, with a card status of its own or without. */
  | ({ readonly writes: 'special'; readonly body?: z.ZodType<Evidence> } & (
      | Partial<Card>
      | { readonly card: 'Pending'; title: string }
    ));

export type Move = Right & Writing;

const OFFICE = { SuperAdmin: 'seen', NOC: 'seen' } as const;
const HOLDER = { FOCSupervisor: 'own', FOC: 'own' } as const;
const EVERYONE = { ...OFFICE, ...HOLDER } as const;
const CLOCK = ['system'] as const;
const NOT_CLOSED = ['Draft', 'Open', ...IN_PROGRESS] as const;
const AT_WORK = ['CheckedIn', 'OnGoing'] as const;

const startTask =
  (task: TaskStatus): Step =>
  ({ onGoingAt }, at) => ({ status: 'OnGoing', task, onGoingAt: onGoingAt ?? at });
const close =
  (resolution: Resolution, task: { readonly task?: TaskStatus } = {}): Step =>
  (_, closedAt) => ({ status: 'Closed', resolution, closedAt, ...task });

const plainTask = <S extends PlainTask>(card: S, title: string) =>
  ({ writes: 'task', body: taskBody, card, title, step: startTask(card) }) as const;

/** One row for each command: who may give it, from which statuses, whether NOC has to approve it,
 * and what it adds to the log. Accepting resets the times of an earlier FOC. */
export const MOVES = {
  publish: {
    by: { ...OFFICE, system: 'seen' },
    from: ['Draft'],
    headroom: CLOCK,
    writes: 'status',
    card: 'Open',
    title: 'Open',
    // A release has this card too, and does not publish the ticket again.
    step: ({ publishedAt }, at) => ({
      status: 'Open',
      publishedAt: publishedAt ?? at,
      acceptedAt: null,
    }),
  },
  accept: {
    by: { FOCSupervisor: 'seen', FOC: 'seen' },
    from: ['Open'],
    overrides: CREW,
    closed: 'ticket/not-open',
    wrongStatus: 'ticket/already-accepted',
    writes: 'special',
    card: 'Accepted',
    title: 'Accepted',
    step: ({ firstAcceptedAt }, at) => ({
      status: 'Accepted',
      firstAcceptedAt: firstAcceptedAt ?? at,
      acceptedAt: at,
      departedAt: null,
      checkedInAt: null,
      onGoingAt: null,
      task: null,
    }),
  },
  assign: {
    by: { SuperAdmin: 'seen', FOCSupervisor: 'seen' },
    from: ['Open', ...IN_PROGRESS],
    overrides: ['SuperAdmin', 'FOCSupervisor'],
    refusals: ['ticket/assignee-invalid', 'ticket/already-assigned'],
    writes: 'special',
  },
  reassign: { by: HOLDER, from: IN_PROGRESS, asks: CREW, writes: 'special', body: reassignBody },
  onTheWay: {
    by: HOLDER,
    from: ['Accepted'],
    writes: 'status',
    card: 'OnTheWay',
    title: 'On the way',
    step: (_, at) => ({ status: 'OnTheWay', departedAt: at }),
  },
  checkedIn: {
    by: HOLDER,
    from: ['OnTheWay'],
    asks: CREW,
    writes: 'request',
    body: checkedInBody,
    card: 'CheckedIn',
    title: 'Checked in',
    step: (_, at) => ({ status: 'CheckedIn', checkedInAt: at }),
  },
  checking: { by: HOLDER, from: AT_WORK, ...plainTask('Checking', 'Checking') },
  pullingCable: { by: HOLDER, from: AT_WORK, ...plainTask('PullingCable', 'Pulling cable') },
  jointing: { by: HOLDER, from: AT_WORK, ...plainTask('Jointing', 'Jointing') },
  tidying: { by: HOLDER, from: AT_WORK, ...plainTask('Tidying', 'Tidying') },
  linkChecking: {
    by: HOLDER,
    from: ['OnGoing'],
    asks: CREW,
    writes: 'request',
    body: taskBody,
    card: 'LinkChecking',
    title: 'Link check',
    step: startTask('LinkChecking'),
  },
  finishing: {
    by: HOLDER,
    from: ['OnGoing'],
    asks: CREW,
    refusals: ['ticket/link-check-needed'],
    writes: 'request',
    body: finishingBody,
    card: 'Finishing',
    title: 'Finishing',
    step: close('Finished', { task: 'Finishing' }),
  },
  // Its step is in `timeline.ts`, since it depends on the card.
  pending: {
    by: EVERYONE,
    from: WORKING,
    asks: CREW,
    overrides: OFFICERS,
    refusals: ['category/unknown'],
    writes: 'special',
    card: 'Pending',
    title: 'Pending',
  },
  resume: {
    by: { ...EVERYONE, system: 'seen' },
    from: ['Pending'],
    overrides: CLOCK,
    headroom: CLOCK,
    writes: 'special',
  },
  cancel: {
    by: EVERYONE,
    from: NOT_CLOSED,
    asks: CREW,
    overrides: OFFICERS,
    headroom: OFFICERS,
    refusals: ['category/unknown'],
    writes: 'special',
    card: 'Canceled',
    title: 'Canceled',
    step: close('Canceled'),
  },
  closeByIncident: {
    by: OFFICE,
    from: ['Open', ...IN_PROGRESS],
    overrides: OFFICERS,
    headroom: OFFICERS,
    writes: 'special',
  },
  validate: {
    by: OFFICE,
    from: NOT_CLOSED,
    overrides: OFFICERS,
    headroom: OFFICERS,
    refusals: ['evidence/not-found', 'evidence/settled', 'ticket/assign-to-approve'],
    writes: 'special',
  },
  note: {
    by: { ...OFFICE, FOCSupervisor: 'seen', FOC: 'own' },
    from: TICKET_STATUSES,
    overrides: ROLES,
    full: { at: NOTES_FULL_AT, refusal: 'ticket/notes-full' },
    writes: 'note',
    body: noteBody,
    card: 'Note',
    title: 'Note',
  },
  release: { by: { system: 'seen' }, from: ['Accepted'], headroom: CLOCK, writes: 'special' },
  warn: {
    by: { system: 'seen' },
    from: ['Open', ...WORKING],
    overrides: CLOCK,
    headroom: CLOCK,
    writes: 'special',
  },
  breach: {
    by: { system: 'seen' },
    from: ['Open', ...WORKING],
    overrides: CLOCK,
    headroom: CLOCK,
    writes: 'special',
  },
} as const satisfies Record<string, Move>;

export type CommandName = keyof typeof MOVES;
const isCommand = (name: string): name is CommandName => name in MOVES;
export const COMMANDS = Object.keys(MOVES).filter(isCommand);

/** The roles that may give a command. */
export const rolesOf = (name: CommandName): Role[] =>
  ROLES.filter((role) => role in MOVES[name].by);

/** The refusals of a command that a person may get, except for the wrong role. */
export const refusalsOf = (name: CommandName): readonly Refusal[] => {
  const move: Move = MOVES[name];
  const roles = rolesOf(name);
  const isForAll = (some: readonly ActorRole[] = []) => roles.every((role) => some.includes(role));
  const hasHolder = roles.some((role) => move.by[role] === 'own');
  const isAnyStatus = NOT_CLOSED.every((status) => move.from.includes(status));
  return [
    'ticket/not-found',
    ...(hasHolder ? (['ticket/not-yours'] as const) : []),
    ...(move.from.includes('Closed') ? [] : [move.closed ?? 'ticket/closed']),
    ...(isForAll(move.overrides) ? [] : (['ticket/awaiting-validation'] as const)),
    ...(isAnyStatus ? [] : [move.wrongStatus ?? 'ticket/wrong-status']),
    ...(isForAll(move.headroom) ? [] : [move.full?.refusal ?? 'ticket/log-full']),
    ...(move.refusals ?? []),
  ];
};
