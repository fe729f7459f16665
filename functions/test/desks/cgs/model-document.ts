import type { Model } from './model.ts';

/** What a ticket's document must say after the last command. */
export const shownBy = (model: Model): Record<string, unknown> => {
  const rounded = (ms: number) => Math.round(ms / 600) / 100;
  const span = (from: number | null, to: number | null, less = 0) =>
    from === null || to === null ? null : rounded(to - from - less);
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const date = (at: number | null) => (at === null ? null : new Date(at));
  return {
    latestStatus: model.status,
    latestTaskStatus: model.task,
    statusBeforePending: model.status === 'Pending' ? model.back : null,
    resolution: model.resolution,
    closedAt: date(model.closed),
    isActive: model.status !== 'Closed',
    isDraft: model.status === 'Draft',
    inProgressByFoc: model.inProgress,
    isLastLinkChecking: model.status === 'OnGoing' && model.task === 'LinkChecking',
    needValidate: model.waiting !== null,
    needReassign: model.waiting?.name === 'reassign',
    firstAcceptedTime: iso(model.firstAccepted),
    firstAcceptedDuration: span(model.published, model.firstAccepted),
    acceptedTime: iso(model.accepted),
    departureTime: iso(model.departed),
    checkInTime: iso(model.arrived),
    onGoingTime: iso(model.started),
    acceptedDuration: span(model.published, model.accepted),
    onTheWayDuration: span(model.departed, model.arrived),
    workDuration: span(model.arrived, model.closed, model.paused - model.pausedAtArrival),
    totalPendingDuration: rounded(model.paused),
    totalTime: span(model.published, model.closed),
    publishedAt: date(model.status === 'Draft' ? model.planned : model.published),
    slaType: model.sla === 0 ? 'NonSla' : model.isOver(model.seen) ? 'OverSla' : 'UnderSla',
    slaDueAt: date(model.due),
    isDueSoon: model.isSoon(model.seen),
    escalatedTo: model.patience.told(model, model.seen),
    releaseAt: date(model.patience.release(model)),
    nextTimerAt: date(model.timer(model.seen)),
  };
};
