import { taskBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Asks NOC to validate the link (contract, "Ticket 3, linkChecking"). */
export const checkLink = ticketCommand({
  path: 'taskStatus/linkChecking',
  summary: 'Asks NOC to validate the link',
  contract: 'Ticket 3, linkChecking',
  roles: ['FOC', 'FOCSupervisor'],
  body: taskBody,
  sample: {
    as: 'FOC',
    given: 'OnGoing',
    body: { mediaUrl: 'https://media.example/evidence.jpg', remark: 'Under way.' },
  },
  command: (body) => ({ name: 'linkChecking', ...body }),
});
