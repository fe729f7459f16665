import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { announce } from '../../src/kernel/webhooks/announce.ts';
import { deliveries, webhooks } from '../../src/kernel/webhooks/collection.ts';
import type { WebhookEvent } from '../../src/kernel/webhooks/event.ts';
import { followDeliveries } from '../../src/kernel/webhooks/follow-deliveries.ts';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { entriesOf } from '../support/audit-entries.ts';
import { at, codeOf, listAt, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';
import { createClock, ownRuntime, type TestClock } from '../support/own-store.ts';
import { type Arrived, type Receiver, startReceiver, verified } from '../support/receiver.ts';

const DAY = 24 * 60;

describe('a webhook', () => {
  let clock: TestClock;
  let api: TestApi;
  let world: CgsWorld;
  let admin: Member;
  let receiver: Receiver;
  let hooks: string[];

  beforeEach(async () => {
    clock = createClock(new Date());
    api = await startApi({ store: ownRuntime().runtime.store, now: clock.now });
    world = cgsWorld(api);
    admin = await world.member('SuperAdmin');
    receiver = await startReceiver();
    hooks = [];
  });
  afterEach(async () => {
    await api.stop();
    await receiver.stop();
  });

  const ask = (method: string, path: string, body?: object): Promise<Received> =>
    world.call(method, `/v1/webhooks${path}`, { as: admin, ...(body && { body }) });
  const must = async (...asked: Parameters<typeof ask>): Promise<unknown> => {
    const answer = await ask(...asked);
    expect(answer.status, answer.text).to.be.below(300);
    return at(answer.body, 'data', 'result');
  };
  /** Time goes by, after which the administrator signs in again. */
  const later = async (minutes: number): Promise<void> => {
    clock.forward(minutes);
    admin = await world.signInAgain(admin);
  };
  const add = async (more: object = {}) => {
    const added = await must('POST', '', { url: receiver.url, kinds: ['*'], ...more });
    const id = textAt(added, 'id');
    hooks.push(id);
    return { id, secret: textAt(added, 'secret') };
  };
  const event = (more: Partial<WebhookEvent> = {}): WebhookEvent => ({
    id: 'tickets-1-a',
    desk: 'cgs',
    kind: 'accessGranted',
    region: 'West',
    at: clock.now(),
    subject: { collection: 'tickets', id: '1' },
    values: { number: 'TRB-202611-0001' },
    ...more,
  });

  /** What the trigger and the queue do: each delivery's task is added, and each task attempted once. */
  const deliver = async (): Promise<void> => {
    const { store } = api.runtime;
    const all = { anyOf: hooks.map((webhook) => deliveries.queries.ofWebhook.where({ webhook })) };
    for (const { id, data } of await store.find({ ...all, limit: 100 })) {
      await followDeliveries.handle(api.runtime, { id, before: undefined, after: data });
    }
    await api.tasks.run();
  };
  const listed = async (id: string, query = ''): Promise<unknown[]> => {
    const { body, status, text } = await ask('GET', `/${id}/deliveries${query}`);
    expect(status, text).to.equal(200);
    return listAt(body, 'data', 'result');
  };
  const isSignedBy = (secret: string, { headers, body }: Arrived): boolean => {
    const id = String(headers['webhook-id']);
    const time = new Date(Number(headers['webhook-timestamp']) * 1000);
    const signature = new Webhook(secret).sign(id, time, body);
    return String(headers['webhook-signature']).split(' ').includes(signature);
  };

  it('gets what it wants to hear of, signed, once', async () => {
    const { id, secret } = await add({ desk: 'cgs', kinds: ['accessGranted'], region: 'West' });
    await announce(api.runtime, [
      event(),
      event({ id: '2', region: 'East' }),
      event({ id: '3', desk: 'isp', region: null }),
      event({ id: '4', kind: 'closed' }),
    ]);
    await deliver();
    await deliver();
    expect(receiver.arrived).to.have.length(1);
    const [message] = receiver.arrived;
    expect(message && verified(secret, message)).to.deep.equal({
      type: 'cgs.accessGranted',
      timestamp: clock.now().toISOString(),
      data: {
        desk: 'cgs',
        kind: 'accessGranted',
        region: 'West',
        subject: { collection: 'tickets', id: '1' },
        values: { number: 'TRB-202611-0001' },
      },
    });
    const [delivery] = await listed(id);
    expect(delivery).to.include({
      type: 'cgs.accessGranted',
      status: 'delivered',
    });
    expect(message?.headers).to.include({ 'webhook-id': at(delivery, 'id') });
  });

  it('hears once of an event that is announced again, also after it was delivered', async () => {
    const { id } = await add();
    await announce(api.runtime, [event()]);
    await announce(api.runtime, [event(), event({ id: '2' })]);
    await deliver();
    await announce(api.runtime, [event()]);
    await deliver();
    expect(receiver.arrived).to.have.length(2);
    expect(await listed(id)).to.have.length(2);
  });

  it('gets an event again under the same id until it accepts it, and each attempt is listed', async () => {
    const { id } = await add();
    receiver.next.push(500, 302);
    await announce(api.runtime, [event()]);
    for (let minute = 0; minute < 4; minute += 1) {
      await deliver();
      clock.forward(1);
    }
    expect(receiver.arrived).to.have.length(3);
    expect(new Set(receiver.arrived.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
    expect(new Set(receiver.arrived.map(({ body }) => body)).size).to.equal(1);
    const [delivery] = await listed(id, '?status=delivered');
    const statuses = listAt(delivery, 'attempts').map((each) => at(each, 'status'));
    expect(statuses).to.deep.equal([500, 302, 200]);
    expect(JSON.stringify(delivery)).not.to.include('a body that nobody keeps');
    expect(at(await must('GET', `/${id}`), 'failingSince')).to.equal(null);
  });

  it('is given up for an event after a day, which can be sent again by hand', async () => {
    const { id } = await add();
    receiver.next.push(...Array.from({ length: 30 }, () => 500));
    await announce(api.runtime, [event()]);
    for (let hour = 0; hour < 30; hour += 1) {
      await deliver();
      await later(60);
    }
    const [failed] = await listed(id, '?status=failed');
    expect(listAt(failed, 'attempts')).to.have.length(25);
    expect(api.tasks.waiting()).to.deep.equal([]);
    expect(api.lines.filter(({ severity }) => severity === 'ERROR')).to.deep.equal([]);
    receiver.next.length = 0;
    await must('POST', `/${id}/deliveries/${textAt(failed, 'id')}/retry`);
    await deliver();
    expect(at((await listed(id))[0], 'status')).to.equal('delivered');
  });

  it('gets by hand also what it accepted before, under the same id', async () => {
    const { id } = await add();
    const delivery = textAt(await must('POST', `/${id}/test`), 'id');
    await deliver();
    await must('POST', `/${id}/deliveries/${delivery}/retry`);
    await deliver();
    expect(receiver.arrived.map(({ headers }) => headers['webhook-id'])).to.deep.equal([
      delivery,
      delivery,
    ]);
    expect(at(JSON.parse(receiver.arrived[0]?.body ?? ''), 'type')).to.equal('cgs.test');
  });

  it('shows its secret when it is added and when it gets another, and nowhere else', async () => {
    const { id, secret } = await add();
    await later(1);
    const entries = await entriesOf(api.runtime.store, async () => {
      await must('PUT', `/${id}`, { description: 'Other' });
      const another = textAt(await must('POST', `/${id}/secret`), 'secret');
      expect(another).not.to.equal(secret);
      await must('POST', `/${id}/test`);
      await deliver();
      for (const path of ['', `/${id}`, `/${id}/deliveries`]) {
        const { text } = await ask('GET', path);
        expect(text).not.to.include(secret).and.not.to.include(another).and.not.include('whsec');
      }
      await must('DELETE', `/${id}`);
    });
    expect(entries.map(({ action }) => action)).to.have.members([
      'PUT /v1/webhooks/:id',
      'POST /v1/webhooks/:id/secret',
      'POST /v1/webhooks/:id/test',
      'DELETE /v1/webhooks/:id',
    ]);
    expect(JSON.stringify(entries)).not.to.include('whsec');
    expect(JSON.stringify(api.lines)).not.to.include('whsec');
  });

  it('shows its secret once to a request that is repeated, which then gets another', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = { url: receiver.url, kinds: ['*'] };
    const adding = () => world.call('POST', '/v1/webhooks', { as: admin, headers, body });
    const [first, again] = [await adding(), await adding()];
    const added = at(first.body, 'data', 'result');
    expect(textAt(added, 'secret')).to.match(/^whsec_/);
    expect(again.headers.get('Idempotent-Replayed')).to.equal('true');
    expect(at(again.body, 'data', 'result')).to.deep.equal({ ...Object(added), secret: null });
    const another = await must('POST', `/${textAt(added, 'id')}/secret`);
    expect(textAt(another, 'secret')).not.to.equal(textAt(added, 'secret'));
  });

  it('signs with the secret before as well, for a day after it got another', async () => {
    const { id, secret } = await add();
    const another = textAt(await must('POST', `/${id}/secret`), 'secret');
    await later(DAY - 1);
    await must('POST', `/${id}/test`);
    await deliver();
    clock.forward(1);
    await must('POST', `/${id}/test`);
    await deliver();
    const signed = receiver.arrived.map((each) =>
      [secret, another].map((s) => isSignedBy(s, each)),
    );
    expect(signed).to.deep.equal([
      [true, true],
      [false, true],
    ]);
  });

  it('is switched off after five days of failures, and works again when it is switched on', async () => {
    const { id } = await add();
    receiver.next.push(500, 500);
    await announce(api.runtime, [event()]);
    await deliver();
    await later(5 * DAY);
    await announce(api.runtime, [event({ id: '2' })]);
    await deliver();
    expect(await must('GET', `/${id}`)).to.include({ active: false, disabledReason: 'failing' });
    const told = api.lines.filter(({ message }) => message === 'a webhook was switched off');
    expect(told.map(({ fields }) => fields)).to.deep.equal([{ webhook: id, reason: 'failing' }]);
    for (const path of ['test', `deliveries/${textAt((await listed(id))[0], 'id')}/retry`]) {
      expect(codeOf(await ask('POST', `/${id}/${path}`))).to.equal('webhook/switched-off');
    }
    expect(await must('PUT', `/${id}`, { active: true })).to.include({
      active: true,
      disabledReason: null,
      failingSince: null,
    });
    const test = textAt(await must('POST', `/${id}/test`), 'id');
    await deliver();
    const delivered = await listed(id, '?status=delivered');
    expect(delivered.map((each) => at(each, 'id'))).to.include(test);
  });

  it('that is sent elsewhere has not failed there', async () => {
    const { id } = await add();
    receiver.next.push(500);
    await must('POST', `/${id}/test`);
    await deliver();
    expect(await must('GET', `/${id}`)).to.include({ failingSince: clock.now().toISOString() });
    const renamed = await must('PUT', `/${id}`, { description: 'The same place' });
    expect(renamed).to.include({ failingSince: clock.now().toISOString() });
    const moved = await must('PUT', `/${id}`, { url: `${receiver.url}/2` });
    expect(moved).to.include({ failingSince: null });
  });

  it('is switched off when its receiver is gone, and what waits is dropped', async () => {
    const { id } = await add();
    receiver.next.push(410);
    await must('POST', `/${id}/test`);
    await deliver();
    expect(await must('GET', `/${id}`)).to.include({ active: false, disabledReason: 'gone' });
    await must('PUT', `/${id}`, { active: true });
    await must('POST', `/${id}/test`);
    await must('PUT', `/${id}`, { active: false });
    await deliver();
    const statuses = (await listed(id)).map((each) => at(each, 'status'));
    expect(statuses).to.have.members(['failed', 'dropped']);
    expect(receiver.arrived).to.have.length(1);
  });

  it('that is deleted gets nothing more', async () => {
    const { id } = await add();
    await must('POST', `/${id}/test`);
    await must('DELETE', `/${id}`);
    await deliver();
    expect(receiver.arrived).to.deep.equal([]);
    expect((await ask('GET', `/${id}/deliveries`)).status).to.equal(404);
  });

  it('shows only its own deliveries', async () => {
    const [one, other] = [await add(), await add()];
    const delivery = textAt(await must('POST', `/${one.id}/test`), 'id');
    expect(await listed(other.id)).to.deep.equal([]);
    const answer = await ask('POST', `/${other.id}/deliveries/${delivery}/retry`);
    expect(codeOf(answer)).to.equal('webhook/delivery-not-found');
  });

  it('has a URL that everybody can reach by https, unless it is on an emulator', async () => {
    const live = await startApi({
      store: api.runtime.store,
      config: { ...api.runtime.config, webhooksToLoopback: false },
    });
    const { id } = await add();
    for (const url of [receiver.url, 'http://hooks.example.com', 'https://169.254.169.254/']) {
      for (const [method, path] of [
        ['POST', ''],
        ['PUT', `/${id}`],
      ] as const) {
        const body = { url, kinds: ['*'] };
        const answer = await cgsWorld(live).call(method, `/v1/webhooks${path}`, {
          as: admin,
          body,
        });
        expect(answer.status, answer.text).to.equal(400);
        expect(at(answer.body, 'error', 'details', 0, 'path')).to.equal('url');
      }
    }
    await live.stop();
  });

  it('hears only of kinds that its desk has', async () => {
    const ask400 = async (body: object) => {
      const answer = await ask('POST', '', { url: receiver.url, ...body });
      expect(answer.status, answer.text).to.equal(400);
      return at(answer.body, 'error', 'details', 0, 'path');
    };
    expect(await ask400({ kinds: ['noSuchKind'] })).to.equal('kinds.0');
    expect(await ask400({ desk: 'isp', kinds: ['webhookSwitchedOff'] })).to.equal('kinds');
    await add({ desk: 'cgs', kinds: ['webhookSwitchedOff'] });
    await add({ kinds: ['webhookSwitchedOff', 'accessGranted'] });
  });

  it('of another desk than cgs has no region', async () => {
    const answer = await ask('POST', '', {
      url: receiver.url,
      kinds: ['*'],
      desk: 'isp',
      region: 'West',
    });
    expect(answer.status).to.equal(400);
    expect(at(answer.body, 'error', 'details', 0, 'path')).to.equal('region');
  });

  it('accepts itself as it was read, and keeps what a change leaves out', async () => {
    const { id } = await add({ desk: 'cgs', description: 'The status page' });
    const read = await must('GET', `/${id}`);
    const again = await must('PUT', `/${id}`, Object(read));
    expect({ ...Object(again), updatedAt: null }).to.deep.equal({
      ...Object(read),
      updatedAt: null,
    });
    expect(await must('PUT', `/${id}`, { desk: null })).to.include({
      desk: null,
      description: 'The status page',
    });
    expect((await ask('PUT', `/${id}`, { failingSince: '2026-11-20T08:00:00Z' })).status).to.equal(
      400,
    );
    const reads = await api.runtime.store.load([webhooks.doc(id)]);
    expect(reads.get(webhooks.doc(id))?.data.secret).to.match(/^whsec_/);
  });
});
