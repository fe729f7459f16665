import { z } from 'zod';
import { statusLogSchema } from '../../../kernel/status-log.ts';
import { LONGEST, PRIORITIES, STATUSES } from './vocabulary.ts';

/** An id of an ISP, a branch, a staff member, or a record of this desk. */
export const idSchema = z.int().min(1);

export const statusSchema = z.literal([...STATUSES]);
export const prioritySchema = z.literal([...PRIORITIES]);

const text = (longest: number) => z.string().trim().min(1).max(longest);
const optionalText = (longest: number) => text(longest).nullish();

// ---- Documents -------------------------------------------------------------------------------

/** `ispTickets/{id}` */
export const ticketSchema = z.object({
  id: idSchema,
  ispId: idSchema,
  branchId: idSchema,
  title: z.string(),
  description: z.string(),
  subscriberId: idSchema.nullable(),
  /** Where the subscriber is; only who reaches it may know who they are. */
  subscriberBranchId: idSchema.nullable().default(null),
  /** Null also for a subscriber of another branch, whose name the ticket's readers may not know. */
  subscriberName: z.string().nullable(),
  priority: prioritySchema,
  status: statusSchema,
  /** The staff member's `userId`. */
  createdBy: idSchema,
  replyCount: z.int().nonnegative(),
  /** Who moved the ticket, from what to what, and when. */
  statusLog: statusLogSchema(statusSchema, z.object({ userId: idSchema, name: z.string() })),
  /** By which a search finds it; tickets from before there was one have none. */
  keywords: z.array(z.string()).default([]),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Ticket = z.output<typeof ticketSchema>;

/**
 * `ispThreads/{id of the ticket}`: exists exactly while the ticket takes replies. It counts
 * them, so a reply fails once the ticket is closed, and replies never wait for each other.
 */
export const threadSchema = z.object({ ticketId: idSchema });

/** `ispReplies/{id}` */
export const replySchema = z.object({
  id: idSchema,
  ticketId: idSchema,
  ispId: idSchema,
  branchId: idSchema,
  message: z.string(),
  userId: idSchema,
  /** The author's name at the time of writing. */
  userName: z.string(),
  /** Who opened the ticket, and its title at the time; unknown of replies from before they were kept. */
  openedBy: idSchema.nullable().default(null),
  title: z.string().default(''),
  createdAt: z.date(),
});
export type Reply = z.output<typeof replySchema>;

/** `ispSubscribers/{id}` */
export const subscriberSchema = z.object({
  id: idSchema,
  ispId: idSchema,
  branchId: idSchema,
  name: z.string(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Subscriber = z.output<typeof subscriberSchema>;

// ---- Requests --------------------------------------------------------------------------------

/** Where the caller acts and who they are; checked against their access. */
export const placeFields = { isp_id: idSchema, branch_id: idSchema, user_id: idSchema };
export type Place = z.output<z.ZodObject<typeof placeFields>>;

export const idParameter = z.coerce.number().int().min(1);

/** The same in a query string. */
export const placeQuery = {
  isp_id: idParameter.meta({ description: 'the ISP of the caller' }),
  branch_id: idParameter.meta({ description: 'a branch of the caller' }),
  user_id: idParameter.meta({ description: 'the caller’s own number' }),
};

export const createTicketBody = z.strictObject({
  ...placeFields,
  subscriber_id: idSchema.nullish(),
  title: text(LONGEST.title),
  description: text(LONGEST.description),
  priority: prioritySchema,
});
export type CreateTicket = z.output<typeof createTicketBody>;

/** Omitted fields stay as they are; `subscriber_id: null` removes the subscriber from the ticket. */
export const updateTicketBody = z.strictObject({
  title: text(LONGEST.title).optional(),
  description: text(LONGEST.description).optional(),
  priority: prioritySchema.optional(),
  subscriber_id: idSchema.nullish(),
});
export type UpdateTicket = z.output<typeof updateTicketBody>;

export const replyBody = z.strictObject({ ...placeFields, message: text(LONGEST.message) });
export type ReplyToTicket = z.output<typeof replyBody>;

export const statusBody = z.strictObject({ ...placeFields, status: statusSchema });
export type ChangeStatus = z.output<typeof statusBody>;

/** The details of a subscriber. A `POST` also says where the caller acts. */
export const subscriberBody = z.strictObject({
  isp_id: idSchema,
  branch_id: idSchema,
  name: text(LONGEST.name),
  phone: optionalText(LONGEST.phone),
  address: optionalText(LONGEST.address),
});

/** Omitted fields stay as they are. */
export const subscriberPatch = subscriberBody
  .omit({ isp_id: true, branch_id: true })
  .extend({ name: text(LONGEST.name).optional() });
