import { z } from 'zod';
import { invalid } from '../../../kernel/problem.ts';
import { optional, type Person } from '../domain/schemas.ts';
import { type Region, REGIONS } from '../domain/vocabulary.ts';
import { monthOf, monthsBetween } from './month.ts';

const MOST_MONTHS = 24;

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Send a month as YYYY-MM.');

/** `from` and `to`, both included. */
export const monthRange = {
  from: optional(month).meta({ description: 'the first month, as YYYY-MM' }),
  to: optional(month).meta({ description: 'the last month, as YYYY-MM' }),
};

/** The months that a request asks for, oldest first; 400 for none or too many. */
export const monthsAsked = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
  timeZone: string,
  most = MOST_MONTHS,
) => {
  const current = monthOf(now, timeZone).id;
  const months = monthsBetween(
    from ?? to ?? current,
    to ?? (from && from > current ? from : current),
  );
  if (months.length > 0 && months.length <= most) return months;
  return invalid([{ path: 'from', message: `Ask for 1 to ${most} months, oldest first.` }]);
};

/** The regions whose figures a person sees and asks for: a NOC sees their own. */
export const regionsAsked = ({ role, region }: Person, asked: Region | undefined) => {
  const reach = role === 'NOC' ? [region] : REGIONS;
  return reach.filter((each) => asked === undefined || each === asked);
};
