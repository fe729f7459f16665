import { expect } from 'chai';
import { newWebhook } from '../../../../test/support/new-webhook.ts';
import type { Webhook } from '../../../kernel/webhooks/collection.ts';
import { webhookNoticesOf } from './webhook-notices.ts';

const NOW = new Date('2026-11-20T08:00:00.000Z');

const on = newWebhook('https://hooks.example.com/crewline?token=secret-token', NOW);

describe('a webhook that is switched off', () => {
  for (const reason of ['gone', 'failing'] as const) {
    it(`as ${reason} is told to SuperAdmins, by its host and without a secret`, () => {
      const [notice, ...others] = webhookNoticesOf(on, {
        ...on,
        active: false,
        disabledReason: reason,
      });
      expect(others).to.deep.equal([]);
      expect(notice).to.deep.include({
        kind: 'webhookSwitchedOff',
        values: { webhook: 'hooks.example.com', reason },
      });
      const text = JSON.stringify(notice);
      expect(text).to.include('SuperAdmin').and.not.include('secret').and.not.include(on.secret);
    });
  }

  it('by a SuperAdmin, added, edited or deleted is told to nobody', () => {
    const off: Webhook = { ...on, active: false, disabledReason: 'gone' };
    expect(webhookNoticesOf(on, { ...on, active: false })).to.deep.equal([]);
    expect(webhookNoticesOf(undefined, on)).to.deep.equal([]);
    expect(webhookNoticesOf(off, { ...off, description: 'Other' })).to.deep.equal([]);
    expect(webhookNoticesOf(off, on)).to.deep.equal([]);
    expect(webhookNoticesOf(on, undefined)).to.deep.equal([]);
  });
});
