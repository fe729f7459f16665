import { BARE } from '../../kernel/http/answer-style.ts';
import { mediaEndpoints } from '../../kernel/media/kit.ts';
import { holderOf } from '../../kernel/media/style.ts';
import { urban } from './desk.ts';
import { type Caller, maySee } from './domain/ticket.ts';
import { tickets } from './records.ts';

/** The photos and films of tickets, which whoever sees the ticket sees. */
export const MEDIA_ENDPOINTS = mediaEndpoints(urban, {
  one: BARE.one,
  holders: [holderOf(tickets, (ticket, caller: Caller) => maySee(caller, ticket))],
});
