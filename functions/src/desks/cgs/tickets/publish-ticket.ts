import { none } from '../../../kernel/http/endpoint.ts';
import { ticketCommand } from './ticket-command.ts';

/** Publishes a draft to the crews of its region (contract, "Ticket status, publish"). */
export const publishTicket = ticketCommand({
  path: 'publish',
  summary: 'Publishes a draft to the crews of its region',
  contract: 'Ticket status, publish',
  roles: ['SuperAdmin', 'NOC'],
  body: none,
  sample: { as: 'NOC', given: 'Draft' },
  command: () => ({ name: 'publish' }),
});
