import { keywordsOf } from '../../../kernel/keywords.ts';
import type { Ticket } from './schemas.ts';

/** The keywords by which a search finds a ticket: of its number, its subscriber's name and its title. */
export const keywordsOfTicket = ({
  id,
  subscriberName,
  title,
}: Pick<Ticket, 'id' | 'subscriberName' | 'title'>): string[] =>
  keywordsOf(String(id), subscriberName, title);
