import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import type { Audience } from '../../../kernel/notify/notice.ts';
import { noticesOf, type Recipient } from '../domain/notices.ts';
import { inhabitants } from '../people.ts';
import { tickets } from '../records.ts';
import { TICKET_TEXTS } from './texts.ts';

const audienceOf = (to: Recipient): Audience => {
  if (to !== 'writers') return to;
  const writers = inhabitants.queries.permitted.where({
    active: true,
    'access.urban.active': true,
    'access.urban.permissions': 'ticket:write',
  });
  return { of: { anyOf: [writers] } };
};

/** Tells people what a change of a ticket means for them. */
export const ticketNotices = noticeRule({
  name: 'urbanTicketNotices',
  collection: tickets,
  of: noticesOf,
  audienceOf,
  texts: TICKET_TEXTS,
  sample: { title: 'Elevator Issue - Floor 3', status: 'IN_PROGRESS', technician: 'Luis' },
  defaultPush: {
    created: 'on',
    assigned: 'urgent',
    takenOver: 'on',
    statusChanged: 'on',
    noteAdded: 'on',
  },
});
