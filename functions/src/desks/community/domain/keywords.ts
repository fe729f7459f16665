import { keywordsOf } from '../../../kernel/keywords.ts';
import type { Ticket } from './schemas.ts';

/** The keywords by which a search finds a ticket: of its number and the first words of what it says. */
export const keywordsOfTicket = ({ id, contenido }: Pick<Ticket, 'id' | 'contenido'>): string[] =>
  keywordsOf(String(id), contenido);
