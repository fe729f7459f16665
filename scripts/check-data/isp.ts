import { keywordsOfTicket } from '../../functions/src/desks/isp/domain/keywords.ts';
import type { Reply, Ticket } from '../../functions/src/desks/isp/domain/schemas.ts';
import { STATUS } from '../../functions/src/desks/isp/domain/vocabulary.ts';
import { replies, subscribers, threads, tickets } from '../../functions/src/desks/isp/records.ts';
import { keywordsOf } from '../../functions/src/kernel/keywords.ts';
import { fieldOf } from '../../functions/src/kernel/store/page.ts';
import {
  checkOf,
  type DeskChecks,
  expectCopy,
  expectFields,
  expectSame,
  expectThat,
  type Fault,
  type Found,
  withArchived,
} from './check.ts';
import { countsAcross, keywordFaults, statusLogFaults } from './tickets.ts';

const subscriberCheck = checkOf(subscribers, {
  faults: ({ id, name, phone }, doc) => [
    ...expectSame('id', String(id), doc.id),
    ...keywordFaults(fieldOf(doc.data, 'keywords'), keywordsOf(name, phone)),
  ],
});

const subscriberOf = ({ subscriberId }: Ticket) =>
  subscriberId === null ? [] : [subscribers.doc(String(subscriberId))];

/** A ticket names its subscriber and their branch, and has their name if it is the same branch. */
const subscriberFaults = (ticket: Ticket, found: Found): Fault[] => {
  const { branchId, subscriberBranchId, subscriberName } = ticket;
  const [key] = subscriberOf(ticket);
  if (key === undefined) {
    const none = { subscriberBranchId: null, subscriberName: null };
    return expectFields({ subscriberBranchId, subscriberName }, none);
  }
  // Tickets from before there was a `subscriberBranchId` do not know it.
  if (subscriberBranchId === null) return [];
  return expectCopy(
    'subscriberName',
    { subscriberBranchId, subscriberName },
    key,
    (source) => ({
      subscriberBranchId: source.branchId,
      subscriberName: source.branchId === branchId ? source.name : null,
    }),
    found,
  );
};

const ticketCheck = checkOf(tickets, {
  refers: (ticket) => [
    threads.doc(String(ticket.id)),
    ...subscriberOf(ticket).flatMap(withArchived),
  ],
  faults: (ticket, doc, found) => {
    const hasThread = found(threads.doc(doc.id)) !== undefined;
    const isOpen = ticket.status !== STATUS.closed;
    return [
      ...expectSame('id', String(ticket.id), doc.id),
      ...expectThat(hasThread === isOpen, 'status', 'does not fit its thread'),
      ...subscriberFaults(ticket, found),
      ...statusLogFaults(ticket.statusLog, ticket.status),
      ...keywordFaults(ticket.keywords, keywordsOfTicket(ticket)),
    ];
  },
});

const threadCheck = checkOf(threads, {
  refers: ({ ticketId }) => [tickets.doc(String(ticketId))],
  faults: ({ ticketId }, { id }, found) => [
    ...expectSame('ticketId', String(ticketId), id),
    ...expectThat(found(tickets.doc(id)) !== undefined, 'ticketId', 'names no ticket'),
  ],
});

/** Where the ticket is and who opened it; the title is the one of that time. */
const copyFaults = (reply: Reply, { ispId, branchId, createdBy }: Ticket): Fault[] => [
  ...expectFields(reply, { ispId, branchId }),
  // Replies from before there was an `openedBy` do not know it.
  ...(reply.openedBy === null ? [] : expectSame('openedBy', reply.openedBy, createdBy)),
];

const replyCheck = checkOf(replies, {
  refers: ({ ticketId }) => [tickets.doc(String(ticketId))],
  faults: (reply, doc, found) => {
    const ticket = found(tickets.doc(String(reply.ticketId)));
    return [
      ...expectSame('id', String(reply.id), doc.id),
      ...(ticket === undefined
        ? expectThat(false, 'ticketId', 'names no ticket')
        : copyFaults(reply, ticket)),
    ];
  },
});

const repliesAcross = countsAcross({
  holders: tickets,
  field: 'replyCount',
  members: replies,
  of: ({ ticketId }: Reply) => String(ticketId),
});

/** What must hold of the ISP desk's documents. */
export const ispChecks: DeskChecks = {
  collections: [subscriberCheck, ticketCheck, threadCheck, replyCheck],
  across: [repliesAcross],
};
