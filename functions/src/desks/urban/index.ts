import { assignTicket } from './tickets/assign-ticket.ts';
import { changeStatus } from './tickets/change-status.ts';
import { createTicket } from './tickets/create-ticket.ts';
import { deleteTicket } from './tickets/delete-ticket.ts';
import { urban } from './desk.ts';
import { followPeople } from './follow-people.ts';
import { getTicket } from './tickets/get-ticket.ts';
import { listAssignedTickets } from './tickets/list-assigned-tickets.ts';
import { listOwnTickets } from './tickets/list-own-tickets.ts';
import { listTickets } from './tickets/list-tickets.ts';
import { TICKETS_OF_STATUS, TICKETS_OF_TECHNICIAN, TICKETS_OF_USER } from './records.ts';
import { updateTicket } from './tickets/update-ticket.ts';

/** City services: the contract "Tickets API" of an urban management system. */
export const urbanDesk = urban.desk({
  endpoints: [
    listTickets,
    createTicket,
    listOwnTickets,
    listAssignedTickets,
    getTicket,
    updateTicket,
    deleteTicket,
    assignTicket,
    changeStatus,
  ],
  queries: [TICKETS_OF_STATUS, TICKETS_OF_USER, TICKETS_OF_TECHNICIAN],
  sweeps: [],
  triggers: [followPeople()],
});
