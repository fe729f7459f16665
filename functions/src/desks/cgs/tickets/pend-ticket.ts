import { categorySetting } from '../settings/collection.ts';
import { pendingBody } from '../domain/schemas.ts';
import { ticketCommand } from './ticket-command.ts';

/** Pauses a ticket: at once for NOC, on request for a FOC (contract, "Ticket 3, pending"). */
export const pendTicket = ticketCommand('pending', {
  path: 'ticketStatus/pending',
  summary: 'Pauses a ticket: at once for NOC, on request for a FOC',
  contract: 'Ticket 3, pending',
  body: pendingBody,
  sample: {
    as: 'FOC',
    given: 'Accepted',
    body: { remark: 'Heavy rain.', pendingCategory: 'Weather', pendingInterval: 60 },
  },
  loads: () => [categorySetting.key],
  command: (body, { reads }) => ({
    name: 'pending',
    ...body,
    categories: categorySetting.of(reads).pending,
  }),
});
