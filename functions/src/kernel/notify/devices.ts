import { isDeepStrictEqual } from 'node:util';
import type { Loaded, Reads, Write } from '../store/document.ts';
import { type Device, type Inbox, inboxes, NEW_INBOX, ownerOf, pushTokens } from './inbox.ts';

/** Of one person; the one that was registered first gives way to a new one. */
export const MOST_DEVICES = 20;

type Devices = Inbox['devices'];

const disowned = ({ token }: Device): Write => ({ op: 'delete', path: ownerOf(token).path });

/** The writes that forget some of a person's devices; none if there is none of them. */
export const withoutDevices = (
  seen: Loaded<Inbox>,
  isGone: (device: Device, id: string) => boolean,
): readonly Write[] => {
  const all = Object.entries(seen.data.devices);
  const gone = all.filter(([id, device]) => isGone(device, id));
  if (gone.length === 0) return [];
  const left = Object.fromEntries(all.filter((each) => !gone.includes(each)));
  return [inboxes.update(seen, { devices: left }), ...gone.map(([, device]) => disowned(device))];
};

/** The devices of a person with a new one, or one that is registered again; at most `MOST_DEVICES`. */
const withOne = (devices: Devices, id: string, device: Device): Devices => {
  const others = Object.entries(devices)
    .filter(([each, { token }]) => each !== id && token !== device.token)
    .toSorted(([, one], [, other]) => other.registeredAt.getTime() - one.registeredAt.getTime());
  return Object.fromEntries([...others.slice(0, MOST_DEVICES - 1), [id, device]]);
};

/** The person from whom a token moves to somebody else: their inbox, which must be read as well. */
export const formerOwner = (reads: Reads, uid: string, token: string): string | undefined => {
  const owner = reads.get(ownerOf(token))?.data.uid;
  return owner === uid ? undefined : owner;
};

/**
 * The writes that register a device. Its token belongs to nobody else afterwards: `reads` has the
 * inboxes of the person and of its former owner, and the token's owner.
 */
export const withDevice = (
  reads: Reads,
  uid: string,
  id: string,
  device: Device,
): readonly Write[] => {
  const key = ownerOf(device.token);
  const owned = reads.get(key);
  const owner = { uid, device: id };
  const from = formerOwner(reads, uid, device.token);
  const former = from === undefined ? undefined : reads.get(inboxes.doc(from));
  const seen = reads.get(inboxes.doc(uid));
  const devices = withOne(seen?.data.devices ?? {}, id, device);
  const kept = new Set(Object.values(devices).map(({ token }) => token));
  const replaced = Object.values(seen?.data.devices ?? {}).filter(({ token }) => !kept.has(token));
  return [
    inboxes.put(uid, seen, { ...(seen?.data ?? NEW_INBOX), devices }),
    ...(isDeepStrictEqual(owned?.data, owner) ? [] : [pushTokens.put(key.id, owned, owner)]),
    ...replaced.map(disowned),
    ...(former === undefined ? [] : withoutToken(former, device.token)),
  ];
};

/** The write that takes a token away whose owner is written anyway. */
const withoutToken = (seen: Loaded<Inbox>, token: string): readonly Write[] => {
  const left = Object.entries(seen.data.devices).filter(([, each]) => each.token !== token);
  return [inboxes.update(seen, { devices: Object.fromEntries(left) })];
};
