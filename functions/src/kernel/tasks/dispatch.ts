import { z } from 'zod';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { faultsOf } from '../store/unreadable.ts';
import { envelope } from './envelope.ts';
import type { Queue } from './queue.ts';

const read = (queue: Queue, body: unknown) => {
  const { data: task, error } = envelope.safeParse(body);
  if (task === undefined) return { faults: error };
  const handling = queue.handlingOf(task.data);
  return handling instanceof z.ZodError
    ? { id: task.id, faults: handling }
    : { ...task, handle: handling };
};

/**
 * One attempt at a task: done, or to be delivered again. It is done as well when it was given up, or
 * does not fit the schema of its queue and never will; both are errors in the log, without its data.
 */
export const dispatch = async (
  runtime: Runtime,
  queue: Queue,
  body: unknown,
  attempt: number,
): Promise<'done' | 'again'> => {
  const { log, now } = runtime;
  const task = read(queue, body);
  const shown = { queue: queue.name, task: task.id, attempt };
  if (!('handle' in task)) {
    log.write('ERROR', 'a task could not be read', { ...shown, faults: faultsOf(task.faults) });
    return 'done';
  }
  const { maxAttempts, maxRetrySeconds } = queue.retry;
  const isOld = now().getTime() - task.due.getTime() >= maxRetrySeconds * 1000;
  const isLast = attempt >= maxAttempts && isOld;
  try {
    await task.handle(runtime, { id: task.id, attempt, isLast });
    return 'done';
  } catch (error) {
    const fields = { ...shown, ...describeError(error) };
    if (isLast) log.write('ERROR', 'a task was given up', fields);
    else log.write('WARNING', 'a task has failed and comes again', fields);
    return isLast ? 'done' : 'again';
  }
};
