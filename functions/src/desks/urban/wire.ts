import { z } from 'zod';
import {
  authorSchema,
  categorySchema,
  contactSchema,
  personIdSchema,
  statusSchema,
  type Ticket,
} from './domain/schemas.ts';

/** A ticket in the response to an operation on it (contract, "Single Ticket Response"). */
export const ticketWireSchema = z
  .object({
    id: z.uuid(),
    userId: personIdSchema,
    status: statusSchema,
    category: categorySchema,
    title: z.string(),
    description: z.string(),
    attachments: z.array(z.string()),
    assignedTo: personIdSchema.nullable(),
    notes: z.string().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Ticket' });

/** A ticket with its people (contract, "Grouped Response"). */
export const ticketWithPeopleSchema = z
  .object({
    ...ticketWireSchema.shape,
    user: contactSchema,
    technician: contactSchema.nullable(),
  })
  .meta({ id: 'TicketWithPeople' });

/** The fields of a ticket in a list: all but its logs. */
export const LISTED = ticketWithPeopleSchema.keyof().options;
type Listed = Pick<Ticket, (typeof LISTED)[number]>;

/** A note of a ticket, with its author and time. */
export const noteWireSchema = z
  .object({
    text: z.string(),
    author: authorSchema,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Note' });

export const noteToWire = (note: Ticket['noteLog'][number]): z.input<typeof noteWireSchema> => ({
  ...note,
  createdAt: note.createdAt.toISOString(),
});

/** A change of a ticket's status; `from` is null when it was opened. */
export const statusChangeSchema = z
  .object({
    from: statusSchema.nullable(),
    to: statusSchema,
    author: authorSchema,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'StatusChange' });

export const statusChangeToWire = ({
  from,
  to,
  at,
  by: author,
}: Ticket['statusLog'][number]): z.input<typeof statusChangeSchema> => ({
  from,
  to,
  author,
  createdAt: at.toISOString(),
});

const group = z.array(ticketWithPeopleSchema);

/** All four groups, always; newest first in each. */
export const groupedSchema = z
  .object({ PENDING: group, IN_PROGRESS: group, COMPLETED: group, CANCELLED: group })
  .meta({ id: 'TicketsByStatus' });

export const toWire = ({
  user: _user,
  technician: _technician,
  createdAt,
  updatedAt,
  ...ticket
}: Listed): z.input<typeof ticketWireSchema> => ({
  ...ticket,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export const toWireWithPeople = (ticket: Listed): z.input<typeof ticketWithPeopleSchema> => ({
  ...toWire(ticket),
  user: ticket.user,
  technician: ticket.technician,
});
