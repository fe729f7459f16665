import { expect } from 'chai';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { textAt } from '../support/client.ts';
import { type Receiver, startReceiver, verified } from '../support/receiver.ts';
import { becoming } from './becoming.ts';
import { demo, must, type SignedIn } from './stack.ts';

describe('a webhook on the deployed functions', function () {
  // The emulator brings the events of the demo data first.
  this.timeout(120_000);
  const app = initializeApp({ projectId: 'demo-crewline' }, 'webhooks');
  const db = getFirestore(app);
  let admin: SignedIn;
  let receiver: Receiver;
  let id: string;
  let secret: string;

  before(async () => {
    receiver = await startReceiver();
    admin = await demo('superadmin');
    const body = { url: receiver.url, kinds: ['*'] };
    const added = await must('POST', '/v1/webhooks', { as: admin, body });
    id = textAt(added, 'data', 'result', 'id');
    secret = textAt(added, 'data', 'result', 'secret');
  });
  after(async () => {
    await must('DELETE', `/v1/webhooks/${id}`, { as: admin });
    await receiver.stop();
    await deleteApp(app);
  });

  it('gets a signed message from the queue that the trigger adds it to', async () => {
    const sent = await must('POST', `/v1/webhooks/${id}/test`, { as: admin });
    const delivery = textAt(sent, 'data', 'result', 'id');
    const path = `webhookDeliveries/${delivery}`;
    const done = await becoming(db, path, ({ status }) => status === 'delivered');
    expect(done).to.have.nested.property('attempts[0].status', 200);
    // The emulator may still be announcing the demo data, which this webhook hears of too.
    const messages = receiver.arrived.filter(({ headers }) => headers['webhook-id'] === delivery);
    expect(messages.map((message) => verified(secret, message)))
      .to.have.length(1)
      .and.have.nested.property('[0].type', 'cgs.test');
  });
});
