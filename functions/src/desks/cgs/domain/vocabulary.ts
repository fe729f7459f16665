/** The words of the CGS desk: the contract's enums, their groups, and every refusal. */

export const ROLES = ['SuperAdmin', 'NOC', 'FOC', 'FOCSupervisor'] as const;
export type Role = (typeof ROLES)[number];
export const OFFICERS = ['SuperAdmin', 'NOC'] as const satisfies readonly Role[];
export const CREW = ['FOC', 'FOCSupervisor'] as const satisfies readonly Role[];

export const TICKET_STATUSES = [
  'Open',
  'Draft',
  'Accepted',
  'OnTheWay',
  'CheckedIn',
  'OnGoing',
  'Closed',
  'Canceled',
  'Pending',
] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** Tasks that need no validation. */
export const PLAIN_TASKS = ['Checking', 'PullingCable', 'Jointing', 'Tidying'] as const;
export type PlainTask = (typeof PLAIN_TASKS)[number];
export const TASK_STATUSES = [...PLAIN_TASKS, 'LinkChecking', 'Finishing'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const TICKET_TYPES = ['Trouble', 'Maintenance'] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

export const TICKET_SOURCES = ['Whatsapp', 'Telegram', 'Email', 'Phone', 'DeviceLog'] as const;

export const REGIONS = ['West', 'Central', 'East'] as const;
export type Region = (typeof REGIONS)[number];

export const INDICATION_CATEGORIES = ['FiberCut', 'Bending', 'Device', 'Electricity'] as const;

export const CLIENT_STATUSES = ['Active', 'Deactive', 'Dismantle'] as const;

export const CUSTOMER_TYPES = ['Dedicated', 'Broadband'] as const;
export type CustomerType = (typeof CUSTOMER_TYPES)[number];

export const NETWORK_SEGMENTS = ['Access', 'Fishbone', 'Backbone'] as const;

export const SERVICE_TYPES = ['Interconnection', 'FTTX'] as const;

export const BANDWIDTH_UNITS = ['Gbps', 'Mbps'] as const;

export type CardType =
  | 'SimpleStatus'
  | 'RequestValidationAction'
  | 'RequestValidationDone'
  | 'FinishingAction'
  | 'ReassignAction'
  | 'Note';

export const SLA_TYPES = ['UnderSla', 'OverSla', 'NonSla'] as const;
export type SlaType = (typeof SLA_TYPES)[number];

export const RESOLUTIONS = ['Finished', 'Canceled'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** The statuses in which a ticket has a FOC at work. */
export const IN_PROGRESS = ['Accepted', 'OnTheWay', 'CheckedIn', 'OnGoing', 'Pending'] as const;
/** The statuses that a pending may interrupt and that a resume returns to. */
export const WORKING = ['Accepted', 'OnTheWay', 'CheckedIn', 'OnGoing'] as const;
export type WorkingStatus = (typeof WORKING)[number];

/** The statuses of log cards, grouped by the fields that the contract requires. */
export const BARE_STATUSES = ['Open', 'Draft', 'Accepted', 'OnTheWay', 'OnGoing'] as const;
export type BareStatus = (typeof BARE_STATUSES)[number];
export const EVIDENCE_STATUSES = ['CheckedIn', 'Closed', 'Finishing', 'LinkChecking'] as const;
export type EvidenceStatus = (typeof EVIDENCE_STATUSES)[number];
/** What reaches a status, and a note, which reaches none. */
export type CardStatus = TicketStatus | TaskStatus | 'Note';

/** What a crew may ask NOC for; Reassign is the request to be replaced. */
export const REQUESTS = [
  'CheckedIn',
  'LinkChecking',
  'Finishing',
  'Pending',
  'Canceled',
  'Reassign',
] as const;
export type Request = (typeof REQUESTS)[number];

/** Who is told, in this order, that nobody accepts or starts a ticket. */
export const ESCALATED_TO = ['FOC', 'FOCSupervisor', 'NOC'] as const satisfies readonly Role[];
export type EscalatedTo = (typeof ESCALATED_TO)[number];

export const DEFAULT_PENDING_CATEGORIES = ['Weather', 'Access', 'Material', 'Customer', 'Other'];
export const DEFAULT_CANCEL_CATEGORIES = ['Duplicate', 'CustomerRequest', 'Resolved', 'Other'];

/** As `Date.getUTCDay` numbers them. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** The policy until a SuperAdmin edits it: minutes by customer type and ticket type, around the
 * clock in every region. */
export const DEFAULT_SLA_POLICY = {
  Dedicated: { Trouble: 240, Maintenance: 480 },
  Broadband: { Trouble: 1440, Maintenance: 2880 },
  calendars: { West: null, Central: null, East: null },
} as const satisfies Record<CustomerType, Record<TicketType, number>> & {
  calendars: Record<Region, null>;
};

/** The policy until a SuperAdmin edits it, in minutes; null is off. */
export const DEFAULT_ESCALATION_POLICY = {
  dueSoon: 30,
  Open: { FOC: null, FOCSupervisor: null, NOC: null },
  Accepted: { FOC: null, FOCSupervisor: null, NOC: null },
  release: null,
} as const;

/** Every refusal of a ticket's commands: the HTTP status, and what the caller can do about it. */
export const REFUSALS = {
  'ticket/forbidden': { status: 403, message: 'Your role may not do this to a ticket.' },
  'ticket/not-found': { status: 404, message: 'No such ticket. Check the id.' },
  'ticket/not-yours': { status: 403, message: 'Only the FOC who holds this ticket may do this.' },
  'ticket/forbidden-region': { status: 403, message: 'Choose your own region.' },
  'ticket/region-required': { status: 400, message: 'Send the region of this ticket.' },
  'ticket/closed': { status: 409, message: 'This ticket is closed. Open a new one.' },
  'ticket/not-open': { status: 409, message: 'This ticket is no longer open. Choose another.' },
  'ticket/already-accepted': {
    status: 409,
    message: 'This ticket is taken already. Choose another.',
  },
  'ticket/awaiting-validation': {
    status: 409,
    message: 'A request waits for NOC. Try again when it is answered.',
  },
  'ticket/wrong-status': {
    status: 409,
    message: 'The ticket is not in a status that allows this. Reload it.',
  },
  'ticket/not-draft': { status: 409, message: 'This can be changed only while it is a draft.' },
  'ticket/in-progress': {
    status: 409,
    message: 'This can be changed only until somebody accepts the ticket.',
  },
  'ticket/link-check-needed': {
    status: 409,
    message: 'Have a link check approved first: it must be the latest task.',
  },
  'ticket/already-assigned': { status: 409, message: 'This FOC has the ticket. Choose another.' },
  'ticket/assignee-invalid': {
    status: 400,
    message: 'Choose an active FOC or FOCSupervisor of the region of the ticket.',
  },
  'ticket/assign-to-approve': {
    status: 409,
    message: 'Approve a request to be replaced by assigning another FOC.',
  },
  'ticket/not-due': { status: 409, message: 'The timer of this ticket has not run out.' },
  'ticket/of-another-region': {
    status: 409,
    message: 'This ticket is of another region than the incident.',
  },
  'ticket/in-incident': {
    status: 409,
    message: 'This ticket is of an incident. Take it out of that one first.',
  },
  'ticket/client-in-incident': {
    status: 409,
    message:
      'This client has an open ticket of the incident, which the details name. Cancel one of the two as a duplicate.',
  },
  'ticket/log-full': {
    status: 409,
    message: 'The log of this ticket is full. Have NOC end it and open a new one.',
  },
  'ticket/notes-full': {
    status: 409,
    message: 'This ticket takes no more notes: the rest of its log is for the work.',
  },
  'ticket/bulk-full': {
    status: 409,
    message: 'The tickets before this one fill the request. Send this one in another.',
  },
  'category/unknown': { status: 400, message: 'Choose one of the allowed categories.' },
  'evidence/not-found': { status: 404, message: 'No such request. Check the evidence id.' },
  'evidence/settled': { status: 409, message: 'This request is answered already.' },
  'client/not-found': { status: 400, message: 'No such client. Choose another.' },
  'client/other-region': {
    status: 400,
    message: 'This client is of another region. Cancel the ticket and open one there.',
  },
  'area/not-found': { status: 400, message: 'No such area in this region. Choose another.' },
} as const satisfies Record<string, { status: number; message: string }>;
export type Refusal = keyof typeof REFUSALS;
