import { z } from 'zod';
import { uploadIn } from '../../../kernel/media-path.ts';
import { statusLogSchema } from '../../../kernel/status-log.ts';
import { CATEGORIES, LONGEST, MOST_ATTACHMENTS, STATUSES } from './vocabulary.ts';

/** The id of a person: that of their Firebase account, usually a UUID. */
export const personIdSchema = z.string().min(1).max(128);

export const statusSchema = z.enum(STATUSES);
export const categorySchema = z.enum(CATEGORIES);

// ---- Documents -------------------------------------------------------------------------------

/** A person as a ticket embeds them. */
export const contactSchema = z
  .object({
    id: personIdSchema,
    fullname: z.string(),
    phoneNumber: z.string(),
    profilePhoto: z.string().nullable(),
  })
  .meta({ id: 'Contact' });
export type Contact = z.output<typeof contactSchema>;

/** Who did something, by the name that they had then. */
export const authorSchema = contactSchema.pick({ id: true, fullname: true });

/** One note of a ticket: who wrote it and when. */
const noteSchema = z.object({
  text: z.string(),
  author: authorSchema,
  createdAt: z.date(),
});

/** `urbanTickets/{uuid}` */
export const ticketSchema = z.object({
  id: z.uuid(),
  /** Who opened it. */
  userId: personIdSchema,
  status: statusSchema,
  category: categorySchema,
  title: z.string(),
  description: z.string(),
  attachments: z.array(z.string()),
  assignedTo: personIdSchema.nullable(),
  /** The latest note that counts; see `noted`. */
  notes: z.string().nullable(),
  /** Every note, oldest first. */
  noteLog: z.array(noteSchema).default([]),
  /** Who moved the ticket, from what to what, and when. */
  statusLog: statusLogSchema(statusSchema, authorSchema),
  /** By which a search finds it; tickets from before there was one have none. */
  keywords: z.array(z.string()).default([]),
  createdAt: z.date(),
  updatedAt: z.date(),
  /** The people behind `userId` and `assignedTo`; kept up to date until the ticket is final. */
  user: contactSchema,
  technician: contactSchema.nullable(),
});
export type Ticket = z.output<typeof ticketSchema>;

/** At most a year. */
const hours = z.int().min(1).max(8784);

/** The hours after its opening when a ticket of an open status is overdue. */
const overdueHoursSchema = z.strictObject({ pendingHours: hours, inProgressHours: hours });
export type OverdueHours = z.output<typeof overdueHoursSchema>;

/** Those of some categories in place of the others'. */
const ownHours = z.partialRecord(categorySchema, overdueHoursSchema);

/** `settings/urban-overdue` */
export const overdueSettingSchema = z.object({
  ...overdueHoursSchema.shape,
  categories: ownHours.default({}),
  updatedAt: z.date().nullable(),
});
export type OverdueSetting = z.output<typeof overdueSettingSchema>;
export type OverdueRules = Omit<OverdueSetting, 'updatedAt'>;

// ---- Requests --------------------------------------------------------------------------------

const text = (longest: number) => z.string().trim().min(1).max(longest);

const isAttachment = (value: string): boolean =>
  uploadIn(value) !== undefined || (/^https:\/\/\S+$/.test(value) && URL.canParse(value));

const attachmentSchema = z
  .string()
  .max(LONGEST.attachment)
  .refine(isAttachment, 'Send the path of an upload, or an absolute https URL.')
  .meta({ description: 'the path of an upload, or an https URL of an accepted host' });

const details = {
  category: categorySchema,
  title: text(LONGEST.title),
  description: text(LONGEST.description),
  attachments: z.array(attachmentSchema).max(MOST_ATTACHMENTS),
  /** Null: none. */
  notes: text(LONGEST.notes).nullable(),
};

export const createTicketBody = z.strictObject({
  ...details,
  attachments: details.attachments.default([]),
  notes: details.notes.default(null),
});
export type CreateTicket = z.output<typeof createTicketBody>;

/** Omitted fields stay as they are. */
export const updateTicketBody = z.strictObject(details).partial();
export type UpdateTicket = z.output<typeof updateTicketBody>;

export const assignBody = z.strictObject({ technicianId: personIdSchema });

export const noteBody = z.strictObject({ notes: text(LONGEST.notes) });

/** Without `notes` those of the ticket stay as they are. */
export const statusBody = z.strictObject({
  status: statusSchema,
  notes: details.notes.optional(),
});
export type ChangeStatus = z.output<typeof statusBody>;

/** Omitted hours stay as they are. `categories` are all that have hours of their own from then on. */
export const overdueBody = z.strictObject({
  pendingHours: hours.exactOptional(),
  inProgressHours: hours.exactOptional(),
  categories: ownHours
    .meta({ description: 'all categories with hours of their own, in place of those before' })
    .exactOptional(),
});
