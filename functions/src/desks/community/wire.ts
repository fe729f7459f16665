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
    ...dates,
  })
  .meta({ id: 'Ticket' });

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
