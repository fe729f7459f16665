import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { newWebhook } from '../../../test/support/new-webhook.ts';
import type { Collection } from '../store/collection.ts';
import { type Attempt, deliveries, type Delivery, type Webhook, webhooks } from './collection.ts';
import { planAttempt, verdictOf } from './attempted.ts';
import { newDelivery } from './event.ts';

const NOW = new Date('2026-11-20T08:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 3_600_000);

const seen = <T extends { readonly id: string }>(from: Collection<T>, data: T) => ({
  key: from.doc(data.id),
  id: data.id,
  data,
  version: Timestamp.fromMillis(1),
  changeIds: [],
});

const webhook = (more: Partial<Webhook> = {}): Webhook => ({
  ...newWebhook('https://hooks.example.com', NOW),
  ...more,
});
const subject = { collection: 'tickets', id: '1' };
const data = { desk: 'cgs', kind: 'opened', region: null, subject, values: {} };
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  ...newDelivery('d', 'w', { at: NOW, data }, NOW),
  ...more,
});
const answered = (status: number | null): Attempt => ({
  at: NOW,
  ms: 20,
  status,
  error: status === null ? 'TIMEOUT' : null,
});

/** What is written to the delivery and to the webhook. */
const plan = (
  status: number | null,
  { to = {}, of = {}, isLast = false }: { to?: object; of?: object; isLast?: boolean } = {},
) => {
  const { writes, switchOff } = planAttempt(
    seen(deliveries, delivery(of)),
    seen(webhooks, webhook(to)),
    { run: 1, attempt: answered(status), isLast },
  );
  const [noted, changed] = writes.map((write) => 'data' in write && write.data);
  return { noted, changed, switchOff };
};

describe('an attempt', () => {
  for (const [status, isLast, verdict] of [
    [200, false, 'delivered'],
    [204, true, 'delivered'],
    [299, false, 'delivered'],
    [199, false, 'waiting'],
    [301, false, 'waiting'],
    [302, false, 'waiting'],
    [307, true, 'failed'],
    [400, false, 'waiting'],
    [404, false, 'waiting'],
    [410, false, 'failed'],
    [429, false, 'waiting'],
    [500, false, 'waiting'],
    [500, true, 'failed'],
    [null, false, 'waiting'],
    [null, true, 'failed'],
  ] as const) {
    const which = isLast ? 'the last' : 'one';
    it(`that is ${which} and gets ${status ?? 'no response'} leaves it ${verdict}`, () => {
      expect(verdictOf({ status }, isLast)).to.equal(verdict);
      expect(plan(status, { isLast }).noted).to.deep.equal({
        attempts: [answered(status)],
        status: verdict,
      });
    });
  }

  it('at an earlier run is noted, and decides nothing', () => {
    const { noted } = plan(200, { of: { run: 2 } });
    expect(noted).to.deep.equal({ attempts: [answered(200)] });
  });

  it('does not undo a delivery', () => {
    const { noted } = plan(500, { of: { status: 'delivered' }, isLast: true });
    expect(noted).not.to.have.property('status');
  });

  it('is kept with the 49 before', () => {
    const attempts = Array.from({ length: 50 }, (_, ms) => ({ ...answered(500), ms }));
    const { noted } = plan(200, { of: { attempts } });
    expect(noted).to.have.property('attempts').with.length(50);
    expect(noted).to.have.nested.property('attempts[0].ms', 1);
    expect(noted).to.have.nested.property('attempts[49].status', 200);
  });
});

describe('a webhook', () => {
  it('remembers its first failure, and forgets it after a success', () => {
    expect(plan(500).changed).to.deep.equal({ failingSince: NOW });
    expect(plan(500, { to: { failingSince: daysAgo(1) } }).changed).to.equal(undefined);
    expect(plan(200, { to: { failingSince: daysAgo(1) } }).changed).to.deep.equal({
      failingSince: null,
    });
    expect(plan(200).changed).to.equal(undefined);
  });

  it('is switched off after five days of failures, and not before', () => {
    expect(plan(500, { to: { failingSince: daysAgo(4.99) } }).switchOff).to.equal(undefined);
    const { changed, switchOff } = plan(null, { to: { failingSince: daysAgo(5) } });
    expect(changed).to.deep.equal({ active: false, disabledReason: 'failing', updatedAt: NOW });
    expect(switchOff).to.equal('failing');
  });

  it('is switched off at once when its receiver says that it is gone', () => {
    const { changed, switchOff } = plan(410);
    expect(changed).to.deep.equal({ active: false, disabledReason: 'gone', updatedAt: NOW });
    expect(switchOff).to.equal('gone');
  });

  it('that was switched off meanwhile keeps its reason', () => {
    const to = { active: false, failingSince: daysAgo(9) };
    for (const status of [410, 500]) expect(plan(status, { to }).changed).to.equal(undefined);
  });

  it('may be gone when an attempt is noted', () => {
    const attempted = { run: 1, attempt: answered(500), isLast: false };
    const { writes } = planAttempt(seen(deliveries, delivery()), undefined, attempted);
    expect(writes).to.have.length(1);
  });
});
