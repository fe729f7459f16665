import { z } from 'zod';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { refuse } from '../problem.ts';
import type { Gather } from '../store/change.ts';
import { isDocumentId, type Reads } from '../store/document.ts';
import { idText } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import { formerOwner, withDevice, withoutDevices } from './devices.ts';
import { type Device, inboxes, ownerOf, PLATFORMS } from './inbox.ts';
import type { Served } from './served.ts';

const deviceWire = z
  .object({
    id: z.string(),
    platform: z.enum(PLATFORMS),
    appVersion: z.string(),
    registeredAt: z.iso.datetime(),
    current: z.boolean().meta({ description: 'whether it was registered in this session' }),
  })
  .meta({ id: 'Device' });

/** A device as its owner sees it: without its token. */
const toWire = (
  id: string,
  { platform, appVersion, sid, registeredAt }: Device,
  current: string,
): z.input<typeof deviceWire> => ({
  id,
  platform,
  appVersion,
  registeredAt: registeredAt.toISOString(),
  current: sid === current,
});

const body = z.strictObject({
  token: z.string().min(1).max(4096).meta({
    description: 'the registration token of Firebase Cloud Messaging',
  }),
  platform: z.enum(PLATFORMS),
  appVersion: z.string().min(1).max(50),
});

/** An id of the app's choice. It names a field, for which Firestore has the rules of documents. */
const byDevice = z.strictObject({
  id: idText.refine(isDocumentId).meta({ description: 'the id that the app gives the device' }),
});

/** The inbox of a person, the owner of a token, and the inbox that the token leaves. */
const gatherFor =
  (store: Store, uid: string, token: string): Gather<Reads> =>
  async () => {
    const reads = await store.load([inboxes.doc(uid), ownerOf(token)]);
    const from = formerOwner(reads, uid, token);
    return from === undefined ? reads : store.load([inboxes.doc(from)], reads);
  };

/** Registers a device of the caller, by an id of the app's choice; again when it has a new token. */
export const registerDevice = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    method: 'put',
    path: '/me/devices/:id',
    upserts: true,
    summary: 'Lets this device ring; its token then rings for nobody else',
    input: { ...noInput, params: byDevice, body },
    status: 200,
    output: style.one.schema(deviceWire),
    returns: 'the device',
    // The caller, their inbox and the token's owner; one more of each for a token of somebody else.
    cost: { reads: 3, writes: 2 },
    sample: {
      given: 'token',
      params: { id: 'pixel-8' },
      body: { token: '{token}', platform: 'android', appVersion: '3.1.0' },
    },
    handle: ({ input: { params, body: asked }, principal, store, change }) => {
      const { person, sid } = principal;
      return change({
        gather: gatherFor(store, person.id, asked.token),
        decide: ({ gathered, now }) => {
          const device = { ...asked, sid, registeredAt: now };
          return {
            writes: withDevice(gathered, person.id, params.id, device),
            answer: style.one.of(toWire(params.id, device, sid)),
          };
        },
      });
    },
  });

/** Lists the devices that ring for the caller. */
export const listDevices = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    method: 'get',
    path: '/me/devices',
    summary: 'Lists the devices that ring for the caller, of all desks',
    input: noInput,
    status: 200,
    output: style.list.schema(deviceWire),
    returns: 'the devices, at most 20, the latest first',
    cost: { reads: 2, writes: 0 },
    sample: { given: 'device' },
    handle: async ({ principal: { person, sid }, store }) => {
      const key = inboxes.doc(person.id);
      const devices = (await store.get(key))?.data.devices ?? {};
      const latest = Object.entries(devices).toSorted(
        ([, one], [, other]) => other.registeredAt.getTime() - one.registeredAt.getTime(),
      );
      return style.list.of(latest.map(([id, device]) => toWire(id, device, sid)));
    },
  });

/** Forgets a device of the caller: it does not ring any more. */
export const removeDevice = <A>({ style, own }: Served<A>): Endpoint =>
  own({
    method: 'delete',
    path: '/me/devices/:id',
    summary: 'Lets a device ring no more',
    input: { ...noInput, params: byDevice },
    status: 200,
    output: style.done.schema,
    returns: 'no data',
    cost: { reads: 2, writes: 2 },
    sample: { given: 'device' },
    handle: ({ input: { params }, principal: { person }, store, change }) => {
      const key = inboxes.doc(person.id);
      return change({
        gather: () => store.get(key),
        decide: ({ gathered: seen }) => {
          const writes = seen ? withoutDevices(seen, (_, id) => id === params.id) : [];
          return writes.length === 0
            ? refuse('resource/not-found')
            : { writes, answer: style.done.of('Device removed') };
        },
      });
    },
  });
