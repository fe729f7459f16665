import { z } from 'zod';
import type { Loaded, Write } from '../../../functions/src/kernel/store/document.ts';

/** A month of the operator's time zone, in which tickets are numbered. */
export interface Month {
  /** Of its counter: `2026-11`. */
  readonly id: string;
  readonly year: number;
  readonly month: number;
  readonly name: string;
}

export const monthOf = (at: Date): Month => {
  const timeZone = process.env['TIME_ZONE'] ?? 'Asia/Jakarta';
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en', { timeZone, ...options }).format(at);
  const year = Number(part({ year: 'numeric' }));
  const month = Number(part({ month: 'numeric' }));
  return {
    id: `${year}-${String(month).padStart(2, '0')}`,
    year,
    month,
    name: part({ month: 'long' }),
  };
};

export const counterPath = ({ id }: Month): string => `ticketcount/${id}`;

const counter = z.looseObject({ count: z.int().nonnegative() });

/** How many tickets a month has. */
export const countIn = (seen: Loaded<unknown> | undefined): number =>
  seen === undefined ? 0 : counter.parse(seen.data).count;

export const counterWrite = (
  month: Month,
  seen: Loaded<unknown> | undefined,
  count: number,
): Write =>
  seen === undefined
    ? {
        op: 'create',
        path: counterPath(month),
        data: { count, month: month.name, year: month.year },
      }
    : {
        op: 'update',
        path: counterPath(month),
        data: { count },
        version: seen.version,
        changeIds: seen.changeIds,
      };
