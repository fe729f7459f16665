import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';

/** The contract's types in a Firestore document. */
const IS = {
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value: unknown) => typeof value === 'boolean',
  date: (value: unknown) => value instanceof Timestamp,
  isoTime: (value: unknown) => typeof value === 'string' && new Date(value).toISOString() === value,
  list: Array.isArray,
  map: (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype,
  null: (value: unknown) => value === null,
} as const satisfies Record<string, (value: unknown) => boolean>;

type Kind = keyof typeof IS;
export type Fields = Readonly<Record<string, readonly Kind[]>>;

/** The contract's `Ticket`; unknown values are null. */
export const TICKET = {
  acceptedDuration: ['number', 'null'],
  acceptedTime: ['isoTime', 'null'],
  action: ['string', 'null'],
  checkInTime: ['isoTime', 'null'],
  createdAt: ['date'],
  departureTime: ['isoTime', 'null'],
  documentId: ['string'],
  indication: ['string', 'null'],
  indicationCategory: ['string'],
  inProgressByFoc: ['boolean'],
  isDraft: ['boolean'],
  isLastLinkChecking: ['boolean'],
  latestStatus: ['string'],
  locationRemark: ['string', 'null'],
  needReassign: ['boolean'],
  needValidate: ['boolean'],
  networkSegment: ['string'],
  onGoingTime: ['isoTime', 'null'],
  onTheWayDuration: ['number', 'null'],
  publishedAt: ['date', 'null'],
  region: ['string'],
  remark: ['string', 'null'],
  sla: ['integer'],
  slaType: ['string'],
  source: ['string'],
  ticketId: ['string'],
  totalPendingDuration: ['number'],
  totalTime: ['number', 'null'],
  type: ['string'],
  updatedAt: ['date'],
  workDuration: ['number', 'null'],
  contactPerson: ['list'],
  foc: ['map', 'null'],
  noc: ['map'],
  client: ['map'],
  ticketLogs: ['list'],
} as const satisfies Fields;

/** The same for a ticket that was worked on until it was finished. */
export const CLOSED_TICKET = {
  ...TICKET,
  acceptedDuration: ['number'],
  acceptedTime: ['isoTime'],
  checkInTime: ['isoTime'],
  departureTime: ['isoTime'],
  onGoingTime: ['isoTime'],
  onTheWayDuration: ['number'],
  publishedAt: ['date'],
  totalTime: ['number'],
  workDuration: ['number'],
  foc: ['map'],
} as const satisfies Fields;

export const PERSON = {
  id: ['string'],
  nik: ['string'],
  phoneNumber: ['string'],
  email: ['string'],
  name: ['string'],
  role: ['string'],
  region: ['string'],
  profilePhoto: ['string', 'null'],
  areas: ['list'],
} as const satisfies Fields;

export const CLIENT = {
  id: ['string', 'null'],
  cid: ['string', 'null'],
  name: ['string'],
  address: ['string'],
  coordinate: ['string', 'null'],
  city: ['map', 'null'],
  customerType: ['string'],
  pop: ['map', 'null'],
  ms: ['map', 'null'],
  splitter: ['map', 'null'],
  isp: ['map', 'null'],
} as const satisfies Fields;

const CARD = {
  cardType: ['string'],
  timestamp: ['date'],
  bubbleOption: ['map'],
  title: ['string'],
  description: ['string'],
  statusName: ['string'],
  data: ['map'],
  needApproval: ['boolean'],
} as const satisfies Fields;

const SENT = {
  evidenceId: ['string'],
  remark: ['string', 'null'],
  locationCoordinate: ['string', 'null'],
  mediaUrl: ['string', 'null'],
} as const satisfies Fields;

const JUDGED = {
  ...SENT,
  isApproved: ['boolean', 'null'],
  approvalRemark: ['string', 'null'],
} as const satisfies Fields;

const PENDING = {
  ...JUDGED,
  pendingInterval: ['integer'],
  pendingCategory: ['string'],
  isResumed: ['boolean'],
} as const satisfies Fields;

/** "TicketLogs": the fields that must exist, by `statusName`. */
const BY_STATUS: Readonly<Record<string, Fields>> = {
  CheckedIn: JUDGED,
  Closed: JUDGED,
  Canceled: { ...JUDGED, cancelCategory: ['string'] },
  Finishing: JUDGED,
  LinkChecking: JUDGED,
  Checking: SENT,
  PullingCable: SENT,
  Jointing: SENT,
  Tidying: SENT,
  Pending: PENDING,
  Open: {},
  Draft: {},
  Accepted: {},
  OnTheWay: {},
  OnGoing: {},
};

/** The fields that a log card must have. */
export const cardFields = (cardType: string, statusName: string): Fields => ({
  ...CARD,
  ...BY_STATUS[statusName],
  ...(cardType === 'SimpleStatus' ? {} : { descriptionFields: ['list'] }),
  ...(cardType === 'ReassignAction' ? { ...JUDGED, focBeforeReassigned: ['map'] } : {}),
});

/** Checks a map of a document against the types of its fields; more fields may be there. */
export const expectFields = (value: unknown, fields: Fields, name: string): void => {
  expect(IS.map(value), name).to.equal(true);
  for (const [field, kinds] of Object.entries(fields)) {
    const found: unknown = Object.entries(Object(value)).find(([key]) => key === field)?.[1];
    const isRight = kinds.some((kind) => IS[kind](found));
    expect(
      isRight,
      `${name}.${field} is ${JSON.stringify(found)}, not ${kinds.join(' or ')}`,
    ).to.equal(true);
  }
};
