import { z } from 'zod';

/** A moment, or a day in UTC, within the range that Firestore can store. */
const moment = (timeOfDay: string) =>
  z
    .union([
      z.iso.datetime({ offset: true }),
      z.iso.date().transform((day) => `${day}T${timeOfDay}Z`),
    ])
    .transform((text) => new Date(text))
    .refine((date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999);

/** Query parameters of a list: what was opened within a period, both ends included. */
export const periodQuery = {
  from: moment('00:00:00.000')
    .optional()
    .meta({ description: 'opened then or later: a moment, or a day in UTC' }),
  to: moment('23:59:59.999')
    .optional()
    .meta({ description: 'opened then or earlier: a moment, or a day in UTC' }),
};
