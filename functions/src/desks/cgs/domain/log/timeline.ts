import { afterOpenTime, openTime } from '../clock/calendar.ts';
import { CARDS } from './cards.ts';
import { dueSoonAt, escalationOf } from '../clock/escalation.ts';
import type { Escalation } from '../clock/escalation-schemas.ts';
import { addMinutes, earliest } from '../clock/minutes.ts';
import type { LogCard, SlaCalendar, Ticket } from '../schemas.ts';
import {
  IN_PROGRESS,
  type Request,
  REQUESTS,
  type Resolution,
  type TaskStatus,
  type TicketStatus,
  WORKING,
  type WorkingStatus,
} from '../vocabulary.ts';

const MINUTE = 60_000;

/** A pause, which the SLA does not count. The clock ends it at `deadline`. */
export type PendingInterval = {
  readonly from: Date;
  readonly to: Date | null;
  readonly deadline: Date;
  readonly category: string;
};

/** What a ticket's log says: its status, and when each status was reached. */
export type Timeline = {
  readonly status: TicketStatus;
  /** When the status, the task or the FOC changed last. */
  readonly changedAt: Date;
  /** The same, or when a request was refused, if that is later: the FOC waited for the answer. */
  readonly quietSince: Date;
  readonly beforePending: WorkingStatus | null;
  readonly resolution: Resolution | null;
  readonly pendingCategory: string | null;
  readonly cancelCategory: string | null;
  readonly task: TaskStatus | null;
  readonly publishedAt: Date | null;
  readonly firstAcceptedAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly departedAt: Date | null;
  readonly checkedInAt: Date | null;
  readonly onGoingAt: Date | null;
  readonly closedAt: Date | null;
  readonly pendings: readonly PendingInterval[];
};

const START: Timeline = {
  status: 'Draft',
  changedAt: new Date(0),
  quietSince: new Date(0),
  beforePending: null,
  resolution: null,
  pendingCategory: null,
  cancelCategory: null,
  task: null,
  publishedAt: null,
  firstAcceptedAt: null,
  acceptedAt: null,
  departedAt: null,
  checkedInAt: null,
  onGoingAt: null,
  closedAt: null,
  pendings: [],
};

export const later = (one: Date, other: Date): Date => (one > other ? one : other);

const isWorking = (status: TicketStatus): status is WorkingStatus =>
  WORKING.some((each) => each === status);

const endPending = (timeline: Timeline, at: Date): Timeline => ({
  ...timeline,
  status: timeline.beforePending ?? timeline.status,
  beforePending: null,
  pendings: timeline.pendings.map((each) => (each.to ? each : { ...each, to: at })),
});

/** A card that may change the status. */
type StatusCard = Exclude<LogCard, { cardType: 'Note' }>;

/** Applies a card that takes effect at `at`; `agreedAt` is when it was approved. */
const apply = (timeline: Timeline, card: StatusCard, at: Date, agreedAt: Date): Timeline => {
  const wasPending = timeline.status === 'Pending';
  const known = wasPending ? endPending(timeline, at) : timeline;
  const before = { ...known, changedAt: at, quietSince: at };
  if (card.statusName === 'Pending') {
    const deadline = addMinutes(agreedAt, card.pendingInterval);
    const beforePending = isWorking(timeline.status) ? timeline.status : null;
    const { pendingCategory } = card;
    const pending = { from: at, to: null, deadline, category: pendingCategory };
    const pendings = [...timeline.pendings, pending];
    return { ...before, status: 'Pending', beforePending, pendings, pendingCategory };
  }
  const cancelCategory =
    card.statusName === 'Canceled' ? card.cancelCategory : timeline.cancelCategory;
  const isEnd = card.statusName === 'Canceled' || card.statusName === 'Closed';
  const isResume = wasPending && card.cardType === 'SimpleStatus' && !isEnd;
  return isResume
    ? before
    : { ...before, ...CARDS[card.statusName].step(before, at), cancelCategory };
};

const isAbout = (evidenceId: string) => (card: LogCard) =>
  'evidenceId' in card && card.evidenceId === evidenceId;

/** Whether a card names another FOC. A request for one has a ReassignAction card too, but is
 * followed by its answer. */
const isHandover = (card: LogCard, logs: readonly LogCard[]): boolean =>
  card.cardType === 'ReassignAction' &&
  card.isApproved === true &&
  logs.findLast(isAbout(card.evidenceId)) === card;

/** Reads a log from its first card to its last. An approved request takes effect when it was made,
 * not when it was approved: a check-in is dated when the FOC arrived. */
export const timelineOf = (logs: readonly LogCard[]): Timeline =>
  logs.reduce((timeline, card) => {
    switch (card.cardType) {
      case 'RequestValidationAction':
      case 'FinishingAction':
      case 'Note':
        return timeline;
      case 'ReassignAction':
        return isHandover(card, logs)
          ? apply(timeline, card, card.timestamp, card.timestamp)
          : timeline;
      case 'SimpleStatus':
        return apply(timeline, card, card.timestamp, card.timestamp);
      case 'RequestValidationDone': {
        if (!card.isApproved) return { ...timeline, quietSince: card.timestamp };
        const asked = logs.find(isAbout(card.evidenceId)) ?? card;
        return apply(timeline, card, later(asked.timestamp, timeline.changedAt), card.timestamp);
      }
    }
  }, START);

/** A card that asks NOC for something. */
export type RequestCard = Extract<
  LogCard,
  { cardType: 'RequestValidationAction' | 'FinishingAction' | 'ReassignAction' }
>;

/** The request that waits for NOC, or null: at most one can wait. */
export const waitingRequest = (logs: readonly LogCard[]): RequestCard | null =>
  logs.find((card): card is RequestCard => 'isApproved' in card && card.isApproved === null) ??
  null;

const REQUEST_CARDS = ['RequestValidationAction', 'FinishingAction', 'ReassignAction'] as const;

/** How many requests a log has, and how many of them NOC approved and refused. */
const requestCounts = (logs: readonly LogCard[]) => {
  const asked = logs.filter(
    (card): card is RequestCard =>
      REQUEST_CARDS.some((type) => type === card.cardType) && !isHandover(card, logs),
  );
  return {
    asked: asked.length,
    approved: asked.filter(({ isApproved }) => isApproved === true).length,
    refused: asked.filter(({ isApproved }) => isApproved === false).length,
  };
};

/** What a request asks for. */
const requestOf = (card: RequestCard): Request | null => {
  if (card.cardType === 'ReassignAction') return 'Reassign';
  return REQUESTS.find((each) => each === card.statusName) ?? null;
};

const spent = (from: Date | null, to: Date | null): number | null =>
  from && to && to.getTime() - from.getTime();
/** Minutes with two decimals. */
const toMinutes = (milliseconds: number): number => Math.round(milliseconds / 600) / 100;
const minutes = (from: Date | null, to: Date | null, less = 0): number | null => {
  const milliseconds = spent(from, to);
  return milliseconds === null ? null : toMinutes(milliseconds - less);
};

const pendingTime = ({ pendings }: Timeline, since: Date | null): number =>
  pendings
    .filter(({ from }) => !since || from >= since)
    .reduce((sum, { from, to }) => sum + (spent(from, to) ?? 0), 0);

/** Times and durations, in minutes, as the document shows them. */
const times = (timeline: Timeline) => {
  const { publishedAt, firstAcceptedAt, acceptedAt, closedAt } = timeline;
  const { departedAt, checkedInAt, onGoingAt } = timeline;
  return {
    firstAcceptedTime: firstAcceptedAt?.toISOString() ?? null,
    acceptedTime: acceptedAt?.toISOString() ?? null,
    departureTime: departedAt?.toISOString() ?? null,
    checkInTime: checkedInAt?.toISOString() ?? null,
    onGoingTime: onGoingAt?.toISOString() ?? null,
    firstAcceptedDuration: minutes(publishedAt, firstAcceptedAt),
    acceptedDuration: minutes(publishedAt, acceptedAt),
    onTheWayDuration: minutes(departedAt, checkedInAt),
    workDuration: minutes(checkedInAt, closedAt, pendingTime(timeline, checkedInAt)),
    totalPendingDuration: toMinutes(pendingTime(timeline, null)),
    totalTime: minutes(publishedAt, closedAt),
  } satisfies Partial<Ticket>;
};

/** What is not in the log: the promise in minutes (0: none), the hours that count for it (null:
 * all of them), when somebody is told that it stands still (null: never), and when a draft is to be
 * published. */
export type Terms = {
  readonly sla: number;
  readonly calendar: SlaCalendar | null;
  readonly escalation: Escalation | null;
  readonly plannedAt: Date | null;
};

/** When the promised minutes are over; ended pendings and closed hours do not count. */
const dueAt = ({ publishedAt, pendings }: Timeline, { sla, calendar }: Terms): Date | null => {
  if (sla === 0 || !publishedAt) return null;
  const paused = pendings
    .map(({ from, to }) => (to ? openTime(calendar, from, to) : 0))
    .reduce((sum, open) => sum + open, 0);
  return afterOpenTime(calendar, publishedAt, sla * MINUTE + paused);
};

/** The SLA at `now`, who was told that the ticket stands still, and when the clock has to act next.
 * A pending stops the SLA; nobody stands still while NOC has to answer. */
const promises = (timeline: Timeline, terms: Terms, isWaiting: boolean, now: Date) => {
  const { status, closedAt, quietSince: since } = timeline;
  const { sla, plannedAt, escalation } = terms;
  const publishedAt = timeline.publishedAt ?? (status === 'Draft' ? plannedAt : null);
  const pause = timeline.pendings.find(({ to }) => !to);
  const slaDueAt = dueAt(timeline, terms);
  const isPast = (time: Date | null) => time !== null && (closedAt ?? pause?.from ?? now) >= time;
  const isOver = isPast(slaDueAt);
  const isPromised = !isOver && !closedAt;
  const soonAt = isPromised ? dueSoonAt(slaDueAt, escalation) : null;
  const isDueSoon = isPast(soonAt);
  const { escalatesAt, ...escalated } = escalationOf(
    { status, since },
    isWaiting ? null : escalation,
    now,
  );
  const timers = [isPromised ? slaDueAt : null, isDueSoon ? null : soonAt, escalatesAt];
  return {
    publishedAt,
    slaDueAt,
    slaType: sla === 0 ? 'NonSla' : isOver ? 'OverSla' : 'UnderSla',
    isDueSoon,
    ...escalated,
    nextTimerAt:
      status === 'Draft'
        ? publishedAt
        : (pause?.deadline ?? earliest(...timers, escalated.releaseAt)),
  } satisfies Partial<Ticket>;
};

/** Every field of a ticket that is derived from its log. Only the SLA depends on `now`. */
export const derivedFields = (logs: LogCard[], terms: Terms, now: Date) => {
  const timeline = timelineOf(logs);
  const { status, task } = timeline;
  const waiting = waitingRequest(logs);
  return {
    ...times(timeline),
    ...promises(timeline, terms, waiting !== null, now),
    latestStatus: status,
    latestTaskStatus: task,
    statusBeforePending: timeline.beforePending,
    closedAt: timeline.closedAt,
    resolution: timeline.resolution,
    pendingCategory: timeline.pendingCategory,
    cancelCategory: timeline.cancelCategory,
    requestCounts: requestCounts(logs),
    isActive: status !== 'Closed',
    isDraft: status === 'Draft',
    inProgressByFoc: IN_PROGRESS.some((each) => each === status),
    isLastLinkChecking: status === 'OnGoing' && task === 'LinkChecking',
    needValidate: waiting !== null,
    waitingFor: waiting && requestOf(waiting),
    needReassign: waiting?.cardType === 'ReassignAction',
    ticketLogs: logs,
  } satisfies Partial<Ticket>;
};
