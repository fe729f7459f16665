import { taskBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Starts jointing fibre (contract, "Ticket 3, jointing"). */
export const jointFibre = ticketCommand({
  path: 'taskStatus/jointing',
  summary: 'Starts jointing fibre',
  contract: 'Ticket 3, jointing',
  roles: ['FOC', 'FOCSupervisor'],
  body: taskBody,
  sample: {
    as: 'FOC',
    given: 'OnGoing',
    body: { mediaUrl: 'https://media.example/evidence.jpg', remark: 'Under way.' },
  },
  command: (body) => ({ name: 'jointing', ...body }),
});
