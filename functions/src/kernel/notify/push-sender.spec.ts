import { expect } from 'chai';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { randomUUID } from 'node:crypto';
import { type Fcm, type FcmAnswer, startFcm } from '../../../test/support/fcm.ts';
import { messageTo } from './push-message.ts';
import { createPushLog, createPushSender } from './push-sender.ts';
import type { Push } from './push-task.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const text = { title: 'Baru', body: 'TRB-202611-0001 menunggu.' };

const push = (defaultPush: Push['defaultPush']): Push => ({
  item: 'Jq3e0mVwZr7hX2pLk9dFsa-T_1c',
  desk: 'cgs',
  kind: 'opened',
  subject: { collection: 'tickets', id: 't1' },
  defaultPush,
  texts: { id: text, en: text, es: text },
  language: 'id',
  to: [],
  round: 0,
});

const failed = (status: number, error: string, message = '', code?: string): FcmAnswer => ({
  status,
  error: { status: error, message, ...(code && { code }) },
});

const ANSWERS: Readonly<Record<string, FcmAnswer>> = {
  fine: { status: 200 },
  gone: failed(404, 'NOT_FOUND', 'Requested entity was not found.', 'UNREGISTERED'),
  broken: failed(
    400,
    'INVALID_ARGUMENT',
    'The registration token is not a valid FCM registration token',
  ),
  'of another project': failed(403, 'PERMISSION_DENIED', 'SenderId mismatch', 'SENDER_ID_MISMATCH'),
  'without permission': failed(403, 'PERMISSION_DENIED', 'Permission denied on the project.'),
  'of no project': failed(404, 'NOT_FOUND', 'The project was not found.'),
  'too much': failed(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', 'QUOTA_EXCEEDED'),
  failing: failed(500, 'INTERNAL', 'Internal error.'),
  'not understood': failed(400, 'INVALID_ARGUMENT', 'Invalid value at message.android.ttl'),
  'not believed': failed(401, 'UNAUTHENTICATED', 'APNs auth error', 'THIRD_PARTY_AUTH_ERROR'),
};

describe('a push', () => {
  let fcm: Fcm;
  const lines: { severity: string; message: string; fields: object }[] = [];
  const log = {
    write: (severity: string, message: string, fields: object = {}) =>
      void lines.push({ severity, message, fields }),
  };

  beforeEach(async () => {
    lines.length = 0;
    fcm = await startFcm((token) => ANSWERS[token] ?? { status: 200 });
  });
  afterEach(() => fcm.stop());

  const sendTo = (...tokens: string[]) =>
    createPushSender(fcm.app, log).send(
      tokens.map((token) => messageTo(token, text, push('on'), NOW)),
    );

  it('is a message as Firebase Cloud Messaging documents it', async () => {
    expect(await sendTo('fine')).to.deep.equal(['sent']);
    expect(fcm.paths).to.deep.equal([
      'POST fcm.googleapis.com/v1/projects/demo-crewline/messages:send',
    ]);
    expect(fcm.requests[0]?.message).to.deep.include({
      token: 'fine',
      notification: text,
      data: { item: push('on').item, desk: 'cgs', kind: 'opened', collection: 'tickets', id: 't1' },
    });
  });

  it('replaces itself on every platform when it comes again', async () => {
    await sendTo('fine');
    const { item } = push('on');
    const { android, apns, webpush } = fcm.requests[0]?.message ?? {};
    expect(android?.notification.tag).to.equal(item);
    expect(apns?.headers['apns-collapse-id']).to.equal(item);
    expect(webpush?.headers.Topic).to.equal(item);
    expect(webpush?.notification.tag).to.equal(item);
  });

  it('breaks through a phone’s own rest only if it is urgent', async () => {
    const messages = (['on', 'urgent'] as const).map((how) =>
      messageTo('fine', text, push(how), NOW),
    );
    await createPushSender(fcm.app, log).send(messages);
    const sent = fcm.requests.map(({ message: { android, apns } }) => [
      android.notification.channel_id,
      apns.payload.aps['interruption-level'],
    ]);
    expect(sent).to.have.deep.members([
      ['notices', 'active'],
      ['urgent', 'time-sensitive'],
    ]);
  });

  it('tells what became of each message, and removes no token for a fault of ours', async () => {
    expect(await sendTo(...Object.keys(ANSWERS))).to.deep.equal([
      'sent',
      'dead',
      'dead',
      'dead',
      'refused',
      'refused',
      'later',
      'later',
      'refused',
      'refused',
    ]);
    expect(lines.map(({ severity }) => severity)).to.deep.equal(
      Array.from({ length: 4 }, () => 'ERROR'),
    );
  });

  it('is sent in groups that Firebase Cloud Messaging takes', async () => {
    const tokens = Array.from({ length: 501 }, (_, index) => `token ${index}`);
    expect(new Set(await sendTo(...tokens))).to.deep.equal(new Set(['sent']));
    expect(fcm.requests.map(({ message }) => message.token)).to.have.members(tokens);
  });

  it('is sent later when none can be sent at all', async () => {
    const ended = initializeApp({ projectId: 'demo-crewline' }, randomUUID());
    await deleteApp(ended);
    const messages = ['fine', 'gone'].map((token) => messageTo(token, text, push('on'), NOW));
    expect(await createPushSender(ended, log).send(messages)).to.deep.equal(['later', 'later']);
    expect(lines.map(({ severity }) => severity)).to.deep.equal(['WARNING']);
  });

  it('is only shown in the log where there are emulators, without the token', async () => {
    const messages = [messageTo('a secret', text, push('on'), NOW)];
    expect(await createPushLog(log).send(messages)).to.deep.equal(['sent']);
    expect(lines).to.have.length(1);
    expect(lines[0]?.fields).to.include({ title: 'Baru', kind: 'opened', id: 't1' });
    expect(JSON.stringify(lines)).not.to.include('a secret');
  });
});
