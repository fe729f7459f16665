import { z } from 'zod';
import { REGIONS, TICKET_STATUSES } from '../domain/vocabulary.ts';
import { type Ticket, ticketWireSchema, toWire } from '../domain/schemas.ts';

/** A ticket in lists and after its creation (contract, "Ticket 1" and "Ticket 2"). */
export const ticketRowSchema = z
  .object({
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    id: z.string(),
    ticketId: z.string(),
    region: z.enum(REGIONS),
    endUser: z.string(),
    lastStatus: z.enum(TICKET_STATUSES).nullable(),
    closedAt: z.iso.datetime().nullable(),
    incident: ticketWireSchema.shape.incident,
  })
  .meta({ id: 'TicketRow' });

/** The row of a ticket; `lastStatus` is the document's `latestStatus`. */
export const toRow = (
  ticket: Pick<
    Ticket,
    | 'createdAt'
    | 'updatedAt'
    | 'closedAt'
    | 'documentId'
    | 'ticketId'
    | 'region'
    | 'client'
    | 'latestStatus'
    | 'incident'
  >,
): z.output<typeof ticketRowSchema> => ({
  createdAt: ticket.createdAt.toISOString(),
  updatedAt: ticket.updatedAt.toISOString(),
  id: ticket.documentId,
  ticketId: ticket.ticketId,
  region: ticket.region,
  endUser: ticket.client.name,
  lastStatus: ticket.latestStatus,
  closedAt: ticket.closedAt?.toISOString() ?? null,
  incident: ticket.incident,
});

/** A ticket with its whole log, as the listeners see it; `id` repeats its `documentId`. */
export const ticketDetailSchema = ticketWireSchema
  .extend({ id: z.string() })
  .meta({ id: 'Ticket' });

/** A ticket on a board: all but its log, of which it shows the latest card, and its edits. */
export const boardRowSchema = ticketDetailSchema
  .omit({ ticketLogs: true, edits: true, slaCalendar: true })
  .extend({ latestLog: ticketWireSchema.shape.ticketLogs.element.nullable() })
  .meta({ id: 'TicketBoardRow' });

/** The row of a ticket on a board. */
export const toBoardRow = (ticket: Ticket): z.output<typeof boardRowSchema> => {
  const { ticketLogs, edits: _, slaCalendar: __, ...shown } = toWire(ticket);
  return { id: ticket.documentId, ...shown, latestLog: ticketLogs.at(-1) ?? null };
};
