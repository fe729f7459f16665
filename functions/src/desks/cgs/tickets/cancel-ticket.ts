import { categorySetting } from '../settings/collection.ts';
import { type CancelBody, cancelBody } from '../domain/schemas.ts';
import { type Order, ticketCommand } from './ticket-command.ts';

/** A cancel, under a category of the present list. */
export const cancelOrder: Order<CancelBody> = {
  body: cancelBody,
  loads: () => [categorySetting.key],
  command: (body, { reads }) => ({
    name: 'cancel',
    ...body,
    categories: categorySetting.of(reads).cancel,
  }),
};

/** Cancels a ticket: at once for NOC, on request for a FOC (contract, "Ticket 3, canceled"). */
export const cancelTicket = ticketCommand('cancel', {
  ...cancelOrder,
  path: 'ticketStatus/cancel',
  summary: 'Cancels a ticket: at once for NOC, on request for a FOC',
  contract: 'Ticket 3, canceled',
  sample: {
    as: 'FOC',
    given: 'Accepted',
    body: { remark: 'Opened twice.', cancelCategory: 'Duplicate' },
  },
});
