import { z } from 'zod';
import { collection } from '../../kernel/store/collection.ts';
import { counterOf as counterOfDesk } from '../../kernel/store/numbered.ts';
import { BY_ID } from '../../kernel/store/query.ts';
import type { Store } from '../../kernel/store/store.ts';
import {
  replySchema,
  subscriberSchema,
  threadSchema,
  type Ticket,
  ticketSchema,
} from './domain/schemas.ts';
import { MOST_REPLIES } from './domain/vocabulary.ts';

/** The lists of a branch, newest first. */
const OF_BRANCH = {
  equal: ['ispId', 'branchId'],
  optional: ['status', 'priority', 'subscriberId'],
  arrayContains: 'keywords',
  range: 'createdAt',
  orderBy: '-createdAt',
} as const;

const ROW = [
  'id',
  'branchId',
  'title',
  'subscriberId',
  'subscriberBranchId',
  'subscriberName',
  'priority',
  'status',
  'createdAt',
] as const;

/** The desk's collections. The id of a document is its number. */
export const tickets = collection('ispTickets', ticketSchema, {
  unindexed: ['title', 'description', 'subscriberName', 'statusLog'],
  queries: {
    ofBranch: { ...OF_BRANCH, select: ROW },
    /** The same with whole tickets, for exports. */
    wholeOfBranch: OF_BRANCH,
    /** The tickets of a subscriber, newest first. */
    forSubscriber: {
      equal: ['ispId', 'subscriberId'],
      optional: ['status', 'priority'],
      range: 'createdAt',
      orderBy: '-createdAt',
      select: ROW,
    },
    /** The tickets that name a subscriber. */
    ofSubscriber: { equal: ['ispId', 'subscriberId'], orderBy: BY_ID },
  },
});
export const threads = collection('ispThreads', threadSchema);
export const replies = collection('ispReplies', replySchema, {
  unindexed: ['message', 'userName', 'title'],
  queries: { toTicket: { equal: ['ispId', 'ticketId'] } },
});
export const subscribers = collection('ispSubscribers', subscriberSchema, {
  /** By which they are searched. */
  unread: z.object({ keywords: z.array(z.string()) }),
  unindexed: ['phone', 'address'],
  queries: {
    list: { equal: ['ispId', 'branchId'], arrayContains: 'keywords', orderBy: 'name' },
  },
});

/** `counters/isp-ticket` and so on: one sequence of numbers for all ISPs, without gaps. */
export const counterOf = (kind: 'ticket' | 'reply' | 'subscriber') => counterOfDesk('isp', kind);

/** All replies to a ticket, oldest first; `MOST_REPLIES` bounds them. */
export const findReplies = async (store: Store, { id, ispId }: Ticket) => {
  const found = await store.find({
    anyOf: [replies.queries.toTicket.where({ ispId, ticketId: id })],
    limit: 2 * MOST_REPLIES,
  });
  return found.toSorted((one, other) => one.data.id - other.data.id);
};
