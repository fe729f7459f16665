import { keywordsOf } from '../../../kernel/keywords.ts';
import type { Ticket } from './schemas.ts';

/** The keywords by which a search finds a ticket: of its title and the first words of what it says. */
export const keywordsOfTicket = ({
  title,
  description,
}: Pick<Ticket, 'title' | 'description'>): string[] => keywordsOf(title, description);
