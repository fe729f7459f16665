import { collection } from '../../../kernel/store/document.ts';
import { ticketSchema } from '../domain/schemas.ts';

/** `tickets/{documentId}`. */
export const tickets = collection('tickets', ticketSchema);
