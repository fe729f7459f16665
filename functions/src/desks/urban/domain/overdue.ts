import type { OverdueHours, OverdueRules, Ticket } from './schemas.ts';
import type { Category, Status } from './vocabulary.ts';

const HOUR = 60 * 60_000;

/** Until somebody edits them: a day for somebody to take it, five days for the work. */
export const DEFAULT_OVERDUE = {
  pendingHours: 24,
  inProgressHours: 120,
  categories: {},
} as const satisfies OverdueRules;

/** The hours of a category: its own, or those of all that have none. */
const hoursOf = ({ categories, ...others }: OverdueRules, category: Category): OverdueHours =>
  categories[category] ?? others;

/** The fewest hours of any category. */
const fewestHours = ({ categories, ...others }: OverdueRules): OverdueHours => {
  const all = [others, ...Object.values(categories)];
  return {
    pendingHours: Math.min(...all.map(({ pendingHours }) => pendingHours)),
    inProgressHours: Math.min(...all.map(({ inProgressHours }) => inProgressHours)),
  };
};

/**
 * The latest moment at which an overdue ticket of a status was opened: one of a category, or of any.
 * Undefined for a final status, whose tickets never are.
 */
export const overdueSince = (
  status: Status,
  rules: OverdueRules,
  now: Date,
  category?: Category,
): Date | undefined => {
  const hours = category === undefined ? fewestHours(rules) : hoursOf(rules, category);
  const before = (some: number) => new Date(now.getTime() - some * HOUR);
  switch (status) {
    case 'PENDING':
      return before(hours.pendingHours);
    case 'IN_PROGRESS':
      return before(hours.inProgressHours);
    case 'COMPLETED':
    case 'CANCELLED':
      return undefined;
  }
};

/** Whether a ticket is overdue. */
export const isOverdue = (
  { status, category, createdAt }: Pick<Ticket, 'status' | 'category' | 'createdAt'>,
  rules: OverdueRules,
  now: Date,
): boolean => {
  const since = overdueSince(status, rules, now, category);
  return since !== undefined && createdAt <= since;
};
