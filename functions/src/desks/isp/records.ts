import { collection } from '../../kernel/store/document.ts';
import { counterOf as counterOfDesk } from '../../kernel/store/numbered.ts';
import { BY_ID, type QueryShape } from '../../kernel/store/query-shape.ts';
import type { Store } from '../../kernel/store/store.ts';
import {
  replySchema,
  subscriberSchema,
  threadSchema,
  type Ticket,
  ticketSchema,
} from './domain/schemas.ts';
import { MOST_REPLIES } from './domain/vocabulary.ts';

/** The desk's collections, each read back through its schema; document ids are the numbers. */
export const tickets = collection('ispTickets', ticketSchema);
export const threads = collection('ispThreads', threadSchema);
export const replies = collection('ispReplies', replySchema);
export const subscribers = collection('ispSubscribers', subscriberSchema);

/** `counters/isp-ticket` and the like: one row of numbers for all ISPs, without gaps. */
export const counterOf = (kind: 'ticket' | 'reply' | 'subscriber') => counterOfDesk('isp', kind);

export const TICKETS_OF_BRANCH = {
  name: 'tickets of an ISP’s branch, newest first',
  collection: tickets.name,
  equal: ['ispId', 'branchId'],
  optional: ['status', 'priority'],
  orderBy: [{ field: 'createdAt', direction: 'desc' }],
} as const satisfies QueryShape;

export const TICKETS_OF_SUBSCRIBER = {
  name: 'tickets of a subscriber',
  collection: tickets.name,
  equal: ['ispId', 'subscriberId'],
  orderBy: [BY_ID],
} as const satisfies QueryShape;

export const REPLIES_OF_TICKET = {
  name: 'replies to a ticket',
  collection: replies.name,
  equal: ['ispId', 'ticketId'],
} as const satisfies QueryShape;

export const SUBSCRIBERS_OF_BRANCH = {
  name: 'subscribers of an ISP’s branch by name',
  collection: subscribers.name,
  equal: ['ispId', 'branchId'],
  orderBy: [{ field: 'name', direction: 'asc' }],
} as const satisfies QueryShape;

/** All replies to a ticket, oldest first; their number is bounded. */
export const findReplies = async (store: Store, { id, ispId }: Ticket) => {
  const found = await store.find(replies.doc, {
    anyOf: [{ shape: REPLIES_OF_TICKET, equal: { ispId, ticketId: id } }],
    limit: 2 * MOST_REPLIES,
  });
  return found.toSorted((one, other) => one.data.id - other.data.id);
};
