import type { DocKey, Write } from '../../../kernel/store/document.ts';
import { numberText } from '../../../kernel/store/numbered.ts';
import type { Ticket } from '../domain/schemas.ts';
import { TICKET_ORIGIN } from '../domain/vocabulary.ts';
import { tickets } from '../records.ts';

/** The key of the ticket that an origin names, if it names one. */
export const ticketKeys = (origen: string, idOrigen: string): DocKey<Ticket>[] =>
  origen === TICKET_ORIGIN && numberText.safeParse(idOrigen).success ? [tickets.doc(idOrigen)] : [];

/** A ticket has one comment more or less than before. */
export const counted = ({ path }: DocKey<Ticket>, by: 1 | -1): Write => ({
  op: 'patch',
  path,
  by: { commentCount: by },
});
