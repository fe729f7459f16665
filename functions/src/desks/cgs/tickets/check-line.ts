import { taskBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Starts checking the line (contract, "Ticket 3, checking"). */
export const checkLine = ticketCommand({
  path: 'taskStatus/checking',
  summary: 'Starts checking the line',
  contract: 'Ticket 3, checking',
  roles: ['FOC', 'FOCSupervisor'],
  body: taskBody,
  sample: {
    as: 'FOC',
    given: 'CheckedIn',
    body: { mediaUrl: 'https://media.example/evidence.jpg', remark: 'Under way.' },
  },
  command: (body) => ({ name: 'checking', ...body }),
});
