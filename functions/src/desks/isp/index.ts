import { changeStatus } from './tickets/change-status.ts';
import { createSubscriber } from './subscribers/create-subscriber.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { deleteSubscriber } from './subscribers/delete-subscriber.ts';
import { deleteTicket } from './tickets/delete-ticket.ts';
import { isp } from './desk.ts';
import { followNames } from './follow-names.ts';
import { getSubscriber } from './subscribers/get-subscriber.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { listSubscribers } from './subscribers/list-subscribers.ts';
import { listTickets } from './tickets/list-tickets.ts';
import { LISTENERS } from './listeners.ts';
import { replies, subscribers, threads, tickets } from './records.ts';
import { replyToTicket } from './tickets/reply-to-ticket.ts';
import { updateSubscriber } from './subscribers/update-subscriber.ts';
import { updateTicket } from './tickets/update-ticket.ts';

/** Helpdesk of internet providers: the contract "User - Tickets". */
export const ispDesk = isp.desk({
  endpoints: [
    listTickets,
    createTicket,
    getTicket,
    updateTicket,
    deleteTicket,
    replyToTicket,
    changeStatus,
    listSubscribers,
    createSubscriber,
    getSubscriber,
    updateSubscriber,
    deleteSubscriber,
  ],
  collections: [tickets, threads, replies, subscribers],
  listeners: LISTENERS,
  sweeps: [],
  triggers: [followNames],
});
