import { noticeRule } from '../../../kernel/notify/desk-notices.ts';
import type { Audience } from '../../../kernel/notify/notice.ts';
import { noticesOf, noticesOfComment, type Recipient } from '../domain/notices.ts';
import { isWithin, type Place } from '../domain/ticket.ts';
import { accessSchema, members } from '../people.ts';
import { comments, tickets } from '../records.ts';
import { COMMENT_TEXTS, TICKET_TEXTS } from './texts.ts';

const audienceOf = (to: Recipient): Audience => {
  if ('origen' in to) {
    return { namedIn: { anyOf: [comments.queries.onOrigin.where(to)] }, field: 'authorUid' };
  }
  const found =
    'residentId' in to
      ? members.queries.ofResident.where({ 'access.community.residentId': to.residentId })
      : members.queries.administrating.where({
          'access.community.role': 'ADMIN_COMPANY',
          'access.community.companyId': to.administrate,
          active: true,
          'access.community.active': true,
        });
  return { of: { anyOf: [found] } };
};

/** Whether somebody may see what is there still. */
const sees =
  (place: Place) =>
  (access: unknown): boolean => {
    const granted = accessSchema.safeParse(access).data;
    return granted !== undefined && isWithin(granted, place);
  };

const SAMPLE = {
  subject: '12',
  origen: 'ticket',
  text: 'La luz del pasillo no enciende.',
  status: 'EN_PROCESO',
  author: 'Ana',
};

/** Tells people what a change of a ticket means for them. */
export const ticketNotices = noticeRule({
  name: 'communityTicketNotices',
  collection: tickets,
  of: noticesOf,
  audienceOf,
  who: sees,
  texts: TICKET_TEXTS,
  sample: SAMPLE,
  defaultPush: { created: 'on', statusChanged: 'on', canceled: 'on' },
});

/** Tells people of comments. */
export const commentNotices = noticeRule({
  name: 'communityCommentNotices',
  collection: comments,
  of: noticesOfComment,
  audienceOf,
  who: sees,
  texts: COMMENT_TEXTS,
  sample: SAMPLE,
  defaultPush: { commented: 'on', replied: 'on' },
});
