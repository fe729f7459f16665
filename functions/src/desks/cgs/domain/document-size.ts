/** A larger ticket takes no new log entry. Each write sends the whole ticket to every listener, and
 * events carry it twice. Answers to requests and closing the ticket may go beyond. */
export const FULL_AT = 200_000;

/** A larger ticket takes no more notes: the rest is for the work. */
export const NOTES_FULL_AT = 0.75 * FULL_AT;

const bytes = (text: string): number => Buffer.byteLength(text) + 1;

const fieldSize = (value: unknown): number => {
  if (typeof value === 'string') return bytes(value);
  if (typeof value === 'number' || value instanceof Date) return 8;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + fieldSize(item), 0);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce(
      (sum, [key, item]) => sum + bytes(key) + fieldSize(item),
      0,
    );
  }
  return 1;
};

/** Bytes that Firestore counts for `tickets/{id}`: its name, its fields, 32 for the document. */
export const documentSize = (
  ticket: Readonly<Record<string, unknown>> & { readonly documentId: string },
): number => 16 + bytes('tickets') + bytes(ticket.documentId) + fieldSize(ticket) + 32;
