import { changeStatus } from './change-status.ts';
import { createSubscriber } from './create-subscriber.ts';
import { createTicket } from './create-ticket.ts';
import { deleteSubscriber } from './delete-subscriber.ts';
import { deleteTicket } from './delete-ticket.ts';
import { isp } from './desk.ts';
import { followNames } from './follow-names.ts';
import { getSubscriber } from './get-subscriber.ts';
import { getTicket } from './get-ticket.ts';
import { listSubscribers } from './list-subscribers.ts';
import { listTickets } from './list-tickets.ts';
import {
  REPLIES_OF_TICKET,
  SUBSCRIBERS_OF_BRANCH,
  TICKETS_OF_BRANCH,
  TICKETS_OF_SUBSCRIBER,
} from './records.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { updateSubscriber } from './update-subscriber.ts';
import { updateTicket } from './update-ticket.ts';

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
  queries: [TICKETS_OF_BRANCH, REPLIES_OF_TICKET, TICKETS_OF_SUBSCRIBER, SUBSCRIBERS_OF_BRANCH],
  sweeps: [],
  triggers: [followNames],
});
