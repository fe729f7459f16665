import type { App } from 'firebase-admin/app';
import type { TokenMessage } from 'firebase-admin/messaging';
import { z } from 'zod';
import { describeError, type Log } from '../log.ts';

/**
 * What became of a message: `sent`; `dead`, its token is of no device any more; `later`, for a reason
 * of the moment; `refused`, which the log has.
 */
export type Sent = 'sent' | 'dead' | 'later' | 'refused';

/** Rings phones. */
export interface PushSender {
  /** Resolves to what became of each message, in their order. */
  readonly send: (messages: readonly TokenMessage[]) => Promise<readonly Sent[]>;
}

/** The most messages that Firebase Cloud Messaging takes at a time. */
const AT_A_TIME = 500;

const failure = z.object({
  code: z.string(),
  message: z.string().catch(''),
  /** Only Firebase Cloud Messaging itself puts a code of its own into the details of an error. */
  httpResponse: z
    .object({
      data: z.object({
        error: z.object({ details: z.array(z.object({ errorCode: z.string().optional() })) }),
      }),
    })
    .optional()
    .catch(undefined),
});

/**
 * What Firebase Cloud Messaging says of a token: that it is of no device any more, or of another
 * Firebase project. The SDK's codes do not tell: a project that is missing, or whose permission is, has
 * the same ones.
 */
const DEAD: ReadonlySet<string> = new Set(['UNREGISTERED', 'SENDER_ID_MISMATCH']);

const LATER: ReadonlySet<string> = new Set([
  'messaging/server-unavailable',
  'messaging/internal-error',
  'messaging/message-rate-exceeded',
  'messaging/device-message-rate-exceeded',
  'messaging/unknown-error',
  'app/network-error',
  'app/network-timeout',
]);

/** What a failure means for the message. */
const meaningOf = (error: unknown): Exclude<Sent, 'sent'> => {
  const { data } = failure.safeParse(error);
  if (data === undefined) return 'refused';
  // The code stands for any mistake in a message; only its text says that it is the token.
  const isToken = /registration token/i.test(data.message);
  const isWrong = data.code === 'messaging/invalid-argument' && isToken;
  const details = data.httpResponse?.data.error.details ?? [];
  if (isWrong || details.some(({ errorCode = '' }) => DEAD.has(errorCode))) return 'dead';
  return LATER.has(data.code) ? 'later' : 'refused';
};

/** Some messages, as many as may be sent at a time. */
const sendSome = async (app: App, log: Log, messages: TokenMessage[]): Promise<Sent[]> => {
  // Only the queue needs it.
  const { getMessaging } = await import('firebase-admin/messaging');
  try {
    const { responses } = await getMessaging(app).sendEach(messages);
    return responses.map(({ success, error }) => {
      const became = success ? 'sent' : meaningOf(error);
      if (became === 'refused') log.write('ERROR', 'a push was refused', describeError(error));
      return became;
    });
  } catch (error) {
    log.write('WARNING', 'Firebase Cloud Messaging takes no messages', describeError(error));
    return messages.map(() => 'later');
  }
};

/** Firebase Cloud Messaging, by its HTTP v1 interface. */
export const createPushSender = (app: App, log: Log): PushSender => ({
  send: async (messages) => {
    const sent: Sent[] = [];
    for (let at = 0; at < messages.length; at += AT_A_TIME) {
      sent.push(...(await sendSome(app, log, messages.slice(at, at + AT_A_TIME))));
    }
    return sent;
  },
});

/** Where there is no Firebase Cloud Messaging, as with the emulators: shows what would ring. */
export const createPushLog = (log: Log): PushSender => ({
  send: async (messages) => {
    for (const { notification, data } of messages) {
      log.write('INFO', 'a phone would ring', { ...notification, ...data });
    }
    return messages.map(() => 'sent');
  },
});
