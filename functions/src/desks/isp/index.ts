import { STAFF_ENDPOINTS } from './administration.ts';
import { sweepCopies } from '../../kernel/store/copy-runs.ts';
import { changeStatus } from './tickets/change-status.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { deleteTicket } from './tickets/delete-ticket.ts';
import { sweepArchive } from '../../kernel/resource/archive.ts';
import { isp } from './desk.ts';
import { IDENTITY_ENDPOINTS } from './identity.ts';
import { staff } from './people.ts';
import { followNames } from './follow-names.ts';
import { exportTickets } from './tickets/export-tickets.ts';
import { getTicketStats } from './tickets/get-ticket-stats.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { listStatusChanges } from './tickets/list-status-changes.ts';
import { listSubscriberTickets } from './tickets/list-subscriber-tickets.ts';
import { listTickets } from './tickets/list-tickets.ts';
import { NOTICES, NOTIFY_ENDPOINTS } from './notices/index.ts';
import { LISTENERS } from './listeners.ts';
import { MEDIA_ENDPOINTS } from './media.ts';
import { replies, subscribers, threads, tickets } from './records.ts';
import { replyToTicket } from './tickets/reply-to-ticket.ts';
import { subscriberRecords } from './subscribers.ts';
import { updateTicket } from './tickets/update-ticket.ts';

/** Helpdesk of internet providers: the contract "User - Tickets". */
export const ispDesk = isp.desk({
  endpoints: [
    ...IDENTITY_ENDPOINTS,
    ...NOTIFY_ENDPOINTS,
    listTickets,
    createTicket,
    exportTickets,
    getTicketStats,
    getTicket,
    updateTicket,
    deleteTicket,
    replyToTicket,
    changeStatus,
    listStatusChanges,
    ...subscriberRecords.endpoints,
    listSubscriberTickets,
    ...STAFF_ENDPOINTS,
    ...MEDIA_ENDPOINTS,
  ],
  collections: [tickets, threads, replies, subscribers, staff],
  listeners: LISTENERS,
  notices: NOTICES,
  sweeps: [sweepArchive([subscriberRecords.archived]), sweepCopies([followNames])],
  triggers: [followNames],
});
