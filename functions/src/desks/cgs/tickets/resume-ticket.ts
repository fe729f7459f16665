import { none } from '../../../kernel/http/endpoint.ts';
import { ticketCommand } from './ticket-command.ts';

/** Ends a pending (contract, "Ticket 3, Resume Pending"). */
export const resumeTicket = ticketCommand({
  path: 'ticketStatus/resume',
  summary: 'Ends a pending',
  contract: 'Ticket 3, Resume Pending',
  roles: ['SuperAdmin', 'NOC', 'FOC', 'FOCSupervisor'],
  body: none,
  sample: { as: 'FOC', given: 'Pending' },
  command: () => ({ name: 'resume' }),
});
