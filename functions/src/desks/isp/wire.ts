import { z } from 'zod';
import {
  prioritySchema,
  type Reply,
  statusSchema,
  type Subscriber,
  type Ticket,
} from './domain/schemas.ts';

/** `2024-01-15 10:30:00`, in UTC. */
export const dateText = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

const dateSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  .meta({ description: 'YYYY-MM-DD HH:mm:ss in UTC', example: '2024-01-15 10:30:00' });

/** A row of the list (contract, "Fetch All Tickets"). */
export const ticketRowSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    subscriber_id: z.int().nullable(),
    subscriber_name: z.string().nullable(),
    priority: prioritySchema,
    status: statusSchema,
    created_at: dateSchema,
  })
  .meta({ id: 'TicketRow' });

const replyWireSchema = z
  .object({
    id: z.int(),
    message: z.string(),
    user_name: z.string(),
    created_at: dateSchema,
  })
  .meta({ id: 'Reply' });

/** A ticket with its replies, oldest first (contract, "Fetch Ticket"). */
export const ticketDetailSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    description: z.string(),
    subscriber_id: z.int().nullable(),
    subscriber_name: z.string().nullable(),
    priority: prioritySchema,
    status: statusSchema,
    replies: z.array(replyWireSchema),
    created_at: dateSchema,
  })
  .meta({ id: 'Ticket' });

/** A change of a ticket's status; `from` is null when it was opened. */
export const statusChangeSchema = z
  .object({
    from: statusSchema.nullable(),
    to: statusSchema,
    user_id: z.int(),
    user_name: z.string(),
    created_at: dateSchema,
  })
  .meta({ id: 'StatusChange' });

export const subscriberWireSchema = z
  .object({
    id: z.int(),
    isp_id: z.int(),
    branch_id: z.int(),
    name: z.string(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    created_at: dateSchema,
  })
  .meta({ id: 'Subscriber' });

export const toRow = (
  ticket: Pick<
    Ticket,
    'id' | 'title' | 'subscriberId' | 'subscriberName' | 'priority' | 'status' | 'createdAt'
  >,
): z.input<typeof ticketRowSchema> => ({
  id: ticket.id,
  title: ticket.title,
  subscriber_id: ticket.subscriberId,
  subscriber_name: ticket.subscriberName,
  priority: ticket.priority,
  status: ticket.status,
  created_at: dateText(ticket.createdAt),
});

export const toDetail = (
  ticket: Ticket,
  replies: readonly Reply[],
): z.input<typeof ticketDetailSchema> => ({
  ...toRow(ticket),
  description: ticket.description,
  replies: replies.map(({ id, message, userName, createdAt }) => ({
    id,
    message,
    user_name: userName,
    created_at: dateText(createdAt),
  })),
});

export const toStatusChange = ({
  from,
  to,
  at,
  by,
}: Ticket['statusLog'][number]): z.input<typeof statusChangeSchema> => ({
  from,
  to,
  user_id: by.userId,
  user_name: by.name,
  created_at: dateText(at),
});

export const subscriberToWire = (subscriber: Subscriber): z.input<typeof subscriberWireSchema> => ({
  id: subscriber.id,
  isp_id: subscriber.ispId,
  branch_id: subscriber.branchId,
  name: subscriber.name,
  phone: subscriber.phone,
  address: subscriber.address,
  created_at: dateText(subscriber.createdAt),
});
