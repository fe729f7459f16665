import type { TokenMessage } from 'firebase-admin/messaging';
import type { Text } from './notice.ts';
import type { Push } from './push-task.ts';

/** How long a phone that is off may still be told; the inbox has it for longer. */
const LIFE_SECONDS = 4 * 60 * 60;

/** The channels that Android apps have to create: people mute each of them in their phone's settings. */
const CHANNELS = { urgent: 'urgent', normal: 'notices' } as const;

/**
 * The message to one device. What has been shown is replaced, not added to, when it comes again. There
 * is no `collapseKey`: of messages with different keys, Firebase keeps four for a phone that is off.
 */
export const messageTo = (
  token: string,
  { title, body }: Text,
  { item, desk, kind, subject, defaultPush }: Push,
  now: Date,
): TokenMessage => {
  const isUrgent = defaultPush === 'urgent';
  const expiry = Math.floor(now.getTime() / 1000) + LIFE_SECONDS;
  return {
    token,
    notification: { title, body },
    data: { item, desk, kind, collection: subject.collection, id: subject.id },
    android: {
      priority: 'high',
      ttl: LIFE_SECONDS * 1000,
      notification: { tag: item, channelId: isUrgent ? CHANNELS.urgent : CHANNELS.normal },
    },
    apns: {
      headers: {
        'apns-push-type': 'alert',
        'apns-priority': '10',
        'apns-collapse-id': item,
        'apns-expiration': String(expiry),
      },
      payload: {
        aps: {
          sound: 'default',
          threadId: subject.id,
          'interruption-level': isUrgent ? 'time-sensitive' : 'active',
        },
      },
    },
    webpush: {
      headers: { TTL: String(LIFE_SECONDS), Urgency: 'high', Topic: item },
      notification: { tag: item },
    },
  };
};
