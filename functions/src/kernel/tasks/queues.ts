import type { Queue } from './queue.ts';

/** Every queue that is deployed. */
export const QUEUES: readonly Queue[] = [];
