import { finishingBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Asks NOC to validate the finished work and close the ticket (contract, "Ticket 3, finishing"). */
export const finishWork = ticketCommand({
  path: 'taskStatus/finishing',
  summary: 'Asks NOC to validate the finished work and close the ticket',
  contract: 'Ticket 3, finishing',
  roles: ['FOC', 'FOCSupervisor'],
  body: finishingBody,
  sample: {
    as: 'FOC',
    given: 'LinkChecked',
    body: {
      mediaUrl: 'https://media.example/evidence.jpg',
      remark: 'Done.',
      locationCoordinate: '-6.2,106.8',
    },
  },
  command: (body) => ({ name: 'finishing', ...body }),
});
