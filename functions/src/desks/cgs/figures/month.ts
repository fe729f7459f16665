import type { Counter } from '../../../kernel/store/group-commit.ts';

/** A month in the operator's time zone. Tickets are numbered and counted by it. */
export interface Month {
  /** `2026-11`: the id of its counter. */
  readonly id: string;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** `November` */
  readonly name: string;
}

// Creating a formatter is much slower than using it.
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' });
  formatters.set(timeZone, made);
  return made;
};

// Made when it is needed, because a cold start pays for the first formatter of a process.
let names: Intl.DateTimeFormat | undefined;

const nameOf = (year: number, month: number): string => {
  names ??= new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'long' });
  return names.format(Date.UTC(year, month - 1));
};

/** The month of a moment in a time zone. */
export const monthOf = (at: Date, timeZone: string): Month => {
  const parts = formatterOf(timeZone).formatToParts(at);
  const part = (type: 'year' | 'month') =>
    Number(parts.find((each) => each.type === type)?.value ?? 0);
  const year = part('year');
  const month = part('month');
  const id = `${year}-${String(month).padStart(2, '0')}`;
  return { id, year, month, name: nameOf(year, month) };
};

/** The ids of all months from one to another, both included; none if the first is later. */
export const monthsBetween = (from: string, to: string): string[] => {
  const [firstYear = 0, firstMonth = 0] = from.split('-').map(Number);
  const [lastYear = 0, lastMonth = 0] = to.split('-').map(Number);
  const length = (lastYear - firstYear) * 12 + lastMonth - firstMonth + 1;
  return Array.from({ length: Math.max(0, length) }, (_, index) => {
    const months = firstYear * 12 + firstMonth - 1 + index;
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
  });
};

/** `ticketcount/{YYYY-MM}` (contract, "ticketcount"). */
export const counterOf = ({ id, name, year }: Month): Counter => ({
  collection: 'ticketcount',
  id,
  initial: { month: name, year },
});
