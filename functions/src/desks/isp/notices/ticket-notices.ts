import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import type { Audience } from '../../../kernel/notify/notice.ts';
import { noticesOf, noticesOfReply, type Recipient } from '../domain/notices.ts';
import type { Ticket } from '../domain/schemas.ts';
import { accessSchema, staff } from '../people.ts';
import { replies, tickets } from '../records.ts';
import { REPLY_TEXTS, TICKET_TEXTS } from './texts.ts';

const audienceOf = (to: Recipient): Audience => {
  if ('repliedTo' in to) {
    const { ispId, repliedTo: ticketId } = to;
    const namedIn = { anyOf: [replies.queries.toTicket.where({ ispId, ticketId })] };
    return { namedIn, field: 'changedBy' };
  }
  const found =
    'branchId' in to
      ? staff.queries.ofBranch.where({
          'access.isp.ispId': to.ispId,
          'access.isp.branchIds': to.branchId,
          active: true,
          'access.isp.active': true,
        })
      : staff.queries.ofNumber.where({
          'access.isp.ispId': to.ispId,
          'access.isp.userId': to.userId,
        });
  return { of: { anyOf: [found] } };
};

type Place = Pick<Ticket, 'ispId' | 'branchId'>;

/** Whether somebody reaches the branch still. */
const reaches =
  ({ ispId, branchId }: Place) =>
  (access: unknown): boolean => {
    const granted = accessSchema.safeParse(access).data;
    return granted?.ispId === ispId && granted.branchIds.includes(branchId);
  };

const SAMPLE = { ticket: '7', title: 'Connection Issue', status: '1', author: 'Ani' };

/** Tells staff what a change of a ticket means for them. */
export const ticketNotices = noticeRule({
  name: 'ispTicketNotices',
  collection: tickets,
  of: noticesOf,
  audienceOf,
  who: reaches,
  texts: TICKET_TEXTS,
  sample: SAMPLE,
  defaultPush: { created: 'on', statusChanged: 'on' },
});

/** Tells staff of replies to their tickets. */
export const replyNotices = noticeRule({
  name: 'ispReplyNotices',
  collection: replies,
  of: noticesOfReply,
  audienceOf,
  who: reaches,
  texts: REPLY_TEXTS,
  sample: SAMPLE,
  defaultPush: { replied: 'on' },
});
