import { none } from '../../../kernel/http/endpoint.ts';
import { ticketCommand } from './ticket-command.ts';

/** Tells that the FOC is on the way (contract, "Ticket 3, onTheWay"). */
export const departForTicket = ticketCommand({
  path: 'ticketStatus/onTheWay',
  summary: 'Tells that the FOC is on the way',
  contract: 'Ticket 3, onTheWay',
  roles: ['FOC', 'FOCSupervisor'],
  body: none,
  sample: { as: 'FOC', given: 'Accepted' },
  command: () => ({ name: 'onTheWay' }),
});
