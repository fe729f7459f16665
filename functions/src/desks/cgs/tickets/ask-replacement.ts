import { reassignBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Asks to be replaced by another FOC (contract, "Ticket status, reassign"). */
export const askReplacement = ticketCommand({
  path: 'reassign',
  summary: 'Asks to be replaced by another FOC',
  contract: 'Ticket status, reassign',
  roles: ['FOC', 'FOCSupervisor'],
  body: reassignBody,
  sample: { as: 'FOC', given: 'Accepted', body: { remark: 'My van broke down.' } },
  command: (body) => ({ name: 'reassign', ...body }),
});
