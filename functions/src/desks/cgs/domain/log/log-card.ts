import type { Actor, Evidence } from '../command.ts';
import { CARDS } from './cards.ts';
import type { LogCard, Person } from '../schemas.ts';
import type { RequestCard } from './timeline.ts';
import type { BareStatus, CardStatus, EvidenceStatus, PlainTask } from '../vocabulary.ts';

/** Who writes a card, and the card's time. */
export type Author = { readonly actor: Actor; readonly at: Date };

type Sent = Evidence & { readonly evidenceId: string };

type PendingTerms = { readonly pendingInterval: number; readonly pendingCategory: string };

const sentFields = ({ evidenceId, remark, mediaUrl, locationCoordinate }: Sent) => ({
  evidenceId,
  remark: remark ?? null,
  mediaUrl: mediaUrl ?? null,
  locationCoordinate: locationCoordinate ?? null,
});

/** A card's status with the fields that the contract requires for it. */
export const plainEntry = (statusName: BareStatus) => ({
  statusName,
  needApproval: false as const,
});
export const taskEntry = (statusName: PlainTask, sent: Sent) => ({
  statusName,
  needApproval: false as const,
  ...sentFields(sent),
});
export const evidenceEntry = (
  statusName: EvidenceStatus,
  sent: Sent,
  isApproved: true | null,
  approvalRemark: string | null = null,
) => ({
  statusName,
  needApproval: true as const,
  isApproved,
  approvalRemark,
  ...sentFields(sent),
});
export const canceledEntry = (
  body: Sent & { readonly cancelCategory: string },
  isApproved: true | null,
) => ({
  statusName: 'Canceled' as const,
  needApproval: true as const,
  isApproved,
  approvalRemark: null,
  cancelCategory: body.cancelCategory,
  ...sentFields(body),
});
export const pendingEntry = (body: Sent & PendingTerms, isApproved: true | null) => ({
  statusName: 'Pending' as const,
  needApproval: true as const,
  isApproved,
  approvalRemark: null,
  pendingInterval: body.pendingInterval,
  pendingCategory: body.pendingCategory,
  isResumed: false,
  ...sentFields(body),
});

type WeightyEntry = ReturnType<typeof evidenceEntry | typeof canceledEntry | typeof pendingEntry>;
type Entry = WeightyEntry | ReturnType<typeof plainEntry> | ReturnType<typeof taskEntry>;

const frame = (
  { actor, at }: Author,
  entry: { statusName: CardStatus } & Partial<Sent>,
  said: string,
) => ({
  timestamp: at,
  bubbleOption:
    actor.role === 'system'
      ? { photoUrl: '', name: 'System' }
      : { photoUrl: actor.profilePhoto ?? '', name: actor.name },
  title: CARDS[entry.statusName].title,
  description: said,
  data: {
    ...(entry.mediaUrl && { mediaUrl: entry.mediaUrl }),
    ...(entry.locationCoordinate && { locationCoordinate: entry.locationCoordinate }),
  },
});

/** The rows under a card; an unknown value has none. */
const rows = (entries: Record<string, string | null | undefined>) =>
  Object.entries(entries).flatMap(([name, text]) => (text ? [{ name, text }] : []));

/** The card of a change that takes effect immediately. `reason` is its category. */
export const simpleCard = (author: Author, entry: Entry, reason?: string): LogCard => ({
  ...frame(author, entry, reason ?? `The ticket is now: ${CARDS[entry.statusName].title}.`),
  cardType: 'SimpleStatus',
  ...entry,
});

/** The card of a note, which changes nothing else. */
export const noteCard = (author: Author, sent: Sent): LogCard => {
  const entry = { statusName: 'Note' as const, needApproval: false as const, ...sentFields(sent) };
  return { ...frame(author, entry, 'Added a note.'), cardType: 'Note', ...entry };
};

/** The last card of a ticket, with the evidence of the card that closes it. */
export const closedCard = (
  author: Author,
  last: Sent & { readonly approvalRemark: string | null },
): LogCard => simpleCard(author, evidenceEntry('Closed', last, true, last.approvalRemark));

/** The card of a change that NOC has to approve. `reason` is its category. */
export const requestCard = (author: Author, entry: WeightyEntry, reason?: string): RequestCard => {
  const told = {
    ...frame(author, entry, 'Waits for validation by NOC.'),
    descriptionFields: rows({
      Category: reason,
      Minutes: entry.statusName === 'Pending' ? `${entry.pendingInterval}` : null,
      Remark: entry.remark,
    }),
  };
  return entry.statusName === 'Finishing'
    ? { ...told, ...entry, cardType: 'FinishingAction' }
    : { ...told, ...entry, cardType: 'RequestValidationAction' };
};

/** The card of a FOC's request to be replaced, or (approved) of the change to another FOC. */
export const reassignCard = (
  author: Author,
  { email, id, name, nik, region, role }: Person,
  sent: Sent,
  isApproved: true | null,
): RequestCard => {
  const entry = {
    statusName: 'Accepted' as const,
    needApproval: false as const,
    isApproved,
    approvalRemark: null,
    ...sentFields(sent),
  };
  const said = isApproved ? `Taken over from ${name}.` : 'Asks to be replaced.';
  return {
    ...frame(author, entry, said),
    descriptionFields: rows({ Before: name, Remark: entry.remark }),
    cardType: 'ReassignAction',
    focBeforeReassigned: { email, id, name, nik, region, role },
    ...entry,
  };
};

/** The card of NOC's answer, with the evidence of the request. */
export const answerCard = (
  author: Author,
  request: RequestCard,
  isApproved: boolean,
  approvalRemark: string | null,
): LogCard => {
  const { data, descriptionFields } = request;
  const by = author.actor.role === 'FOCSupervisor' ? 'the supervisor' : 'NOC';
  const told = {
    ...frame(author, request, `${isApproved ? 'Approved' : 'Refused'} by ${by}.`),
    data,
    descriptionFields: [...descriptionFields, ...rows({ Answer: approvalRemark })],
    cardType: 'RequestValidationDone' as const,
    isApproved,
    approvalRemark,
  };
  if (request.cardType !== 'ReassignAction') return { ...request, ...told };
  const { focBeforeReassigned: _, ...asked } = request;
  return { ...asked, ...told };
};

/** The log with the waiting request marked as answered. */
export const answered = (
  logs: readonly LogCard[],
  request: RequestCard,
  isApproved: boolean,
  approvalRemark: string | null,
): LogCard[] =>
  logs.map((card) => (card === request ? { ...request, isApproved, approvalRemark } : card));

/** The log with its open pending ended at `at`. The interval becomes at most the minutes since its
 * approval, rounded up ("Resume Pending"). */
export const resumed = (logs: readonly LogCard[], at: Date): LogCard[] => {
  const pending = logs.findLast((card) => card.statusName === 'Pending');
  if (!pending) return [...logs];
  const minutes = Math.ceil((at.getTime() - pending.timestamp.getTime()) / 60_000);
  return logs.map((card) =>
    card.statusName === 'Pending' && card.evidenceId === pending.evidenceId
      ? { ...card, isResumed: true, pendingInterval: Math.min(card.pendingInterval, minutes) }
      : card,
  );
};
