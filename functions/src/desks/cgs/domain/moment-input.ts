import { z } from 'zod';
import { inZone } from '../../../kernel/wall-time.ts';

const DAY = 24 * 60 * 60_000;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2199;

const isOfTheseCenturies = (text: string): boolean => {
  const year = Number(text.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
};

/** A time of the years 2000 to 2199. Without an offset it is a time of the operator's zone, so
 * only `momentOf` knows which moment is meant. */
export const timeInput = z.iso
  .datetime({ offset: true, local: true })
  .refine(isOfTheseCenturies, `Send a date of the years ${FIRST_YEAR} to ${LAST_YEAR}.`);

/** A day, or a time as `timeInput`. */
export const dayOrTimeInput = z.union([z.iso.date(), timeInput], {
  error: 'Send a day or a time, as 2026-11-25 or 2026-11-25T08:00:00.',
});

const isDay = (text: string): boolean => !text.includes('T');
const hasOffset = (text: string): boolean => /(Z|[+-]\d\d:?\d\d)$/.test(text);

/** The moment that an input means; a day is its first millisecond in the zone. */
export const momentOf = (text: string, timeZone: string): Date => {
  if (isDay(text)) return inZone(new Date(text), timeZone);
  return hasOffset(text) ? new Date(text) : inZone(new Date(`${text}Z`), timeZone);
};

/** The last moment that an input includes: of a day, its last millisecond in the zone. */
export const lastMomentOf = (text: string, timeZone: string): Date => {
  if (!isDay(text)) return momentOf(text, timeZone);
  const next = new Date(new Date(text).getTime() + DAY);
  return new Date(inZone(next, timeZone).getTime() - 1);
};
