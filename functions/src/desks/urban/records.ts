import { z } from 'zod';
import { collection } from '../../kernel/store/document.ts';
import { BY_ID, type QueryShape } from '../../kernel/store/query-shape.ts';
import { ticketSchema } from './domain/schemas.ts';

export const tickets = collection('urbanTickets', ticketSchema);

/** A ticket's id in a path; what is none names nothing and answers 404. */
export const byId = z.strictObject({ id: z.uuid() });

/** One group of a list. */
export const TICKETS_OF_STATUS = {
  name: 'tickets of a status, newest first',
  collection: tickets.name,
  equal: ['status'],
  optional: ['category', 'userId', 'assignedTo'],
  inequality: 'createdAt',
  orderBy: [{ field: 'createdAt', direction: 'desc' }],
} as const satisfies QueryShape;

/** Who holds a copy of a person. */
export const TICKETS_OF_USER = {
  name: 'tickets of a status that a person opened',
  collection: tickets.name,
  equal: ['userId', 'status'],
  orderBy: [BY_ID],
} as const satisfies QueryShape;

export const TICKETS_OF_TECHNICIAN = {
  name: 'tickets of a status that are assigned to a person',
  collection: tickets.name,
  equal: ['assignedTo', 'status'],
  orderBy: [BY_ID],
} as const satisfies QueryShape;
