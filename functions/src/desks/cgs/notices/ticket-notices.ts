import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import { noticesOf } from '../domain/notices.ts';
import { tickets } from '../tickets/collection.ts';
import { audienceOf } from './audience.ts';
import { TICKET_TEXTS } from './texts.ts';

/** Tells people what a change of a ticket means for them. */
export const ticketNotices = noticeRule({
  name: 'cgsTicketNotices',
  collection: tickets,
  of: noticesOf,
  audienceOf,
  regionOf: ({ region }) => region,
  texts: TICKET_TEXTS,
  sample: {
    ticketId: 'TRB-202611-0001',
    client: 'Warung Kopi Dago',
    area: 'BANDUNG',
    foc: 'Asep',
    request: 'CheckedIn',
    minutes: '30',
  },
  defaultPush: {
    opened: 'on',
    assigned: 'urgent',
    takenOver: 'on',
    released: 'on',
    requested: 'on',
    approved: 'on',
    refused: 'on',
    paused: 'on',
    resumed: 'on',
    closed: 'off',
    canceled: 'on',
    noteAdded: 'on',
    notAccepted: 'on',
    notStarted: 'on',
    dueSoon: 'on',
    breached: 'urgent',
  },
});
