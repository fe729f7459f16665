import { z } from 'zod';
import { INCIDENT_STATUSES, NETWORK_PARTS, TICKETS_AT_CLOSE } from './vocabulary.ts';
import type { DateSchema } from '../log/log-card-schemas.ts';
import { timeInput } from '../moment-input.ts';
import { createTicketBody, optional } from '../request-schemas.ts';
import { personSchema } from '../schemas.ts';
import { NETWORK_SEGMENTS, REGIONS } from '../vocabulary.ts';

const text = z.string().nullable();
const count = z.int().nonnegative();

/** Who did something, as they were called then. */
const who = z.object({ id: z.string(), name: z.string() });

/** A part of the network; `name` follows the master data until the incident is closed. */
export const partSchema = z.object({
  kind: z.enum(NETWORK_PARTS),
  id: z.string(),
  name: z.string(),
});
export type Part = z.output<typeof partSchema>;

const ticket = createTicketBody.shape;

/** What the tickets that an incident opens have in common. */
const commonRequest = z.object({
  type: ticket.type,
  source: ticket.source,
  networkSegment: ticket.networkSegment,
  indicationCategory: ticket.indicationCategory,
  indication: text,
  action: text,
  remark: text,
});

/** The work of opening tickets for all clients of a part, in the order of the clients' ids. */
const openingOf = <D extends DateSchema>(date: D) =>
  z.object({
    part: partSchema,
    at: date,
    /** How many clients the part had, and what became of those that were reached so far. */
    clients: count,
    opened: count,
    /** They had an open ticket of this incident already. */
    skipped: count,
    /** Their records could not be read: how many, and the first of them. */
    unreadable: z.object({ count, clients: z.array(z.string()) }),
    endedAt: z.nullable(date),
  });

const opening = openingOf(z.date()).extend({
  by: personSchema,
  request: commonRequest,
  /** The client that was reached last. */
  after: text,
});
export type Opening = z.output<typeof opening>;

const closingOf = <D extends DateSchema>(date: D) =>
  z.object({ at: date, remark: z.string(), tickets: z.enum(TICKETS_AT_CLOSE) });

const incidentOf = <D extends DateSchema>(date: D) =>
  z.object({
    id: z.string(),
    incidentId: z.string(),
    region: z.enum(REGIONS),
    title: z.string(),
    networkSegment: z.enum(NETWORK_SEGMENTS).nullable(),
    part: partSchema.nullable(),
    remark: text,
    status: z.enum(INCIDENT_STATUSES),
    isActive: z.boolean(),
    expectedEndAt: z.nullable(date),
    openedBy: who,
    /** Its tickets by whether they are closed; a trigger counts them. */
    tickets: z.object({ total: count, open: count, closed: count }),
    notes: z.array(z.object({ at: date, by: who, remark: z.string(), mediaUrl: text })),
    createdAt: date,
    updatedAt: date,
    closedAt: z.nullable(date),
  });

/** The document `incidents/{id}`. */
export const incidentSchema = incidentOf(z.date()).extend({
  opening: opening.nullable(),
  closing: closingOf(z.date()).extend({ by: personSchema }).nullable(),
  /** Tickets are being opened or closed: the clock goes on with it. */
  hasWork: z.boolean(),
  keywords: z.array(z.string()),
  changeIds: z.array(z.string()),
});
export type Incident = z.output<typeof incidentSchema>;

/** What a ticket knows of its incident. */
export type IncidentRef = Pick<Incident, 'id' | 'title'>;

/** An incident as HTTP sends it. */
export const incidentWireSchema = incidentOf(z.iso.datetime())
  .extend({
    opening: openingOf(z.iso.datetime()).nullable(),
    closing: closingOf(z.iso.datetime()).extend({ by: who }).nullable(),
  })
  .meta({ id: 'Incident' });

/** The same in lists, without its notes. */
export const incidentRowSchema = incidentWireSchema.omit({ notes: true }).meta({
  id: 'IncidentRow',
});

const id = z.string().regex(/^[\w-]{1,128}$/, 'Send the id of a document.');
const title = z.string().trim().min(1).max(200);
const remark = z.string().max(2000);
const partInput = z.strictObject({ kind: z.enum(NETWORK_PARTS), id });

/** `POST /v1/incidents`. */
export const createIncidentBody = z
  .strictObject({
    title,
    region: optional(z.enum(REGIONS)),
    networkSegment: optional(z.enum(NETWORK_SEGMENTS)),
    part: partInput.optional(),
    expectedEndAt: optional(timeInput),
    remark: optional(remark),
  })
  .refine(({ networkSegment, part }) => networkSegment !== undefined || part !== undefined, {
    path: ['networkSegment'],
    error: 'Send the segment or the part of the network that is down.',
  });

/** `PUT /v1/incidents/:id`: what is left out does not change, null empties a value. */
export const updateIncidentBody = z.strictObject({
  title: title.optional(),
  expectedEndAt: optional(timeInput.nullable()),
  remark: optional(remark.nullable()),
});

const MOST_LINKED = 100;

/** `POST /v1/incidents/:id/tickets`. */
export const linkBody = z.strictObject({ ticketIds: z.array(id).min(1).max(MOST_LINKED) });

/** `POST /v1/incidents/:id/open-tickets`. */
export const openTicketsBody = z.strictObject({
  part: partInput.optional().meta({ description: "the incident's own, unless it is given" }),
  type: ticket.type,
  source: ticket.source,
  networkSegment: optional(ticket.networkSegment).meta({
    description: "the incident's own, unless it is given; else Access",
  }),
  indicationCategory: ticket.indicationCategory,
  indication: ticket.indication,
  action: ticket.action,
  remark: ticket.remark,
});

/** `POST /v1/incidents/:id/close`. */
export const closeIncidentBody = z.strictObject({
  remark: remark.trim().min(1).meta({ description: 'how the fault was repaired' }),
  tickets: z.enum(TICKETS_AT_CLOSE),
});
