import { createHash } from 'node:crypto';
import type { App } from 'firebase-admin/app';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { pack } from './envelope.ts';
import type { Tasks } from './tasks.ts';

/** Cloud Tasks takes few characters, and is slower with ids that begin alike. */
const legalId = (id: string): string => createHash('sha256').update(id).digest('hex');

const known = z.object({ code: z.literal('functions/task-already-exists') });

/** The queues of this project's functions, or of the emulator that CLOUD_TASKS_EMULATOR_HOST names. */
export const createCloudTasks = (app: App, { region }: Pick<Config, 'region'>): Tasks => ({
  enqueue: async (queue, task) => {
    // Few requests need it.
    const { getFunctions } = await import('firebase-admin/functions');
    const line = getFunctions(app).taskQueue(`locations/${region}/functions/queues-${queue}`);
    try {
      await line.enqueue(pack(task, new Date()), {
        id: legalId(task.id),
        ...(task.at && { scheduleTime: task.at }),
      });
      return 'queued';
    } catch (error) {
      if (known.safeParse(error).success) return 'known';
      throw error;
    }
  },
});
