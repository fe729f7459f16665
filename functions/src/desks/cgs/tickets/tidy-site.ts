import { taskBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Starts tidying the site (contract, "Ticket 3, tidying"). */
export const tidySite = ticketCommand({
  path: 'taskStatus/tidying',
  summary: 'Starts tidying the site',
  contract: 'Ticket 3, tidying',
  roles: ['FOC', 'FOCSupervisor'],
  body: taskBody,
  sample: {
    as: 'FOC',
    given: 'OnGoing',
    body: { mediaUrl: 'https://media.example/evidence.jpg', remark: 'Under way.' },
  },
  command: (body) => ({ name: 'tidying', ...body }),
});
