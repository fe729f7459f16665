import { pushQueue } from '../notify/push.ts';
import { webhookQueue } from '../webhooks/queue.ts';
import type { Queue } from './queue.ts';

/** Every queue that is deployed. */
export const QUEUES: readonly Queue[] = [pushQueue, webhookQueue];
