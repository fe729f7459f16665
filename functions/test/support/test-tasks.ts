import type { Runtime } from '../../src/kernel/runtime.ts';
import { dispatch } from '../../src/kernel/tasks/dispatch.ts';
import { pack } from '../../src/kernel/tasks/envelope.ts';
import type { Queue } from '../../src/kernel/tasks/queue.ts';
import { QUEUES } from '../../src/kernel/tasks/queues.ts';
import type { Task, Tasks } from '../../src/kernel/tasks/tasks.ts';

/** A task of a test's queues that is not done. */
export interface WaitingTask extends Task {
  readonly queue: string;
  /** How often it was attempted. */
  readonly attempts: number;
}

/** Queues in this process, which move only when the test says so, by the runtime's clock. */
export interface TestTasks extends Tasks {
  /** The tasks that are not done, in the order of their arrival. */
  readonly waiting: () => readonly WaitingTask[];
  /**
   * Attempts once every task that is due, also those that are added meanwhile; returns how many. A
   * task that fails waits for the next run, however soon that is.
   */
  readonly run: () => Promise<number>;
}

const queueNamed = (name: string, queues: readonly Queue[]): Queue => {
  const found = queues.find((queue) => queue.name === name);
  if (found === undefined) throw new Error(`there is no queue ${name}`);
  return found;
};

/** Queues of a test, none of whose tasks waits yet. */
export const createTestTasks = (
  runtimeOf: () => Runtime,
  queues: readonly Queue[] = QUEUES,
): TestTasks => {
  const known = new Set<string>();
  const line = new Map<string, WaitingTask & { readonly body: unknown }>();
  const isDue = ({ at }: Task): boolean => at === undefined || at <= runtimeOf().now();
  return {
    enqueue: async (queue, task) => {
      const key = `${queueNamed(queue, queues).name} ${task.id}`;
      if (known.has(key)) return 'known';
      known.add(key);
      const body: unknown = JSON.parse(JSON.stringify(pack(task, runtimeOf().now())));
      line.set(key, { ...task, queue, attempts: 0, body });
      return 'queued';
    },
    waiting: () => [...line.values()].map(({ body: _, ...task }) => task),
    run: async () => {
      const tried = new Set<string>();
      // A map's iteration reaches what is added meanwhile.
      for (const [key, task] of line) {
        if (tried.has(key) || !isDue(task)) continue;
        tried.add(key);
        const attempts = task.attempts + 1;
        const queue = queueNamed(task.queue, queues);
        const outcome = await dispatch(runtimeOf(), queue, task.body, attempts);
        if (outcome === 'done') line.delete(key);
        else line.set(key, { ...task, attempts });
      }
      return tried.size;
    },
  };
};
