import { z } from 'zod';
import { statusLogSchema } from '../../../kernel/status-log.ts';
import { LONGEST, MOST_IMAGES } from './vocabulary.ts';

export const idSchema = z.int().min(1);

const dates = { createdAt: z.date(), updatedAt: z.date() };

// ---- Documents -------------------------------------------------------------------------------

/** `companies/{id}` */
export const companySchema = z.object({ id: idSchema, name: z.string(), ...dates });
export type Company = z.output<typeof companySchema>;

/** `communities/{id}` */
export const communitySchema = z.object({
  id: idSchema,
  companyId: idSchema,
  name: z.string(),
  ...dates,
});

/** `residents/{id}` */
export const residentSchema = z.object({
  id: idSchema,
  communityId: idSchema,
  /** The community's. */
  companyId: idSchema,
  name: z.string(),
  /** The id of the person's user. It is information only: access is granted in `grants/{uid}`. */
  uid: z.string().nullable(),
  ...dates,
});
export type Resident = z.output<typeof residentSchema>;

/** `categoriaTickets/{id}` */
export const categorySchema = z.object({ id: idSchema, descripcion: z.string(), ...dates });
export type Category = z.output<typeof categorySchema>;

/** `statusTickets/{id}` */
export const statusSchema = z.object({
  id: idSchema,
  codigo: z.string(),
  descripcion: z.string(),
  color: z.string(),
  ...dates,
});
export type Status = z.output<typeof statusSchema>;

/** `communityTickets/{id}` */
export const ticketSchema = z.object({
  id: idSchema,
  categoriaTicketId: idSchema,
  statusId: idSchema,
  fechaReporte: z.date(),
  contenido: z.string().nullable(),
  imageUrls: z.array(z.string()),
  communityId: idSchema,
  companyId: idSchema,
  residentId: idSchema,
  commentCount: z.int().nonnegative(),
  /** Who moved the ticket, from what to what, and when. */
  statusLog: statusLogSchema(idSchema, z.object({ uid: z.string(), name: z.string() })),
  /** By which a search finds it; tickets from before there was one have none. */
  keywords: z.array(z.string()).default([]),
  ...dates,
});
export type Ticket = z.output<typeof ticketSchema>;

/** `comentarios/{id}` */
export const commentSchema = z.object({
  id: idSchema,
  origen: z.string(),
  idOrigen: z.string(),
  /** The comment that this one replies to. */
  idComment: idSchema.nullable(),
  comentarioTexto: z.string(),
  imageUrls: z.array(z.string()),
  residentId: idSchema.nullable(),
  authorUid: z.string(),
  /** The author's name at the time of writing. */
  authorName: z.string(),
  /** The resident of the ticket that it is on; null for another origin. */
  ticketResidentId: idSchema.nullable().default(null),
  /** Null if all people of the company may read it. */
  communityId: idSchema.nullable(),
  companyId: idSchema,
  ...dates,
});
export type Comment = z.output<typeof commentSchema>;

// ---- Requests --------------------------------------------------------------------------------

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** `uploads/tickets/1/photo.jpg`: a relative path without `..` and without encoded characters. */
const IMAGE_PATH = /^(?!(?:[^/]*\/)*\.{1,2}(?:\/|$))[^\\/:?#%\s\p{C}]+(?:\/[^\\/:?#%\s\p{C}]+)*$/u;

/** Null: none. */
const imageUrls = z
  .array(
    z
      .string()
      .max(LONGEST.imageUrl)
      .regex(IMAGE_PATH, 'Send a relative path such as uploads/tickets/1/photo.jpg.'),
  )
  .max(MOST_IMAGES)
  .nullable()
  .transform((paths) => paths ?? []);

const contenido = z.string().trim().max(LONGEST.contenido).nullable();

export const createTicketBody = z.strictObject({
  categoriaTicketId: idSchema,
  contenido: contenido.default(null),
  imageUrls: imageUrls.prefault(null),
  residentId: idSchema.nullish(),
  communityId: idSchema.nullish(),
});
export type CreateTicket = z.output<typeof createTicketBody>;

/** Omitted fields stay as they are. */
export const updateTicketBody = z.strictObject({
  categoriaTicketId: idSchema.exactOptional(),
  statusId: idSchema.exactOptional(),
  contenido: contenido.exactOptional(),
  imageUrls: imageUrls.exactOptional(),
});
export type UpdateTicket = z.output<typeof updateTicketBody>;

/** The kind of thing that a comment is on, in any letter case. */
export const origenSchema = z
  .string()
  .max(LONGEST.origen)
  .regex(/^[A-Za-z][A-Za-z_-]*$/, 'Send a word such as ticket, event, post or provider.')
  .toLowerCase();

export const idOrigenSchema = z.string().min(1).max(LONGEST.idOrigen);

export const createCommentBody = z.strictObject({
  origen: origenSchema,
  idOrigen: idOrigenSchema,
  comentarioTexto: text(LONGEST.comentarioTexto),
  idComment: idSchema.nullish(),
  imageUrls: imageUrls.prefault(null),
  companyId: idSchema.nullish().meta({
    description:
      'the company whose people may read it, unless the origin is ticket; a SYSTEM_ADMIN has to send it',
  }),
});
export type CreateComment = z.output<typeof createCommentBody>;

export const updateCommentBody = z.strictObject({
  comentarioTexto: text(LONGEST.comentarioTexto).exactOptional(),
  imageUrls: imageUrls.exactOptional(),
});
export type UpdateComment = z.output<typeof updateCommentBody>;

const name = text(LONGEST.name);

export const companyBody = z.strictObject({ name });
export const communityBody = z.strictObject({ companyId: idSchema, name });
export const communityPatch = z.strictObject({ name: name.exactOptional() });

const uid = z.string().min(1).max(128).nullable();
export const residentBody = z.strictObject({
  communityId: idSchema,
  name,
  uid: uid.default(null),
});
export const residentPatch = z.strictObject({
  name: name.exactOptional(),
  uid: uid.exactOptional(),
});

export const categoryBody = z.strictObject({ descripcion: name });

const color = z
  .string()
  .regex(/^#[0-9A-Fa-f]{6}$/, 'Send a colour such as #3B82F6.')
  .toUpperCase();
export const statusBody = z.strictObject({
  codigo: z
    .string()
    .max(LONGEST.codigo)
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'Send letters, digits and _ such as EN_ESPERA.')
    .toUpperCase(),
  descripcion: name,
  color,
});
export const statusPatch = z.strictObject({
  descripcion: name.exactOptional(),
  color: color.exactOptional(),
});
