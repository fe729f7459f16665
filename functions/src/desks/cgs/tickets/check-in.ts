import { checkedInBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Asks NOC to validate the arrival at the site (contract, "Ticket 3, checkedIn"). */
export const checkIn = ticketCommand({
  path: 'ticketStatus/checkedIn',
  summary: 'Asks NOC to validate the arrival at the site',
  contract: 'Ticket 3, checkedIn',
  roles: ['FOC', 'FOCSupervisor'],
  body: checkedInBody,
  sample: {
    as: 'FOC',
    given: 'OnTheWay',
    body: {
      mediaUrl: 'https://media.example/evidence.jpg',
      remark: 'At the site.',
      locationCoordinate: '-6.2,106.8',
    },
  },
  command: (body) => ({ name: 'checkedIn', ...body }),
});
