import { z } from 'zod';
import type { Task } from './tasks.ts';

/** A task as it travels: its id, when it was due, and its data. */
export const envelope = z.object({
  id: z.string(),
  due: z.iso.datetime().transform((text) => new Date(text)),
  data: z.unknown(),
});

/** The envelope of a task that is added now. */
export const pack = ({ id, data, at }: Task, now: Date): z.input<typeof envelope> => ({
  id,
  due: (at ?? now).toISOString(),
  data,
});
