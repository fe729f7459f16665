import { parseDocument, passingOverUnreadable } from '../store/unreadable.ts';
import type { Trigger } from '../store/trigger.ts';
import { deliveries } from './collection.ts';
import { taskOf, webhookQueue } from './queue.ts';

/**
 * Adds the task of each run of a delivery. Whoever begins a run only writes the delivery, so no run
 * is lost between a commit and its task.
 */
export const followDeliveries: Trigger = {
  name: webhookQueue.name,
  document: `${deliveries.name}/{id}`,
  handle: (runtime, { id, before, after }) =>
    passingOverUnreadable(runtime, async () => {
      if (after === undefined) return;
      const key = deliveries.doc(id);
      const delivery = parseDocument(key, after);
      const earlier = before === undefined ? 0 : parseDocument(key, before).run;
      if (delivery.run === earlier) return;
      await runtime.tasks.enqueue(webhookQueue.name, taskOf(delivery));
    }),
};
