import { randomUUID } from 'node:crypto';
import type { Grant } from '../../src/kernel/auth/grant.ts';
import { sessionOf } from '../../src/kernel/auth/session.ts';
import { withDevice } from '../../src/kernel/notify/devices.ts';
import { inboxes, inboxItems, type Item, ITEM_MS, ownerOf } from '../../src/kernel/notify/inbox.ts';
import type { TestApi } from '../support/harness.ts';
import { personWith } from './person.ts';
import type { Brought } from './stage.ts';

/** Writes a notice into somebody's inbox, as a trigger does; resolves to its id. */
export const writeItem = async (
  { runtime: { store, now } }: Pick<TestApi, 'runtime'>,
  uid: string,
  desk: string,
  more: Partial<Item> = {},
): Promise<string> => {
  const id = randomUUID();
  const createdAt = more.createdAt ?? now();
  const item = {
    desk,
    kind: 'accessChanged',
    subject: { collection: 'grants', id: uid },
    values: { desk },
    title: 'Access changed',
    body: `What you may do in ${desk} has changed.`,
    createdAt,
    readAt: null,
    expiresAt: new Date(createdAt.getTime() + ITEM_MS),
    ...more,
  };
  await store.commit([inboxItems.of(uid).create(id, item)]);
  return id;
};

/** Registers a device of somebody, as their app does. */
export const writeDevice = async (
  { runtime: { store, now } }: Pick<TestApi, 'runtime'>,
  { id: uid, cookie }: { readonly id: string; readonly cookie: string },
  device: string,
  token: string = randomUUID(),
): Promise<string> => {
  const reads = await store.load([inboxes.doc(uid), ownerOf(token)]);
  const sid = sessionOf(cookie)?.sid ?? '';
  const registered = { token, platform: 'android', appVersion: '3.1.0', sid } as const;
  await store.commit(withDevice(reads, uid, device, { ...registered, registeredAt: now() }));
  return token;
};

/** The situations that the samples about notices are given, the same at each desk. */
export const notifySituations = (api: TestApi, access: Grant['access']) => ({
  notice: async (): Promise<Brought> => {
    const { id: uid, cookie } = await personWith(api, access);
    const [desk = ''] = Object.keys(access);
    return { sender: { cookie }, params: { id: await writeItem(api, uid, desk) } };
  },
  token: async (): Promise<Brought> => ({ words: { token: randomUUID() } }),
  device: async (): Promise<Brought> => {
    const person = await personWith(api, access);
    await writeDevice(api, person, 'pixel-8');
    return { sender: person, params: { id: 'pixel-8' } };
  },
});
