import { z } from 'zod';
import { escalationSchema } from './clock/escalation-schemas.ts';
import { GIVEN_FIELDS } from './given-fields.ts';
import { type DateSchema, logCardOf, logCardSchema } from './log/log-card-schemas.ts';
import { slaCalendarSchema } from './clock/sla-schemas.ts';
import {
  BANDWIDTH_UNITS,
  CLIENT_STATUSES,
  CUSTOMER_TYPES,
  ESCALATED_TO,
  INDICATION_CATEGORIES,
  NETWORK_SEGMENTS,
  REGIONS,
  REQUESTS,
  RESOLUTIONS,
  ROLES,
  SERVICE_TYPES,
  SLA_TYPES,
  TASK_STATUSES,
  TICKET_SOURCES,
  TICKET_STATUSES,
  TICKET_TYPES,
  WORKING,
} from './vocabulary.ts';

export type { LogCard } from './log/log-card-schemas.ts';
export * from './clock/escalation-schemas.ts';
export * from './request-schemas.ts';
export * from './clock/sla-schemas.ts';

const region = z.enum(REGIONS);
const text = z.string().nullable();
const isoTime = z.iso.datetime().nullable();
const minutes = z.number().nonnegative();

export const areaRefSchema = z.object({
  id: z.string(),
  name: z.string(),
  region,
  initial: z.string(),
});
export type AreaRef = z.infer<typeof areaRefSchema>;

/** A person as a ticket stores them: as they were when they opened the ticket or took it. */
export const personSchema = z.object({
  id: z.string(),
  nik: z.string(),
  phoneNumber: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  region,
  profilePhoto: text,
  areas: z.array(areaRefSchema),
});
export type Person = z.infer<typeof personSchema>;

const place = z.object({ name: z.string(), coordinate: z.string() });
const splitter = place.extend({ id: z.string() });
const isp = z.object({ name: z.string(), initial: z.string(), brand: z.string() });

const clientOf = <D extends DateSchema>(date: D) =>
  z.object({
    id: z.string(),
    cid: z.string(),
    customerType: z.enum(CUSTOMER_TYPES),
    pop: place.extend({ id: z.string().optional() }).nullable(),
    name: z.string(),
    userCode: z.string(),
    isp: isp.extend({ id: z.string() }).nullable(),
    status: z.enum(CLIENT_STATUSES),
    region,
    city: areaRefSchema,
    address: z.string(),
    coordinate: z.string(),
    activeDate: z.nullable(date),
    service: z.enum(SERVICE_TYPES),
    bandwidth: z.number(),
    bandwidthUnit: z.enum(BANDWIDTH_UNITS),
    ms: splitter.nullable(),
    splitter: splitter.nullable(),
    deviceType: z.string(),
    macAddress: z.string(),
    signal: z.string(),
    vlan: z.string(),
    ipMonitoring: z.string(),
    epon: z.string(),
    remark: text,
    createdAt: date,
    updatedAt: date,
    changeIds: z.array(z.string()),
  });

/** The document `clients/{id}`. */
export const clientSchema = clientOf(z.date());
export type Client = z.infer<typeof clientSchema>;
/** The same as HTTP sends it. */
export const clientWireSchema = clientOf(z.iso.datetime()).omit({ changeIds: true });

const ticketClient = z.object({
  id: text,
  cid: text,
  name: z.string(),
  address: z.string(),
  coordinate: text,
  city: areaRefSchema.nullable(),
  customerType: z.enum(CUSTOMER_TYPES),
  pop: place.nullable(),
  ms: place.nullable(),
  splitter: place.nullable(),
  // Tickets from before it was copied have no id.
  isp: isp.extend({ id: z.string().optional() }).nullable(),
});
export type TicketClient = z.infer<typeof ticketClient>;

/** What the request said of the fault, and who works on it. */
const ticketDetails = {
  documentId: z.uuid(),
  ticketId: z.string(),
  type: z.enum(TICKET_TYPES),
  source: z.enum(TICKET_SOURCES),
  region,
  area: text,
  networkSegment: z.enum(NETWORK_SEGMENTS),
  indicationCategory: z.enum(INDICATION_CATEGORIES),
  indication: text,
  action: text,
  remark: text,
  locationRemark: text,
  contactPerson: z.array(z.object({ name: z.string(), phone: z.string() })),
  client: ticketClient,
  foc: personSchema.nullable(),
  noc: personSchema,
  /** The incident that it comes from; the title follows until the ticket is closed. */
  incident: z.object({ id: z.string(), title: z.string() }).nullable(),
};

/** Where the ticket stands, and how long each part took, in minutes. */
const ticketProgress = {
  latestStatus: z.enum(TICKET_STATUSES),
  latestTaskStatus: z.enum(TASK_STATUSES).nullable(),
  statusBeforePending: z.enum(WORKING).nullable(),
  resolution: z.enum(RESOLUTIONS).nullable(),
  pendingCategory: text,
  cancelCategory: text,
  isActive: z.boolean(),
  isDraft: z.boolean(),
  inProgressByFoc: z.boolean(),
  isLastLinkChecking: z.boolean(),
  needReassign: z.boolean(),
  needValidate: z.boolean(),
  requestCounts: z.object({
    asked: z.int().nonnegative(),
    approved: z.int().nonnegative(),
    refused: z.int().nonnegative(),
  }),
  waitingFor: z.enum(REQUESTS).nullable(),
  firstAcceptedTime: isoTime,
  acceptedTime: isoTime,
  departureTime: isoTime,
  checkInTime: isoTime,
  onGoingTime: isoTime,
  firstAcceptedDuration: minutes.nullable(),
  acceptedDuration: minutes.nullable(),
  onTheWayDuration: minutes.nullable(),
  workDuration: minutes.nullable(),
  totalPendingDuration: minutes,
  totalTime: minutes.nullable(),
};

/** One edit of a ticket (`PUT /v1/tickets/:id`): when, by whom, and each changed field as text. */
const ticketEditOf = <D extends DateSchema>(date: D) =>
  z.object({
    at: date,
    by: z.object({ id: z.string(), name: z.string() }),
    changes: z.array(z.object({ field: z.string(), from: text, to: text })),
  });
const ticketEdit = ticketEditOf(z.date());
export type TicketEdit = z.infer<typeof ticketEdit>;

const ticketOf = <D extends DateSchema, C extends z.ZodType>(date: D, card: C) =>
  z.object({
    ...ticketDetails,
    ...ticketProgress,
    createdAt: date,
    updatedAt: date,
    publishedAt: z.nullable(date),
    closedAt: z.nullable(date),
    sla: z.int().nonnegative(),
    slaType: z.enum(SLA_TYPES),
    slaDueAt: z.nullable(date),
    slaCalendar: slaCalendarSchema.nullable(),
    slaVersion: z.int().nullable(),
    /** Whether the SLA is due within the minutes of the policy. */
    isDueSoon: z.boolean(),
    /** The role that was told last that nobody accepts or starts the ticket. */
    escalatedTo: z.enum(ESCALATED_TO).nullable(),
    /** When the clock puts an accepted ticket that nobody starts back to Open. */
    releaseAt: z.nullable(date),
    nextTimerAt: z.nullable(date),
    keywords: z.array(z.string()),
    changeIds: z.array(z.string()),
    ticketLogs: z.array(card),
    edits: z.array(ticketEditOf(date)),
  });

/** The document `tickets/{id}`: the contract's `Ticket` and this desk's further fields. */
export const ticketSchema = ticketOf(z.date(), logCardSchema).extend({
  // Tickets from before these fields existed have none.
  incident: ticketDetails.incident.default(null),
  pendingCategory: text.default(null),
  cancelCategory: text.default(null),
  requestCounts: ticketProgress.requestCounts.default({ asked: 0, approved: 0, refused: 0 }),
  closedAt: z.date().nullable().default(null),
  edits: z.array(ticketEdit).default([]),
  waitingFor: ticketProgress.waitingFor.default(null),
  firstAcceptedTime: isoTime.default(null),
  firstAcceptedDuration: minutes.nullable().default(null),
  slaCalendar: slaCalendarSchema.nullable().default(null),
  slaVersion: z.int().nullable().default(null),
  isDueSoon: z.boolean().default(false),
  escalatedTo: z.enum(ESCALATED_TO).nullable().default(null),
  releaseAt: z.date().nullable().default(null),
  escalation: escalationSchema.nullable().default(null),
  escalationVersion: z.int().nullable().default(null),
  /** What requests said of the client: it stays when the client changes. */
  given: z.array(z.enum(GIVEN_FIELDS)).default([]),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** A ticket as HTTP sends it: dates are ISO strings, internal fields are left out. */
export const ticketWireSchema = ticketOf(z.iso.datetime(), logCardOf(z.iso.datetime())).omit({
  keywords: true,
  changeIds: true,
  slaVersion: true,
});
export type TicketWire = z.infer<typeof ticketWireSchema>;

/** Writes a ticket for HTTP. */
export const toWire = ({
  keywords: _,
  changeIds: __,
  slaVersion: ___,
  given: ____,
  escalation: _____,
  escalationVersion: ______,
  ...ticket
}: Ticket): TicketWire => ({
  ...ticket,
  createdAt: ticket.createdAt.toISOString(),
  updatedAt: ticket.updatedAt.toISOString(),
  publishedAt: ticket.publishedAt?.toISOString() ?? null,
  closedAt: ticket.closedAt?.toISOString() ?? null,
  slaDueAt: ticket.slaDueAt?.toISOString() ?? null,
  releaseAt: ticket.releaseAt?.toISOString() ?? null,
  nextTimerAt: ticket.nextTimerAt?.toISOString() ?? null,
  edits: ticket.edits.map(({ at, ...edit }) => ({ ...edit, at: at.toISOString() })),
  ticketLogs: ticket.ticketLogs.map((card) => ({
    ...card,
    timestamp: card.timestamp.toISOString(),
  })),
});
