import { createHash } from 'node:crypto';
import type { Runtime } from '../runtime.ts';
import { changedByOf, changeIdsOf, isRecord, type Reads, type Write } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import type { Trigger, Written } from '../store/trigger.ts';
import { passingOverUnreadable } from '../store/unreadable.ts';
import { update } from '../store/update.ts';
import { announce } from '../webhooks/announce.ts';
import type { WebhookEvent } from '../webhooks/event.ts';
import { audienceOf } from './audience.ts';
import type { DeskNotices, DeskRule } from './desk-notices.ts';
import { type Inbox, inboxes, inboxIn, inboxItems, type Item, ITEM_MS } from './inbox.ts';
import type { Notice } from './notice.ts';
import { PEOPLE_OF_A_TASK, PUSH, pushTask } from './push-task.ts';
import { ringingDevices } from './ringing.ts';

/** People whose items are written in one commit. */
const PAGE = 300;

/**
 * The id of a notice's items: of its desk, subject, kind, and the change that was written. A delivery
 * that is repeated has the same one, and another desk that tells of the same change has its own.
 */
export const itemIdOf = (
  desk: string,
  { subject, kind }: Pick<Notice, 'subject' | 'kind'>,
  { before, after }: Pick<Written, 'before' | 'after'>,
): string => {
  const written = after ?? before;
  const change = isRecord(written) ? changeIdsOf(written).at(-1) : undefined;
  // A document that is deleted has the id of the change before.
  const named = [desk, subject.collection, subject.id, kind, change, after === undefined];
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url').slice(0, 27);
};

/** The queue knows for an hour that a notice has rung: an event that comes again later rings no more. */
const LATE_MS = 55 * 60_000;

/** A notice on its way to its audience. */
interface Delivery {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly desk: string;
  readonly language: DeskNotices['language'];
  readonly item: string;
  readonly notice: Notice;
  /** Who made the change, and so is not notified. */
  readonly by: string | undefined;
  readonly now: Date;
  readonly isLate: boolean;
}

const itemOf = ({ desk, language, notice, now }: Delivery, inbox: Inbox): Item => ({
  desk,
  kind: notice.kind,
  subject: notice.subject,
  values: notice.values,
  ...notice.texts[inbox.language ?? language],
  createdAt: now,
  readAt: null,
  expiresAt: new Date(now.getTime() + ITEM_MS),
});

/** That nothing is there yet, as it is at the first delivery. */
const NOTHING: Reads = { get: () => undefined };

/** Writes the items of some people; those that an earlier delivery wrote stay as they are. */
const writeItems = async (
  delivery: Delivery,
  people: readonly (readonly [uid: string, inbox: Inbox])[],
): Promise<void> => {
  const { store, runtime, item } = delivery;
  await update(store, runtime, {
    keys: people.map(([uid]) => inboxItems.of(uid).doc(item)),
    first: NOTHING,
    decide: ({ reads }) =>
      people.flatMap(([uid, inbox]): Write[] => {
        const items = inboxItems.of(uid);
        return reads.get(items.doc(item)) === undefined
          ? [items.create(item, itemOf(delivery, inbox))]
          : [];
      }),
  });
};

/** Has the phones of these people ring. */
const ring = async (
  { runtime, desk, language, item, notice }: Delivery,
  uids: readonly string[],
): Promise<void> => {
  const { kind, subject, defaultPush, texts } = notice;
  for (let at = 0; at < uids.length; at += PEOPLE_OF_A_TASK) {
    const to = uids.slice(at, at + PEOPLE_OF_A_TASK).map((uid) => ({ uid }));
    const data = { item, desk, kind, subject, defaultPush, texts, language, to, round: 0 };
    await runtime.tasks.enqueue(PUSH, pushTask(data));
  }
};

/** Writes a notice into the inboxes of its audience, and then lets their phones ring. */
const deliver = async (delivery: Delivery): Promise<void> => {
  const { runtime, store, desk, notice, by, now, isLate } = delivery;
  const kind = { desk, kind: notice.kind, defaultPush: notice.defaultPush };
  const { sessionMaxMs } = runtime.config;
  for await (const uids of audienceOf(store, desk, { ...notice, by }, PAGE)) {
    if (uids.length === 0) continue;
    const reads = await store.load(uids.map(inboxes.doc));
    const people = uids.map((uid) => [uid, inboxIn(runtime, reads, uid)] as const);
    await writeItems(delivery, people);
    if (isLate) continue;
    const ringing = people.flatMap(([uid, inbox]) =>
      ringingDevices(inbox, kind, { now, sessionMaxMs }).length > 0 ? [uid] : [],
    );
    await ring(delivery, ringing);
  }
};

/** A notice as webhooks hear of it: once, whoever is told. */
const eventOf = (
  desk: string,
  item: string,
  { kind, region, subject, values }: Notice,
  at: Date,
): WebhookEvent => ({ id: item, desk, kind, region, at, subject, values });

const noticeTrigger = (
  desk: string,
  language: DeskNotices['language'],
  rule: DeskRule,
): Trigger => ({
  name: rule.name,
  document: `${rule.collection}/{id}`,
  handle: (runtime, written) =>
    passingOverUnreadable(runtime, async () => {
      const store = runtime.store.metered();
      const now = runtime.now();
      const { after, at = now } = written;
      const isLate = now.getTime() - at.getTime() >= LATE_MS;
      const by = isRecord(after) ? changedByOf(after) : undefined;
      const events: WebhookEvent[] = [];
      for (const notice of rule.noticesOf(written)) {
        const item = itemIdOf(desk, notice, written);
        await deliver({ runtime, store, desk, language, item, notice, by, now, isLate });
        events.push(eventOf(desk, item, notice, now));
      }
      await announce(runtime, events);
    }),
});

/**
 * Follow the documents of a desk's rules: what a write means for whom is in their inboxes, and rings,
 * once; webhooks that want to hear of it do too. A delivery that is cut or repeated adds what is missing.
 */
export const noticeTriggers = (
  desk: string,
  notices: DeskNotices | undefined,
): readonly Trigger[] =>
  notices?.rules.map((rule) => noticeTrigger(desk, notices.language, rule)) ?? [];
