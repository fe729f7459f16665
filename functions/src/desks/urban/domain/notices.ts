import type { Ticket } from './schemas.ts';

/** What people are told of a ticket. */
export const NOTICE_KINDS = [
  'created',
  'assigned',
  'takenOver',
  'statusChanged',
  'noteAdded',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One person, or everybody who may assign tickets. */
export type Recipient = { readonly uid: string } | 'writers';

/** What is told of a ticket; empty where there is none. */
export type NoticeValues = {
  readonly title: string;
  readonly status: string;
  /** The technician's name. */
  readonly technician: string;
};

/** A change that somebody is told of. */
export type TicketNotice = {
  readonly kind: NoticeKind;
  readonly to: readonly Recipient[];
  readonly values: NoticeValues;
};

type Told = Omit<TicketNotice, 'values'>;

const ofAssignment = (before: Ticket, { assignedTo: now }: Ticket): Told[] => {
  const known = before.assignedTo;
  if (known === now) return [];
  return [
    ...(now === null ? [] : [{ kind: 'assigned', to: [{ uid: now }] } as const]),
    ...(known === null ? [] : [{ kind: 'takenOver', to: [{ uid: known }] } as const]),
  ];
};

/** The owner and the technician are told of a move, or of a note without one. A technician who was
 * just assigned knows of the move by that. */
const ofProgress = (before: Ticket, after: Ticket): Told[] => {
  const { userId, assignedTo } = after;
  const isKept = assignedTo !== null && before.assignedTo === assignedTo;
  const uids = new Set([userId, ...(isKept ? [assignedTo] : [])]);
  const to = [...uids].map((uid) => ({ uid }));
  if (before.status !== after.status) return [{ kind: 'statusChanged', to }];
  return after.noteLog.length > before.noteLog.length ? [{ kind: 'noteAdded', to }] : [];
};

const told = (before: Ticket | undefined, after: Ticket): Told[] =>
  before === undefined
    ? [{ kind: 'created', to: ['writers'] }]
    : [...ofAssignment(before, after), ...ofProgress(before, after)];

/** What a change of a ticket means for whom. Each kind is there at most once. */
export const noticesOf = (
  before: Ticket | undefined,
  after: Ticket | undefined,
): readonly TicketNotice[] => {
  if (after === undefined) return [];
  const { title, status, technician } = after;
  const values = { title, status, technician: technician?.fullname ?? '' };
  return told(before, after).map((each) => ({ ...each, values }));
};
