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
    const [foc, other] = [await newFoc(admin), await demo('foc1.east')];
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

      // Nobody is deactivated with a ticket in hand: another crew takes it.
      await must('POST', `/v1/tickets/${id}/assign`, { as: admin, body: { focId: other.uid } });
      await mine.shows(undefined);
      const next = await openTicket(noc);
      const offer = watch(offered(phone.db, 'East'), next);
      await offer.shows('Open');

      await must('PUT', `/v1/users/${foc.uid}`, { as: admin, body: { active: false } });
      await refused(getDocFromServer(doc(phone.db, 'tickets', next)));
      expect((await ask('GET', `/v1/tickets/${next}`, { as: foc })).status).to.equal(401);
      await cannotRenew(phone.auth);
      await must('POST', `/v1/tickets/${next}/ticketStatus/accept`, { as: other });
      await offer.isCut('Open');
      for (const listener of [offers, mine, offer]) listener.stop();
      await refused(getDocsFromServer(own(phone.db, foc.uid)));
      await refused(getDocsFromServer(offered(phone.db, 'East')));
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
