import type { z } from 'zod';
import type { Runtime } from '../runtime.ts';

/** One attempt at a task. */
export interface Delivery {
  /** The id under which it was added. */
  readonly id: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Whether it is given up when this attempt fails. */
  readonly isLast: boolean;
}

/**
 * A queue of tasks. A task comes at least once and in any order, also while another attempt at it is
 * still under way; its handler goes by what the store has now.
 */
export interface TaskQueue<T> {
  /** The function is deployed as `queues-<name>`. */
  readonly name: string;
  /** The data of its tasks, parsed at each delivery. */
  readonly data: z.ZodType<T>;
  /**
   * A task is given up after `maxAttempts`, and not before it has been due for `maxRetrySeconds`.
   * The time between two attempts doubles `maxDoublings` times, then grows by as much each time.
   */
  readonly retry: {
    readonly maxAttempts: number;
    readonly minBackoffSeconds: number;
    readonly maxBackoffSeconds: number;
    readonly maxDoublings: number;
    readonly maxRetrySeconds: number;
  };
  readonly rate: {
    readonly maxConcurrentDispatches: number;
    readonly maxDispatchesPerSecond: number;
  };
  /** A throw means: again later. */
  readonly handle: (runtime: Runtime, data: T, delivery: Delivery) => Promise<void>;
}

type Handling = (runtime: Runtime, delivery: Delivery) => Promise<void>;

/** A queue whose type of data only it knows. */
export interface Queue extends Pick<TaskQueue<unknown>, 'name' | 'retry' | 'rate'> {
  /** What to do about a task with these data, or what is wrong with them. */
  readonly handlingOf: (data: unknown) => Handling | z.ZodError;
}

/** Declares a queue; it is deployed once it is in `queues.ts`. */
export const defineQueue = <T>({ name, retry, rate, data, handle }: TaskQueue<T>): Queue => ({
  name,
  retry,
  rate,
  handlingOf: (given) => {
    const parsed = data.safeParse(given);
    return parsed.success
      ? (runtime, delivery) => handle(runtime, parsed.data, delivery)
      : parsed.error;
  },
});
