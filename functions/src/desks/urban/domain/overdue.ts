import type { OverdueHours } from './schemas.ts';
import type { Status } from './vocabulary.ts';

const HOUR = 60 * 60_000;

/** Until somebody edits them: a day for somebody to take it, five days for the work. */
export const DEFAULT_OVERDUE_HOURS = {
  pendingHours: 24,
  inProgressHours: 120,
} as const satisfies OverdueHours;

/**
 * The latest moment at which an overdue ticket of a status was opened; undefined for a final status,
 * whose tickets never are.
 */
export const overdueSince = (
  status: Status,
  { pendingHours, inProgressHours }: OverdueHours,
  now: Date,
): Date | undefined => {
  const before = (hours: number) => new Date(now.getTime() - hours * HOUR);
  switch (status) {
    case 'PENDING':
      return before(pendingHours);
    case 'IN_PROGRESS':
      return before(inProgressHours);
    case 'COMPLETED':
    case 'CANCELLED':
      return undefined;
  }
};
