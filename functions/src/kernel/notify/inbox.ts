import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Runtime } from '../runtime.ts';
import { collection, subcollection } from '../store/collection.ts';
import type { DocKey, Reads } from '../store/document.ts';
import { BY_ID } from '../store/query.ts';
import { readable } from '../store/unreadable.ts';
import { LANGUAGES } from './notice.ts';
import { quietHoursSchema } from './quiet-hours.ts';

export const PLATFORMS = ['android', 'ios', 'web'] as const;

const deviceSchema = z.object({
  /** The registration token of Firebase Cloud Messaging. */
  token: z.string(),
  platform: z.enum(PLATFORMS),
  appVersion: z.string(),
  /** The session that registered it: the device is forgotten when that is ended. */
  sid: z.string(),
  registeredAt: z.date(),
});

export type Device = z.output<typeof deviceSchema>;

/** `inbox/{uid}`: how a person is notified. One document, so that a push reads no other about it. */
const inboxSchema = z.object({
  /** Null for the desk's own. */
  language: z.enum(LANGUAGES).nullable(),
  /** Which kinds ring, by desk and kind, where that is not the desk's default. */
  push: z.record(z.string(), z.record(z.string(), z.boolean())),
  quietHours: quietHoursSchema.nullable(),
  /** By the id that the app gave it. */
  devices: z.record(z.string(), deviceSchema),
});

export type Inbox = z.output<typeof inboxSchema>;

export const inboxes = collection('inbox', inboxSchema, {
  unindexed: ['language', 'push', 'quietHours', 'devices'],
});

/** What holds for somebody who has chosen nothing and registered no device. */
export const NEW_INBOX: Inbox = { language: null, push: {}, quietHours: null, devices: {} };

/** The inbox of a person; one that can't be read is reported, and is as that of somebody new. */
export const inboxIn = (runtime: Pick<Runtime, 'log'>, reads: Reads, uid: string): Inbox =>
  readable(runtime, () => reads.get(inboxes.doc(uid))?.data) ?? NEW_INBOX;

/** How long an item is kept. */
export const ITEM_MS = 90 * 24 * 60 * 60_000;

/** `inbox/{uid}/items/{id}`: a notice as one person got it, in their language of that time. */
const itemSchema = z.object({
  desk: z.string(),
  kind: z.string(),
  subject: z.object({ collection: z.string(), id: z.string() }),
  values: z.record(z.string(), z.string()),
  title: z.string(),
  body: z.string(),
  createdAt: z.date(),
  readAt: z.date().nullable(),
  expiresAt: z.date(),
});

export type Item = z.output<typeof itemSchema>;

export const inboxItems = subcollection('inbox', 'items', itemSchema, {
  unindexed: ['kind', 'subject', 'values', 'title', 'body'],
  ttl: 'expiresAt',
  queries: {
    list: {
      equal: ['desk'],
      optional: ['readAt'],
      range: 'createdAt',
      orderBy: '-createdAt',
    },
    all: { orderBy: BY_ID },
  },
});

/**
 * `pushTokens/{hash}`: the one device that has a token. Written together with that device, so that
 * a phone that two people use rings for the one who registered it last.
 */
export const pushTokens = collection(
  'pushTokens',
  z.object({ uid: z.string(), device: z.string() }),
);

/** The key of a token's owner. */
export const ownerOf = (token: string): DocKey<{ uid: string; device: string }> =>
  pushTokens.doc(createHash('sha256').update(token).digest('hex'));
