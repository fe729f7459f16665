import type { Runtime } from '../runtime.ts';
import { pagesOf, unread } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import { parseDocument, passingOverUnreadable } from '../store/unreadable.ts';
import { update } from '../store/update.ts';
import { deliveries, type Delivery, type Webhook, webhooks } from './collection.ts';
import { deliveryOf, wants, type WebhookEvent } from './event.ts';

/** Deliveries in one commit. */
const TOGETHER = 100;

/** The webhooks that are on; one that can't be read is reported, and keeps nothing from the others. */
const activeWebhooks = async (runtime: Runtime, store: Store): Promise<Webhook[]> => {
  const criteria = { anyOf: [webhooks.queries.active.where({ active: true })] };
  const found: Webhook[] = [];
  for await (const page of pagesOf(store, unread(criteria))) {
    for (const { id, data } of page) {
      await passingOverUnreadable(runtime, async () => {
        found.push(parseDocument(webhooks.doc(id), data));
      });
    }
  }
  return found;
};

/** Creates the deliveries that are not there yet. */
const createMissing = (runtime: Runtime, store: Store, wanted: readonly Delivery[]) => {
  const keyed = wanted.map((delivery) => ({ delivery, key: deliveries.doc(delivery.id) }));
  return update(store, runtime, {
    keys: keyed.map(({ key }) => key),
    // Hardly any event comes twice: only a commit that fails looks for what is there.
    first: { get: () => undefined },
    decide: ({ reads }) =>
      keyed
        .filter(({ key }) => reads.get(key) === undefined)
        .map(({ delivery }) => deliveries.create(delivery.id, delivery)),
  });
};

/**
 * Tells of events whoever wants to hear of them: a delivery for each event and webhook, which a
 * trigger then sends. To announce an event again changes nothing.
 */
export const announce = async (
  runtime: Runtime,
  events: readonly WebhookEvent[],
): Promise<void> => {
  if (events.length === 0) return;
  const store = runtime.store.metered();
  const now = runtime.now();
  const wanted = (await activeWebhooks(runtime, store)).flatMap((webhook) =>
    events
      .filter((event) => wants(webhook, event))
      .map((event) => deliveryOf(event, webhook.id, now)),
  );
  for (let done = 0; done < wanted.length; done += TOGETHER) {
    await createMissing(runtime, store, wanted.slice(done, done + TOGETHER));
  }
};
