import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Task } from '../tasks/tasks.ts';
import { LANGUAGES } from './notice.ts';

const textSchema = z.object({ title: z.string(), body: z.string() });

/** What the queue `push` gets: a notice, and whom it rings for. */
export const pushSchema = z.object({
  /** The item in the inboxes, which a message names and replaces itself by. */
  item: z.string(),
  desk: z.string(),
  kind: z.string(),
  subject: z.object({ collection: z.string(), id: z.string() }),
  defaultPush: z.enum(['on', 'off', 'urgent']),
  texts: z.record(z.enum(LANGUAGES), textSchema),
  /** Of people who have chosen none. */
  language: z.enum(LANGUAGES),
  /** Which of their devices, for those that an earlier attempt has not reached; by default all. */
  to: z.array(z.object({ uid: z.string(), devices: z.array(z.string()).optional() })),
  /** How often it was passed on to those whom it had not reached. */
  round: z.int(),
});

export type Push = z.output<typeof pushSchema>;

/** The queue that rings. */
export const PUSH = 'push';

/** The people whom one task rings for. Many of them would make its repeat ring again for many. */
export const PEOPLE_OF_A_TASK = 100;

/** The task of a push; the same push has the same id. */
export const pushTask = (data: Push, at?: Date): Task => ({
  id: `push-${createHash('sha256').update(JSON.stringify(data)).digest('hex')}`,
  data,
  ...(at && { at }),
});
