/** Work for later, on a queue. */
export interface Task {
  /**
   * Names the work: a task whose id the queue knows already is not added. Cloud Tasks forgets an id
   * about an hour after its task has ended, so what may come again later must be known by the store.
   */
  readonly id: string;
  /** Plain JSON, and little of it: ids rather than what they stand for. */
  readonly data: object;
  /**
   * Not before this time, at most 30 days ahead; at once by default. The emulator of firebase-tools
   * does not wait.
   */
  readonly at?: Date;
}

/** Cloud Tasks: work that is done later, again until it succeeds, and no faster than its queue allows. */
export interface Tasks {
  /**
   * Adds a task to the queue of this name. It is delivered at least once.
   *
   * @returns 'known' if the queue has or recently had a task of the same id
   * @throws Error when Cloud Tasks can't be reached; the task may have been added all the same
   */
  readonly enqueue: (queue: string, task: Task) => Promise<'queued' | 'known'>;
}
