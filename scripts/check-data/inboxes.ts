import { grants } from '../../functions/src/kernel/auth/grant.ts';
import { MOST_DEVICES } from '../../functions/src/kernel/notify/devices.ts';
import {
  inboxes,
  inboxItems,
  ITEM_MS,
  ownerOf,
  pushTokens,
} from '../../functions/src/kernel/notify/inbox.ts';
import { checkOf, type CollectionCheck, type Doc, expectSame, expectThat } from './check.ts';

/** Firestore removes what has expired within a day, if not at once. */
const REMOVAL_MS = 3 * 24 * 60 * 60_000;

/** `inbox/{uid}`: of somebody who is there, and each of its devices has its token. */
const inboxCheck = checkOf(inboxes, {
  refers: ({ devices }, { id }) => [
    grants.doc(id),
    ...Object.values(devices).map(({ token }) => ownerOf(token)),
  ],
  faults: ({ devices }, { id: uid }, found) => [
    ...expectThat(found(grants.doc(uid)) !== undefined, 'id', `has no grants/${uid}`),
    ...expectThat(Object.keys(devices).length <= MOST_DEVICES, 'devices', 'are too many'),
    ...Object.entries(devices).flatMap(([device, { token }]) =>
      expectSame(`devices.${device}.token`, found(ownerOf(token)), { uid, device }),
    ),
  ],
});

/** `pushTokens/{hash}`: of the one device that has this token. */
const tokenCheck = checkOf(pushTokens, {
  refers: ({ uid }) => [inboxes.doc(uid)],
  faults: ({ uid, device }, { id }, found) => {
    const token = found(inboxes.doc(uid))?.devices[device]?.token;
    const isThere = token !== undefined && ownerOf(token).id === id;
    return expectThat(isThere, 'device', `is not at inbox/${uid} with this token`);
  },
});

const uidOf = ({ path }: Doc): string => path.split('/')[1] ?? '';

/** `inbox/{uid}/items/{id}`: of somebody who is there, and not kept for longer than it should be. */
const itemCheck = checkOf(
  { name: inboxItems.path, doc: (id) => inboxItems.of('somebody').doc(id) },
  {
    refers: (_, doc) => [grants.doc(uidOf(doc))],
    faults: ({ createdAt, readAt, expiresAt }, doc, found, now) => [
      ...expectThat(
        found(grants.doc(uidOf(doc))) !== undefined,
        'id',
        `has no grants/${uidOf(doc)}`,
      ),
      ...expectSame('expiresAt', expiresAt, new Date(createdAt.getTime() + ITEM_MS)),
      ...expectThat(readAt === null || readAt >= createdAt, 'readAt', 'is before createdAt'),
      ...expectThat(
        now.getTime() - expiresAt.getTime() < REMOVAL_MS,
        'expiresAt',
        'was days ago, so the TTL policy of this field is missing',
      ),
    ],
  },
);

/** What must hold of how people are notified. */
export const inboxChecks: readonly CollectionCheck[] = [inboxCheck, tokenCheck, itemCheck];
