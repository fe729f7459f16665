import { categoriesIn, categorySetting } from '../settings/collection.ts';
import { cancelBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Cancels a ticket: at once for NOC, on request for a FOC (contract, "Ticket 3, canceled"). */
export const cancelTicket = ticketCommand('cancel', {
  path: 'ticketStatus/cancel',
  summary: 'Cancels a ticket: at once for NOC, on request for a FOC',
  contract: 'Ticket 3, canceled',
  body: cancelBody,
  sample: {
    as: 'FOC',
    given: 'Accepted',
    body: { remark: 'Opened twice.', cancelCategory: 'Duplicate' },
  },
  loads: () => [categorySetting],
  command: (body, { reads }) => ({
    name: 'cancel',
    ...body,
    categories: categoriesIn(reads).cancel,
  }),
});
