import { z } from 'zod';
import { grants } from '../auth/grant.ts';
import type { Runtime } from '../runtime.ts';
import { anyDocument, type Write } from '../store/document.ts';
import { pagesOf, unread } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import type { Trigger } from '../store/trigger.ts';
import { passingOverUnreadable } from '../store/unreadable.ts';
import { update } from '../store/update.ts';
import { withoutDevices } from './devices.ts';
import { inboxes, inboxItems } from './inbox.ts';

const open = z.object({ sessions: z.record(z.string(), z.date()) });

const sessionsOf = (grant: unknown): Readonly<Record<string, Date>> =>
  open.safeParse(grant).data?.sessions ?? {};

/**
 * The sessions that somebody ended: by a logout, a new password, or from another device. One that ran
 * out is not among them, so that the phone of a crew at rest still rings.
 */
export const endedSessions = (before: unknown, after: unknown, now: Date): readonly string[] => {
  const left = sessionsOf(after);
  return Object.entries(sessionsOf(before)).flatMap(([sid, end]) =>
    end > now && !Object.hasOwn(left, sid) ? [sid] : [],
  );
};

/** Forgets the devices that were registered in these sessions, or all of them. */
const forgetDevices = (
  store: Store,
  runtime: Runtime,
  uid: string,
  sids: readonly string[] | 'all',
): Promise<boolean> =>
  update(store, runtime, {
    keys: [inboxes.doc(uid)],
    decide: ({ reads }): readonly Write[] => {
      const seen = reads.get(inboxes.doc(uid));
      if (seen === undefined) return [];
      return withoutDevices(seen, ({ sid }) => sids === 'all' || sids.includes(sid));
    },
  });

const PAGE = 300;

/** Removes all that was kept for somebody who is no longer there. */
const removeInbox = async (store: Store, runtime: Runtime, uid: string): Promise<void> => {
  const owner = anyDocument(grants.doc(uid).path);
  if ((await store.get(owner)) !== undefined) return;
  await forgetDevices(store, runtime, uid, 'all');
  const remove = (path: string): Write => ({ op: 'delete', path });
  await store.commit([remove(inboxes.doc(uid).path)]);
  const all = { anyOf: [inboxItems.of(uid).queries.all.where({})] };
  for await (const page of pagesOf(store, unread(all), PAGE)) {
    await store.commit(page.map(({ key }) => remove(key.path)));
  }
};

/** Follows people: whoever signs out hears no more there, and who is deleted leaves no inbox. */
export const followOwners: Trigger = {
  name: 'inboxOwners',
  document: `${grants.name}/{id}`,
  handle: (runtime, { id, before, after }) =>
    passingOverUnreadable(runtime, async () => {
      const store = runtime.store.metered();
      if (after === undefined) return removeInbox(store, runtime, id);
      const ended = endedSessions(before, after, runtime.now());
      if (ended.length > 0) await forgetDevices(store, runtime, id, ended);
    }),
};
