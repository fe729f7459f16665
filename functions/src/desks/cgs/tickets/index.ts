import { changeTickets } from './change-tickets.ts';
import { TICKET_COMMANDS } from './commands.ts';
import { createTicket } from './create-ticket.ts';
import { exportTickets } from './export-tickets.ts';
import { getTicket } from './get-ticket.ts';
import { listTickets } from './list-tickets.ts';
import { updateTicket } from './update-ticket.ts';

/** Tickets and the commands on them. */
export const TICKET_ENDPOINTS = [
  createTicket,
  listTickets,
  exportTickets,
  getTicket,
  updateTicket,
  ...TICKET_COMMANDS,
  changeTickets,
];
