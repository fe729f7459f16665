import { z } from 'zod';
import { isTimeZone } from '../config.ts';

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ description: 'a time of day', example: '22:00' });

/** The hours of each day in which only urgent kinds ring; over midnight if they end before they begin. */
export const quietHoursSchema = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay,
    zone: z
      .string()
      .max(64)
      .refine(isTimeZone, 'Name a time zone of the IANA data base, such as Asia/Jakarta.')
      .meta({ description: 'an IANA time zone', example: 'Asia/Jakarta' }),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    message: 'Quiet hours end at another time than they begin; send null for none.',
  });

export type QuietHours = z.output<typeof quietHoursSchema>;

/** Whether a moment lies in the quiet hours, by the clocks of their zone: `from` is, `to` is not. */
export const isQuiet = ({ from, to, zone }: QuietHours, moment: Date): boolean => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const local = format.format(moment);
  return from < to ? from <= local && local < to : from <= local || local < to;
};
