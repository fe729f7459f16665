import { grants } from '../auth/grant.ts';
import { describeError } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { anyDocument } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import { update } from '../store/update.ts';
import { defineQueue } from '../tasks/queue.ts';
import { mayUse } from './audience.ts';
import { withoutDevices } from './devices.ts';
import { type Device, inboxes, inboxIn } from './inbox.ts';
import type { Language } from './notice.ts';
import { messageTo } from './push-message.ts';
import type { Sent } from './push-sender.ts';
import { PUSH, type Push, pushSchema, pushTask } from './push-task.ts';
import { ringingDevices } from './ringing.ts';

/** A device to ring. */
interface Target {
  readonly uid: string;
  readonly id: string;
  readonly device: Device;
  readonly language: Language;
}

/** Nobody needs to be told much later what is in their inbox. */
const RETRY = {
  maxAttempts: 8,
  minBackoffSeconds: 10,
  maxBackoffSeconds: 300,
  maxDoublings: 4,
  maxRetrySeconds: 1800,
} as const;

/** How often, and how late, a push is passed on to those whom it has not reached. */
const MOST_ROUNDS = 5;
const ROUND_MS = 60_000;

/** The devices that a push rings now: of people who may use the desk and want to hear of it. */
const targetsOf = async (runtime: Runtime, store: Store, push: Push): Promise<Target[]> => {
  const grantOf = (uid: string) => anyDocument(grants.doc(uid).path);
  const reads = await store.load(push.to.flatMap(({ uid }) => [grantOf(uid), inboxes.doc(uid)]));
  const moment = { now: runtime.now(), sessionMaxMs: runtime.config.sessionMaxMs };
  return push.to
    .filter(({ uid }) => mayUse(reads.get(grantOf(uid))?.data, push.desk))
    .flatMap(({ uid, devices }) => {
      const inbox = inboxIn(runtime, reads, uid);
      const language = inbox.language ?? push.language;
      return ringingDevices(inbox, push, moment)
        .filter(([id]) => devices?.includes(id) ?? true)
        .map(([id, device]) => ({ uid, id, device, language }));
    });
};

/** Forgets the devices of a person whose tokens are dead. The next push tries again if it fails. */
const forget = async (
  runtime: Runtime,
  store: Store,
  uid: string,
  dead: readonly Target[],
): Promise<void> => {
  const tokens = dead.map(({ device }) => device.token);
  try {
    await update(store, runtime, {
      keys: [inboxes.doc(uid)],
      decide: ({ reads }) => {
        const seen = reads.get(inboxes.doc(uid));
        return seen ? withoutDevices(seen, ({ token }) => tokens.includes(token)) : [];
      },
    });
  } catch (error) {
    runtime.log.write('WARNING', 'a dead device could not be removed', describeError(error));
  }
};

/** Passes a push on to the devices that it has not reached, so that the others don't ring again. */
const passOn = async (
  { tasks, now, log }: Runtime,
  push: Push,
  missed: readonly Target[],
): Promise<void> => {
  const { item, kind, round } = push;
  if (round >= MOST_ROUNDS) {
    log.write('ERROR', 'a push was given up', { item, kind, devices: missed.length });
    return;
  }
  const byPerson = Map.groupBy(missed, ({ uid }) => uid);
  const to = [...byPerson].map(([uid, its]) => ({ uid, devices: its.map(({ id }) => id) }));
  const rest = { ...push, to, round: round + 1 };
  await tasks.enqueue(PUSH, pushTask(rest, new Date(now().getTime() + ROUND_MS)));
};

/**
 * Rings the phones of some people. A repeat of the task rings again: what was sent to some devices is
 * passed on as a task for the others, and only what was sent to none is thrown.
 */
const push = async (runtime: Runtime, data: Push): Promise<void> => {
  const store = runtime.store.metered();
  const targets = await targetsOf(runtime, store, data);
  if (targets.length === 0) return;
  const messages = targets.map(({ device, language }) =>
    messageTo(device.token, data.texts[language], data, runtime.now()),
  );
  const sent = await runtime.push.send(messages);
  const became = (what: Sent) => targets.filter((_, index) => sent[index] === what);
  const missed = became('later');
  if (missed.length === targets.length) throw new Error('no message could be sent');
  if (missed.length > 0) await passOn(runtime, data, missed);
  for (const [uid, dead] of Map.groupBy(became('dead'), (each) => each.uid)) {
    await forget(runtime, store, uid, dead);
  }
};

/** The queue that rings phones. */
export const pushQueue = defineQueue({
  name: PUSH,
  data: pushSchema,
  retry: RETRY,
  rate: { maxConcurrentDispatches: 20, maxDispatchesPerSecond: 50 },
  handle: push,
});
