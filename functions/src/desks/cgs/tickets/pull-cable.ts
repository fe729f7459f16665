import { taskBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Starts pulling cable (contract, "Ticket 3, pullingCable"). */
export const pullCable = ticketCommand({
  path: 'taskStatus/pullingCable',
  summary: 'Starts pulling cable',
  contract: 'Ticket 3, pullingCable',
  roles: ['FOC', 'FOCSupervisor'],
  body: taskBody,
  sample: {
    as: 'FOC',
    given: 'OnGoing',
    body: { mediaUrl: 'https://media.example/evidence.jpg', remark: 'Under way.' },
  },
  command: (body) => ({ name: 'pullingCable', ...body }),
});
