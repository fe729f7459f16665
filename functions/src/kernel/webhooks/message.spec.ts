import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { messageOf } from './message.ts';
import { newSecret, rotated, secretsOf } from './secret.ts';

const delivery = {
  id: 'a-delivery',
  type: 'cgs.opened',
  at: new Date('2026-11-20T08:00:00.000Z'),
  data: {
    desk: 'cgs',
    kind: 'opened',
    region: 'West',
    subject: { collection: 'tickets', id: '1' },
    values: { title: 'Kabel putus “di Braga”' },
  },
};
const verify = async (secret: string, ...signers: readonly string[]) => {
  const { body, headers } = await messageOf(delivery, signers, new Date());
  return new Webhook(secret).verify(body, { ...headers });
};

describe('a message', () => {
  it('is verified by the library of Standard Webhooks, and by the right secret only', async () => {
    const secret = newSecret();
    expect(await verify(secret, secret)).to.deep.equal({
      type: 'cgs.opened',
      timestamp: '2026-11-20T08:00:00.000Z',
      data: delivery.data,
    });
    const failed = await verify(newSecret(), secret).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(Error);
  });

  it('is verified by either secret while two of them sign', async () => {
    const [one, other] = [newSecret(), newSecret()];
    for (const secret of [one, other]) expect(await verify(secret, one, other)).to.be.an('object');
  });

  it('has the same id and body at each attempt, with the time of the attempt', async () => {
    const secret = newSecret();
    const first = await messageOf(delivery, [secret], new Date(1_000_000));
    const second = await messageOf(delivery, [secret], new Date(2_000_999));
    expect(second.body).to.equal(first.body);
    expect(second.headers).to.include({ 'webhook-id': 'a-delivery', 'webhook-timestamp': '2000' });
    expect(second.headers['webhook-signature']).not.to.equal(first.headers['webhook-signature']);
  });
});

describe('a secret', () => {
  it('is 32 random bytes', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    expect(new Set(secrets).size).to.equal(100);
    for (const secret of secrets) {
      expect(secret).to.match(/^whsec_/);
      expect(Buffer.from(secret.slice(6), 'base64')).to.have.length(32);
    }
  });

  it('signs beside the new one until its time is up', () => {
    const until = new Date('2026-11-21T08:00:00.000Z');
    const webhook = { secret: 'new', previous: [{ secret: 'old', until }] };
    expect(secretsOf(webhook, new Date(until.getTime() - 1))).to.deep.equal(['new', 'old']);
    expect(secretsOf(webhook, until)).to.deep.equal(['new']);
    expect(secretsOf({ ...webhook, previous: [] }, until)).to.deep.equal(['new']);
  });

  it('is not ended by a second change within its day', () => {
    const at = (hours: number) => new Date(Date.UTC(2026, 10, 20, hours));
    const first = { secret: 'first', previous: [] };
    const second = rotated(first, 'second', at(0));
    const third = rotated(second, 'third', at(1));
    expect(secretsOf(third, at(23))).to.have.members(['first', 'second', 'third']);
    expect(secretsOf(third, at(24))).to.deep.equal(['third', 'second']);
    expect(secretsOf(third, at(25))).to.deep.equal(['third']);
    const fourth = rotated(third, 'fourth', at(24));
    expect(fourth.previous.map(({ secret }) => secret)).to.deep.equal(['second', 'third']);
    let many = fourth;
    for (let time = 0; time < 9; time += 1) many = rotated(many, `${time}`, at(24));
    expect(secretsOf(many, at(24))).to.have.length(5);
  });
});
