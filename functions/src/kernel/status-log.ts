import { z } from 'zod';

/** One change of a ticket's status; `from` is null when it was opened. */
export interface StatusChange<S, P> {
  readonly from: S | null;
  readonly to: S;
  readonly at: Date;
  readonly by: P;
}

/** The most changes that a ticket keeps. Some desks allow any number of them. */
export const MOST_STATUS_CHANGES = 100;

/**
 * The changes of a ticket's status, oldest first; those before the log was kept are not in it. It is
 * part of the ticket: each change is in the same write as its entry, and goes with the ticket.
 */
export const statusLogSchema = <S extends z.ZodType, P extends z.ZodType>(status: S, person: P) =>
  z.array(z.object({ from: status.nullable(), to: status, at: z.date(), by: person })).default([]);

/** The log with one more change; the oldest make room for it. */
export const withStatusChange = <S, P>(
  log: readonly StatusChange<S, P>[],
  change: StatusChange<S, P>,
): StatusChange<S, P>[] => [...log, change].slice(-MOST_STATUS_CHANGES);
