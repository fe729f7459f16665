import { expect } from 'chai';
import { deliveryOf, wants, type WebhookEvent } from './event.ts';

const AT = new Date('2026-11-20T08:00:00.000Z');

const event: WebhookEvent = {
  id: 'tickets-1-change-opened',
  desk: 'cgs',
  kind: 'opened',
  region: 'West',
  at: AT,
  subject: { collection: 'tickets', id: '1' },
  values: { number: 'TRB-202611-0001' },
};
const all = { active: true, desk: null, kinds: ['*'], region: null };

describe('a webhook', () => {
  it('without filters wants every event, also one without a region', () => {
    expect(wants(all, event)).to.equal(true);
    expect(wants(all, { ...event, region: null })).to.equal(true);
  });

  for (const [name, filters, isWanted] of [
    ['of its desk', { desk: 'cgs' }, true],
    ['of another desk', { desk: 'isp' }, false],
    ['of one of its kinds', { kinds: ['closed', 'opened'] }, true],
    ['of another kind', { kinds: ['closed'] }, false],
    ['of its region', { region: 'West' }, true],
    ['of another region', { region: 'East' }, false],
    ['that only one filter refuses', { desk: 'cgs', kinds: ['opened'], region: 'East' }, false],
    ['while it is switched off', { active: false }, false],
  ] as const) {
    it(`${isWanted ? 'wants' : 'does not want'} an event ${name}`, () => {
      expect(wants({ ...all, ...filters, kinds: [...(filters.kinds ?? ['*'])] }, event)).to.equal(
        isWanted,
      );
    });
  }

  it('of a region does not want an event without one', () => {
    expect(wants({ ...all, region: 'West' }, { ...event, region: null })).to.equal(false);
  });
});

describe('a delivery', () => {
  it('has an id that follows from its event and its webhook alone', () => {
    const { id } = deliveryOf(event, 'a', AT);
    const later = new Date(AT.getTime() + 1);
    expect(deliveryOf({ ...event, values: {} }, 'a', later).id).to.equal(id);
    expect(deliveryOf(event, 'b', AT).id).not.to.equal(id);
    expect(deliveryOf({ ...event, id: 'other' }, 'a', AT).id).not.to.equal(id);
    expect(id).to.match(/^[\w-]{43}$/);
  });

  it('says what happened, and is kept for 30 days', () => {
    expect(deliveryOf(event, 'a', AT)).to.deep.include({
      type: 'cgs.opened',
      at: AT,
      status: 'waiting',
      data: {
        desk: 'cgs',
        kind: 'opened',
        region: 'West',
        subject: { collection: 'tickets', id: '1' },
        values: { number: 'TRB-202611-0001' },
      },
      expiresAt: new Date('2026-12-20T08:00:00.000Z'),
    });
  });
});
