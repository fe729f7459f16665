import { BARE } from '../../kernel/http/answer-style.ts';
import { mediaEndpoints } from '../../kernel/media/kit.ts';
import { holderOf } from '../../kernel/media/style.ts';
import { community } from './desk.ts';
import { isWithin, type Member } from './domain/ticket.ts';
import { comments, tickets } from './records.ts';

/** The images of tickets and comments; the contract's paths of them begin with `uploads/`. */
export const MEDIA_ENDPOINTS = mediaEndpoints(community, {
  one: BARE.one,
  pathOf: (id) => `uploads/${id}`,
  holders: [
    holderOf(tickets, (ticket, member: Member) => isWithin(member, ticket)),
    holderOf(comments, (comment, member: Member) => isWithin(member, comment)),
  ],
});
