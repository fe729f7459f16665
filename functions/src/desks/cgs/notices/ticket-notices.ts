import { addressed } from '../../../kernel/notify/addressed.ts';
import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import { type NoticeKind, noticesOf, type NoticeValues } from '../domain/notices.ts';
import type { Ticket } from '../domain/schemas.ts';
import { tickets } from '../tickets/collection.ts';
import { audienceOf } from './audience.ts';
import { TICKET_TEXTS } from './texts.ts';

/** Tells people what a change of a ticket means for them. */
export const ticketNotices = noticeRule<Ticket, NoticeKind, keyof NoticeValues>({
  name: 'cgsTicketNotices',
  collection: tickets,
  of: (before, after, id) =>
    addressed(noticesOf(before, after), audienceOf, {
      subject: { collection: tickets.name, id },
      region: after?.region ?? null,
    }),
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
