import { HttpsError } from 'firebase-functions/https';
import { onTaskDispatched, type TaskQueueFunction } from 'firebase-functions/tasks';
import { params } from '../config.ts';
import type { Runtime } from '../runtime.ts';
import { dispatch } from './dispatch.ts';
import type { Queue } from './queue.ts';

/**
 * Cloud Tasks goes on for longer than we do: a task that it ends itself is gone without a word, also
 * between the last attempt within the time and the first one after it.
 */
const retryConfigOf = ({ retry }: Queue) => ({
  ...retry,
  maxRetrySeconds: retry.maxRetrySeconds + 2 * retry.maxBackoffSeconds,
});

/** The function that Cloud Tasks calls with the tasks of a queue. */
export const queueFunction = (queue: Queue, theRuntime: () => Runtime): TaskQueueFunction =>
  onTaskDispatched<unknown>(
    {
      region: params.region,
      memory: params.memory,
      retryConfig: retryConfigOf(queue),
      rateLimits: queue.rate,
    },
    async ({ data, retryCount }) => {
      const outcome = await dispatch(theRuntime(), queue, data, retryCount + 1);
      // Any failure means "again"; the log has the reason already.
      if (outcome === 'again') throw new HttpsError('internal', 'again later');
    },
  );
