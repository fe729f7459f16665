import { expect } from 'chai';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type DocumentData, getFirestore } from 'firebase-admin/firestore';
import { textAt } from '../support/client.ts';
import { becoming } from './becoming.ts';
import { demo, must, type SignedIn } from './stack.ts';

const CLIENT = '1327efd2-6c98-5a77-8c7e-b4a53cb5d9ac';

describe('the deployed triggers', function () {
  // The events of the demo data come first.
  this.timeout(180_000);
  const app = initializeApp({ projectId: 'demo-crewline' }, 'triggers');
  const db = getFirestore(app);
  let admin: SignedIn;
  let ticket: string;

  before(async () => {
    admin = await demo('superadmin');
    const noc = await demo('noc.west');
    const opened = await must('POST', '/v1/tickets', {
      as: noc,
      body: {
        client: CLIENT,
        type: 'Trouble',
        source: 'Phone',
        indicationCategory: 'Bending',
        networkSegment: 'Access',
      },
    });
    ticket = textAt(opened, 'data', 'result', 'id');
  });

  after(async () => {
    await must('POST', `/v1/tickets/${ticket}/ticketStatus/cancel`, {
      as: admin,
      body: { remark: 'Opened by a test.', cancelCategory: 'Other' },
    });
    await deleteApp(app);
  });

  it('count a new ticket among the figures', async () => {
    const share = await becoming(db, `statsShares/${ticket}`, () => true);
    expect(share).to.include({ region: 'West', closedIn: null });
    const total = `stats/${share['month']}-West`;
    expect((await db.doc(total).get()).get('counters.tickets')).to.be.greaterThan(0);
  });

  it('tell a crew of the region of a new ticket', async () => {
    const { uid } = await demo('foc1.west');
    const ofTicket = db.collection(`inbox/${uid}/items`).where('subject.id', '==', ticket);
    const notice = await new Promise<DocumentData>((resolve, reject) => {
      const stop = ofTicket.onSnapshot(({ docs: [item] }) => {
        if (item === undefined) return;
        stop();
        resolve(item.data());
      }, reject);
    });
    expect(notice).to.include({ kind: 'opened', title: 'Tiket baru', readAt: null });
  });

  it('copy a client’s new address into their open ticket, and the next one right after it', async () => {
    const { address } = (await db.doc(`clients/${CLIENT}`).get()).data() ?? {};
    const moved = [`${address}, lantai 2`, `${address}, lantai 3`];
    const last = becoming(db, `tickets/${ticket}`, ({ client }) => client.address === moved[1]);
    for (const each of moved) {
      await must('PUT', `/v1/clients/${CLIENT}`, { as: admin, body: { address: each } });
    }
    await last;
    const back = becoming(db, `tickets/${ticket}`, ({ client }) => client.address === address);
    await must('PUT', `/v1/clients/${CLIENT}`, { as: admin, body: { address } });
    await back;
  });
});
