import { PEOPLE_ENDPOINTS } from './administration.ts';
import { inhabitants } from './people.ts';
import { sweepCopies } from '../../kernel/store/copy-runs.ts';
import { addNote } from './tickets/add-note.ts';
import { assignTicket } from './tickets/assign-ticket.ts';
import { changeStatus } from './tickets/change-status.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { deleteTicket } from './tickets/delete-ticket.ts';
import { urban } from './desk.ts';
import { IDENTITY_ENDPOINTS } from './identity.ts';
import { exportTickets } from './tickets/export-tickets.ts';
import { followPeople } from './follow-people.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { listAssignedTickets } from './tickets/list-assigned-tickets.ts';
import { listNotes } from './tickets/list-notes.ts';
import { listOwnTickets } from './tickets/list-own-tickets.ts';
import { listStatusChanges } from './tickets/list-status-changes.ts';
import { listTechnicians } from './technicians/list-technicians.ts';
import { listTickets } from './tickets/list-tickets.ts';
import { ticketsInHand } from './tickets/tickets-in-hand.ts';
import { NOTICES, NOTIFY_ENDPOINTS } from './notices/index.ts';
import { LISTENERS } from './listeners.ts';
import { MEDIA_ENDPOINTS } from './media.ts';
import { tickets } from './records.ts';
import { overdueSetting } from './settings/collection.ts';
import { getOverdue } from './settings/get-overdue.ts';
import { updateOverdue } from './settings/update-overdue.ts';
import { updateTicket } from './tickets/update-ticket.ts';

const followers = followPeople();

/** City services: the contract "Tickets API" of an urban management system. */
export const urbanDesk = urban.desk({
  endpoints: [
    ...IDENTITY_ENDPOINTS,
    ...NOTIFY_ENDPOINTS,
    listTickets,
    createTicket,
    listOwnTickets,
    listAssignedTickets,
    exportTickets,
    getTicket,
    updateTicket,
    deleteTicket,
    assignTicket,
    changeStatus,
    addNote,
    listNotes,
    listStatusChanges,
    listTechnicians,
    getOverdue,
    updateOverdue,
    ...PEOPLE_ENDPOINTS,
    ...MEDIA_ENDPOINTS,
  ],
  collections: [tickets, inhabitants, overdueSetting.collection],
  listeners: LISTENERS,
  notices: NOTICES,
  sweeps: [sweepCopies([followers])],
  triggers: [followers],
  workOf: ticketsInHand,
});
