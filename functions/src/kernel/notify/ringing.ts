import type { Device, Inbox } from './inbox.ts';
import type { DefaultPush } from './notice.ts';
import { isQuiet } from './quiet-hours.ts';

/** What a person may have chosen about: a kind of a desk, and how it rings by default. */
export interface RingingKind {
  readonly desk: string;
  readonly kind: string;
  readonly defaultPush: DefaultPush;
}

/** Whether a kind rings for a person, apart from quiet hours. */
export const isTurnedOn = (
  { push }: Pick<Inbox, 'push'>,
  { desk, kind, defaultPush }: RingingKind,
): boolean => push[desk]?.[kind] ?? defaultPush !== 'off';

/** Whether a kind rings for a person at a moment. */
const rings = (inbox: Inbox, kind: RingingKind, now: Date): boolean => {
  if (!isTurnedOn(inbox, kind)) return false;
  const { quietHours } = inbox;
  return kind.defaultPush === 'urgent' || quietHours === null || !isQuiet(quietHours, now);
};

/**
 * The devices that a kind rings at a moment, by their ids: all that were registered within the longest
 * time of a session. An app registers again whenever it starts.
 */
export const ringingDevices = (
  inbox: Inbox,
  kind: RingingKind,
  { now, sessionMaxMs }: { readonly now: Date; readonly sessionMaxMs: number },
): readonly (readonly [id: string, device: Device])[] =>
  rings(inbox, kind, now)
    ? Object.entries(inbox.devices).filter(
        ([, { registeredAt }]) => now.getTime() - registeredAt.getTime() < sessionMaxMs,
      )
    : [];
