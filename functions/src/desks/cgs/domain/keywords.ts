import { keywordsOf } from '../../../kernel/keywords.ts';
import type { Ticket } from './schemas.ts';

/** The keywords of a ticket, by which it is searched. */
export const keywordsOfTicket = ({
  ticketId,
  client,
}: Pick<Ticket, 'ticketId' | 'client'>): string[] => keywordsOf(ticketId, client.cid, client.name);
