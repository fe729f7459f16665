import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { deleteApp, initializeApp } from 'firebase/app';
import { type Auth, connectAuthEmulator, getAuth, signInWithCustomToken } from 'firebase/auth';
import {
  collection,
  connectFirestoreEmulator,
  doc,
  type Firestore,
  getDocFromServer,
  getDocsFromServer,
  getFirestore,
  onSnapshot,
  type Query,
  query,
  terminate,
  where,
} from 'firebase/firestore';
import { clientId } from '../../../scripts/seed/cgs/acts.ts';
import { textAt } from '../support/client.ts';
import { ask, demo, must, type SignedIn, signIn } from './stack.ts';

const PASSWORD = 'kabel-putus';

/** A phone: the Web SDK, signed in by the custom token of a login. */
const openPhone = async ({ customToken }: SignedIn) => {
  const app = initializeApp({ projectId: 'demo-crewline', apiKey: 'demo' }, randomUUID());
  const auth = getAuth(app);
  connectAuthEmulator(auth, `http://${process.env['FIREBASE_AUTH_EMULATOR_HOST']}`, {
    disableWarnings: true,
  });
  const db = getFirestore(app);
  const [host = '', port] = (process.env['FIRESTORE_EMULATOR_HOST'] ?? '').split(':');
  connectFirestoreEmulator(db, host, Number(port));
  await signInWithCustomToken(auth, customToken);
  const close = async () => {
    await terminate(db);
    await deleteApp(app);
  };
  return { auth, db, close };
};

/** What a listener shows of one ticket: its status, or undefined while it is not in the list. */
const watch = (asked: Query, ticket: string) => {
  let status: unknown;
  let failure: Error | undefined;
  let wake = Promise.withResolvers<void>();
  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const stop = onSnapshot(
    asked,
    ({ docs }) => {
      status = docs.find(({ id }) => id === ticket)?.get('latestStatus');
      changed();
    },
    (error) => {
      failure = error;
      changed();
    },
  );
  const shows = async (wanted: string | undefined): Promise<void> => {
    while (status !== wanted) {
      await wake.promise;
      if (failure !== undefined) throw failure;
    }
  };
  /** Waits until the listener ends or loses the ticket; it must not have shown a newer one than `last`. */
  const isCut = async (last: string): Promise<void> => {
    while (failure === undefined && status === last) await wake.promise;
    if (failure === undefined) expect(status).to.equal(undefined);
    else expect(failure).to.have.property('code', 'permission-denied');
  };
  return { shows, isCut, stop };
};

const offered = (db: Firestore, region: string) =>
  query(
    collection(db, 'tickets'),
    where('region', '==', region),
    where('latestStatus', '==', 'Open'),
  );
const own = (db: Firestore, uid: string) =>
  query(collection(db, 'tickets'), where('foc.id', '==', uid), where('isActive', '==', true));

const refused = async (reading: Promise<unknown>): Promise<void> => {
  await reading.then(
    () => expect.fail('the read was allowed'),
    (error: unknown) => expect(error).to.have.property('code', 'permission-denied'),
  );
};

const cannotRenew = async ({ currentUser }: Auth): Promise<void> => {
  expect(currentUser).not.to.equal(null);
  await currentUser?.getIdToken(true).then(
    () => expect.fail('the token was renewed'),
    (error: unknown) => expect(error).to.have.property('code', 'auth/user-disabled'),
  );
};

const newFoc = async (admin: SignedIn): Promise<SignedIn> => {
  const email = `foc.${randomUUID()}@crewline.test`;
  await must('POST', '/v1/users', {
    as: admin,
    body: {
      email,
      password: PASSWORD,
      rePassword: PASSWORD,
      nik: '3273009',
      name: 'Budi Santoso',
      role: 'FOC',
      region: 'East',
      phoneNumber: '0812345678',
    },
  });
  return signIn(email, PASSWORD);
};

const openTicket = async (noc: SignedIn): Promise<string> => {
  const opened = await must('POST', '/v1/tickets', {
    as: noc,
    body: {
      client: clientId('CID-3002'),
      type: 'Trouble',
      source: 'Phone',
      indicationCategory: 'FiberCut',
      networkSegment: 'Access',
    },
  });
  return textAt(opened, 'data', 'result', 'id');
};

describe('a phone that signs in with the custom token of a login', () => {
  it('sees a ticket move while commands are sent, and nothing more once it is locked out', async () => {
    const [admin, noc] = [await demo('superadmin'), await demo('noc.east')];
    const foc = await newFoc(admin);
    const phone = await openPhone(foc);
    try {
      const id = await openTicket(noc);
      const offers = watch(offered(phone.db, 'East'), id);
      const mine = watch(own(phone.db, foc.uid), id);
      await offers.shows('Open');
      await must('POST', `/v1/tickets/${id}/ticketStatus/accept`, { as: foc });
      await Promise.all([offers.shows(undefined), mine.shows('Accepted')]);
      await must('POST', `/v1/tickets/${id}/ticketStatus/onTheWay`, { as: foc });
      await mine.shows('OnTheWay');

      // A new password ends what was signed in with the old one, tickets in hand or not.
      const password = randomUUID();
      await must('PUT', `/v1/users/${foc.uid}`, {
        as: admin,
        body: { password, rePassword: password },
      });
      await refused(getDocFromServer(doc(phone.db, 'tickets', id)));
      expect((await ask('GET', `/v1/tickets/${id}`, { as: foc })).status).to.equal(401);
      // The rules go by the sign-in, whatever Authentication gives out for it.
      await phone.auth.currentUser?.getIdToken(true);
      await must('POST', `/v1/tickets/${id}/ticketStatus/pending`, {
        as: noc,
        body: { pendingCategory: 'Other', pendingInterval: 30, remark: 'The crew is gone.' },
      });
      await mine.isCut('OnTheWay');
      offers.stop();
      mine.stop();
      await refused(getDocsFromServer(own(phone.db, foc.uid)));
      await refused(getDocsFromServer(offered(phone.db, 'East')));

      await must('POST', `/v1/tickets/${id}/ticketStatus/cancel`, {
        as: noc,
        body: { cancelCategory: 'Other', remark: 'The crew is gone.' },
      });
      await must('PUT', `/v1/users/${foc.uid}`, { as: admin, body: { active: false } });
      await cannotRenew(phone.auth);
    } finally {
      await phone.close();
    }
  });

  it('is refused the tickets of another region', async () => {
    const foc = await demo('foc1.central');
    const phone = await openPhone(foc);
    try {
      await getDocsFromServer(offered(phone.db, 'Central'));
      await refused(getDocsFromServer(offered(phone.db, 'East')));
    } finally {
      await phone.close();
    }
  });
});
