import { z } from 'zod';
import { withIsoDates } from '../../kernel/resource/kind.ts';
import { type Comment, idSchema, type Ticket } from './domain/schemas.ts';

const isoDate = z.iso.datetime();
export const dates = { createdAt: isoDate, updatedAt: isoDate };

/** A ticket as the contract names its fields, in camelCase. */
export const ticketWireSchema = z
  .object({
    id: idSchema,
    categoriaTicketId: idSchema,
    statusId: idSchema,
    fechaReporte: isoDate,
    contenido: z.string().nullable(),
    imageUrls: z.array(z.string()),
    communityId: idSchema,
    residentId: idSchema,
    commentCount: z.int().nonnegative(),
    ...dates,
  })
  .meta({ id: 'Ticket' });

/** A name is null if the record was deleted, or if the reader may not know it. */
const name = z.string().nullable();

/** A ticket as it is read: with the names beside its numbers. */
export const ticketWithNamesSchema = z
  .object({
    ...ticketWireSchema.shape,
    companyId: idSchema,
    categoriaTicketDescripcion: name,
    statusDescripcion: name,
    companyName: name,
    communityName: name,
    residentName: name.meta({ description: 'null for neighbours' }),
  })
  .meta({ id: 'TicketWithNames' });

/** A change of a ticket's status; `fromStatusId` is null when it was opened. */
export const statusChangeSchema = z
  .object({
    fromStatusId: idSchema.nullable(),
    fromStatusDescripcion: name,
    toStatusId: idSchema,
    toStatusDescripcion: name,
    authorName: z.string(),
    createdAt: isoDate,
  })
  .meta({ id: 'StatusChange' });

export const commentWireSchema = z
  .object({
    id: idSchema,
    origen: z.string(),
    idOrigen: z.string(),
    idComment: idSchema.nullable(),
    comentarioTexto: z.string(),
    imageUrls: z.array(z.string()),
    residentId: idSchema.nullable(),
    authorName: z.string(),
    communityId: idSchema.nullable(),
    companyId: idSchema,
    ...dates,
  })
  .meta({ id: 'Comment' });

export const ticketToWire = (ticket: Ticket): z.input<typeof ticketWireSchema> => ({
  ...withIsoDates(ticket),
  fechaReporte: ticket.fechaReporte.toISOString(),
});

export const commentToWire = (comment: Comment): z.input<typeof commentWireSchema> =>
  withIsoDates(comment);
