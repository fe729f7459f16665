import { z } from 'zod';
import { type Month, monthOf as monthIn } from '../../../functions/src/desks/cgs/figures/month.ts';
import type { Loaded, Write } from '../../../functions/src/kernel/store/document.ts';

export type { Month };

/** The month of the operator's time zone, as the API numbers tickets by it. */
export const monthOf = (at: Date): Month => monthIn(at, process.env['TIME_ZONE'] ?? 'Asia/Jakarta');

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
