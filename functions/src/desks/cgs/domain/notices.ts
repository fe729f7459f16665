import type { Ticket } from './schemas.ts';
import { type RequestCard, waitingRequest } from './log/timeline.ts';
import { ESCALATED_TO, type Region, type Request, type Role } from './vocabulary.ts';

/** What people are told of a ticket. */
export const NOTICE_KINDS = [
  'opened',
  'assigned',
  'takenOver',
  'released',
  'requested',
  'approved',
  'refused',
  'paused',
  'resumed',
  'closed',
  'canceled',
  'noteAdded',
  'notAccepted',
  'notStarted',
  'dueSoon',
  'breached',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One person, or everybody of a role in a region. */
export type Recipient = { readonly uid: string } | { readonly role: Role; readonly region: Region };

/** A change that somebody is told of. */
export type TicketNotice = {
  readonly kind: NoticeKind;
  readonly to: readonly Recipient[];
  readonly values: NoticeValues;
};

/** What is told of a ticket; empty where there is none. */
export type NoticeValues = {
  readonly ticketId: string;
  readonly client: string;
  readonly area: string;
  /** The name of its FOC, or of the last one. */
  readonly foc: string;
  /** What NOC was asked for. */
  readonly request: string;
  /** Minutes until its SLA is due. */
  readonly minutes: string;
};

/** The same without what all notices of a change have in common. */
type Told = {
  readonly kind: NoticeKind;
  readonly to: readonly Recipient[];
  readonly request?: Request | null;
};

/** A ticket before and after a change; it does not exist before it is opened. */
type Change = { readonly before: Ticket | undefined; readonly after: Ticket };

const everyone = (roles: readonly Role[], { region }: Ticket): Recipient[] =>
  roles.map((role) => ({ role, region }));

const holder = (ticket: Ticket | undefined): Recipient[] =>
  ticket?.foc ? [{ uid: ticket.foc.id }] : [];

const hasMoved = ({ before, after }: Change): boolean =>
  before?.latestStatus !== after.latestStatus;

const isHandedOver = ({ before, after }: Change): boolean =>
  (before?.foc?.id ?? null) !== (after.foc?.id ?? null);

const CREWS = ['FOC', 'FOCSupervisor'] as const satisfies readonly Role[];

/** People are told of the incident, and not of each ticket that it opens and closes. */
const isOpenedByIncident = ({ before, after }: Change): boolean =>
  before === undefined && after.incident !== null;
const isClosedByIncident = ({ after }: Change): boolean =>
  after.incident !== null &&
  after.resolution === 'Finished' &&
  after.latestTaskStatus !== 'Finishing';

const ofOffer = (change: Change): Told[] => {
  const { before, after } = change;
  if (!hasMoved(change) || after.latestStatus !== 'Open' || isOpenedByIncident(change)) return [];
  const crews = everyone(CREWS, after);
  return before?.foc
    ? [{ kind: 'released', to: [...holder(before), ...crews] }]
    : [{ kind: 'opened', to: crews }];
};

const ofHandover = (change: Change): Told[] => {
  const { before, after } = change;
  if (!isHandedOver(change) || !after.foc) return [];
  return [
    { kind: 'assigned', to: holder(after) },
    ...(before?.foc ? [{ kind: 'takenOver', to: holder(before) } as const] : []),
  ];
};

const ofRequest = ({ before, after }: Change): Told[] => {
  const { waitingFor: request, ticketLogs } = after;
  const asked = waitingRequest(ticketLogs)?.evidenceId;
  const isNew = asked !== undefined && asked !== waitingOf(before)?.evidenceId;
  const roles: readonly Role[] = request === 'Reassign' ? ['NOC', 'FOCSupervisor'] : ['NOC'];
  return isNew ? [{ kind: 'requested', to: everyone(roles, after), request }] : [];
};

const waitingOf = (ticket: Ticket | undefined): RequestCard | null =>
  waitingRequest(ticket?.ticketLogs ?? []);

/** NOC's answer to the request that waited before; null when none was given. A replacement that is
 * approved is a handover, and no answer. */
const answerIn = (change: Change): boolean | null => {
  const asked = waitingOf(change.before);
  if (!asked || isHandedOver(change)) return null;
  const card = change.after.ticketLogs.find(
    (each) => 'evidenceId' in each && each.evidenceId === asked.evidenceId,
  );
  return card && 'isApproved' in card ? card.isApproved : null;
};

/** What its FOC is told of a move or an answer: one thing, since an approval explains the move, and
 * a move of NOC's explains the refusal. */
const ofHolder = (change: Change): Told[] => {
  const { before, after } = change;
  const isApproved = answerIn(change);
  const to = holder(after);
  const request = before?.waitingFor ?? null;
  if (isHandedOver(change)) return [];
  if (isApproved) return [{ kind: 'approved', to, request }];
  if (hasMoved(change) && after.latestStatus === 'Pending') return [{ kind: 'paused', to }];
  if (before?.latestStatus === 'Pending' && after.inProgressByFoc && hasMoved(change)) {
    return [{ kind: 'resumed', to }];
  }
  return isApproved === false && after.isActive ? [{ kind: 'refused', to, request }] : [];
};

/** Who opened it is told of its end as well. */
const ofEnd = (change: Change): Told[] => {
  const { after } = change;
  if (!hasMoved(change) || after.latestStatus !== 'Closed' || isClosedByIncident(change)) return [];
  const crew = answerIn(change) ? [] : holder(after);
  const kind = after.resolution === 'Canceled' ? 'canceled' : 'closed';
  return [{ kind, to: [{ uid: after.noc.id }, ...crew] }];
};

const notesOf = (ticket: Ticket | undefined): number =>
  ticket?.ticketLogs.filter(({ cardType }) => cardType === 'Note').length ?? 0;

const ofNote = ({ before, after }: Change): Told[] =>
  notesOf(after) > notesOf(before)
    ? [{ kind: 'noteAdded', to: [{ uid: after.noc.id }, ...holder(after)] }]
    : [];

/** While nobody has a ticket of an incident, the incident is what NOC goes by. */
const isOfIncident = ({ incident, foc }: Ticket): boolean => incident !== null && foc === null;

const ofPromise = ({ before, after }: Change): Told[] => {
  if (!before || before.isDraft || !after.isActive || isOfIncident(after)) return [];
  const to = [...everyone(['NOC', 'FOCSupervisor'], after), ...holder(after)];
  const isBreached = before.slaType !== 'OverSla' && after.slaType === 'OverSla';
  return [
    ...(!before.isDueSoon && after.isDueSoon ? [{ kind: 'dueSoon', to } as const] : []),
    ...(isBreached ? [{ kind: 'breached', to } as const] : []),
  ];
};

/** Everybody whose turn has come since; several at once if the clock is late. */
const ofEscalation = (change: Change): Told[] => {
  const { before, after } = change;
  const { latestStatus: status, escalatedTo, escalation } = after;
  if (!escalatedTo || !escalation || isOfIncident(after)) return [];
  if (status !== 'Open' && status !== 'Accepted') return [];
  const isStill = !hasMoved(change) && !isHandedOver(change) && before?.escalatedTo;
  const told = isStill ? ESCALATED_TO.indexOf(isStill) : -1;
  const roles = ESCALATED_TO.slice(told + 1, ESCALATED_TO.indexOf(escalatedTo) + 1).filter(
    (role) => escalation[status][role] !== null,
  );
  const isHeld = status === 'Accepted';
  const to = roles.flatMap((role) =>
    isHeld && role === 'FOC' ? holder(after) : everyone([role], after),
  );
  return to.length === 0 ? [] : [{ kind: isHeld ? 'notStarted' : 'notAccepted', to }];
};

const MINUTE = 60_000;

const valuesOf = ({ before, after }: Change, request: Request | null): NoticeValues => {
  const left = after.slaDueAt ? after.slaDueAt.getTime() - after.updatedAt.getTime() : 0;
  return {
    ticketId: after.ticketId,
    client: after.client.name,
    area: after.client.city?.name ?? '',
    foc: (after.foc ?? before?.foc)?.name ?? '',
    request: request ?? '',
    minutes: left > 0 ? `${Math.ceil(left / MINUTE)}` : '',
  };
};

/** What a change of a ticket means for whom. Each kind is there at most once. */
export const noticesOf = (
  before: Ticket | undefined,
  after: Ticket | undefined,
): readonly TicketNotice[] => {
  if (after === undefined || after.isDraft) return [];
  const change = { before, after };
  return [ofOffer, ofHandover, ofRequest, ofHolder, ofEnd, ofNote, ofEscalation, ofPromise]
    .flatMap((of) => of(change))
    .map(({ request = null, ...told }) => ({ ...told, values: valuesOf(change, request) }));
};
