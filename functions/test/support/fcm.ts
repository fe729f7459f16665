import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { randomUUID } from 'node:crypto';
import { type App, deleteApp, initializeApp } from 'firebase-admin/app';
import { getMessaging } from 'firebase-admin/messaging';
import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const duration = z.string().regex(/^\d+(\.\d{1,9})?s$/);

/** The request of `projects.messages.send`, as Firebase Cloud Messaging documents it for tokens. */
const requestSchema = z.strictObject({
  message: z.strictObject({
    token: z.string().min(1),
    notification: z.strictObject({ title: z.string(), body: z.string() }),
    data: texts.refine(
      (data) => !Object.keys(data).some((key) => /^(from|message_type|google|gcm)/.test(key)),
    ),
    android: z.strictObject({
      priority: z.enum(['high', 'normal']),
      ttl: duration,
      notification: z.strictObject({ tag: z.string(), channel_id: z.string() }),
    }),
    apns: z.strictObject({
      headers: z.strictObject({
        'apns-push-type': z.literal('alert'),
        'apns-priority': z.enum(['1', '5', '10']),
        'apns-collapse-id': z.string().max(64),
        'apns-expiration': z.string().regex(/^\d+$/),
      }),
      payload: z.strictObject({
        aps: z.strictObject({
          sound: z.string(),
          'thread-id': z.string(),
          'interruption-level': z.enum(['passive', 'active', 'time-sensitive', 'critical']),
        }),
      }),
    }),
    webpush: z.strictObject({
      headers: z.strictObject({
        TTL: z.string().regex(/^\d+$/),
        Urgency: z.enum(['very-low', 'low', 'normal', 'high']),
        Topic: z.string().regex(/^[\w-]{1,32}$/),
      }),
      notification: z.strictObject({ tag: z.string() }),
    }),
  }),
});

export type FcmRequest = z.output<typeof requestSchema>;

/**
 * What Firebase Cloud Messaging answers to a message: its status, and the error of the HTTP v1 interface.
 * Without a `code`, it is one of Google's servers before it, which know nothing of tokens.
 */
export interface FcmAnswer {
  readonly status: number;
  readonly error?: { readonly status: string; readonly message: string; readonly code?: string };
}

const bodyOf = ({ status, error }: FcmAnswer): object =>
  error === undefined
    ? { name: 'projects/demo-crewline/messages/1' }
    : {
        error: {
          code: status,
          message: error.message,
          status: error.status,
          details: [
            error.code === undefined
              ? { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'UNKNOWN' }
              : {
                  '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError',
                  errorCode: error.code,
                },
          ],
        },
      };

/** A server that stands where Firebase Cloud Messaging is for the Admin SDK's app. */
export interface Fcm {
  readonly app: App;
  /** What was sent, parsed by the documented schema. */
  readonly requests: readonly FcmRequest[];
  readonly paths: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts such a server, which answers each message by its token. */
export const startFcm = async (answerTo: (token: string) => FcmAnswer): Promise<Fcm> => {
  const requests: FcmRequest[] = [];
  const paths: string[] = [];
  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const parsed = requestSchema.safeParse(JSON.parse(await text(req)));
    const answer = parsed.success
      ? answerTo(parsed.data.message.token)
      : { status: 400, error: { status: 'INVALID_ARGUMENT', message: parsed.error.message } };
    if (parsed.success) requests.push(parsed.data);
    paths.push(`${req.method} ${req.headers.host}${req.url}`);
    res.writeHead(answer.status, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(bodyOf(answer)));
  };
  const server = createServer((req, res) => void serve(req, res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const agent = new Agent();
  agent.createConnection = () => connect(port, '127.0.0.1');
  const app = initializeApp(
    {
      projectId: 'demo-crewline',
      httpAgent: agent,
      credential: {
        getAccessToken: async () => ({ access_token: 'a token', expires_in: 3600 }),
      },
    },
    `fcm-${randomUUID()}`,
  );
  // HTTP/2 takes no agent; the requests are the same.
  getMessaging(app).enableLegacyHttpTransport();
  return {
    app,
    requests,
    paths,
    stop: async () => {
      await deleteApp(app);
      server.closeAllConnections();
      server.close();
    },
  };
};
