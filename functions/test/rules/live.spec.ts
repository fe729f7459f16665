import { expect } from 'chai';
import {
  deleteDoc,
  doc,
  type Firestore,
  getDocFromServer,
  getDocsFromServer,
  onSnapshot,
  setDoc,
  updateDoc,
} from 'firebase/firestore';
import { type Status, ticketData } from './documents.ts';
import { asBackend, toQuery } from './environment.ts';
import { cgsPerson, cgsUser, type Person, SIGNED_IN_AT } from './people.ts';
import { LISTENERS, type ListenerName } from './queries.ts';
import { rules } from './suite.ts';

// A region of its own, so that the tickets of the tables stay out of these listeners.
const REGION = 'Central';
const TICKET = 'live-ticket';

const newcomer = (uid: string, role: string): Person => ({
  key: uid,
  uid,
  claims: { auth_time: SIGNED_IN_AT },
  user: cgsUser(uid, role, REGION),
});

const FIRST = newcomer('live-foc-1', 'FOC');
const SECOND = newcomer('live-foc-2', 'FOC');
const SUPERVISOR = newcomer('live-supervisor', 'FOCSupervisor');
const NOC = newcomer('live-noc', 'NOC');
const ELSEWHERE = cgsPerson('FOC', 'East');
const CREW = [FIRST, SECOND, SUPERVISOR, NOC];

const backend = async (write: (db: Firestore) => Promise<void>) => asBackend(await rules(), write);

const put = (status: Status, holder: string | null) =>
  backend((db) => setDoc(doc(db, 'tickets', TICKET), ticketData(REGION, status, holder)));

type Listening = { readonly sees: (wanted: boolean) => Promise<void>; readonly stop: () => void };

/** Opens a listener as an app does; `sees` waits until the ticket is there, or is not. */
const listen = async (person: Person, name: ListenerName, region = REGION): Promise<Listening> => {
  const { as } = await rules();
  const { collection, where } = LISTENERS[name];
  const query = toQuery(as(person), collection, [where({ uid: person.uid ?? '', region })]);
  let present = false;
  let failure: Error | null = null;
  let changed = Promise.withResolvers<void>();
  const wake = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const first = Promise.withResolvers<void>();
  const stop = onSnapshot(
    query,
    { includeMetadataChanges: true },
    (snapshot) => {
      // What the client still had in memory says nothing about the rules.
      if (snapshot.metadata.fromCache) return;
      present = snapshot.docs.some(({ id }) => id === TICKET);
      first.resolve();
      wake();
    },
    (error) => {
      failure = error;
      first.reject(error);
      wake();
    },
  );
  await first.promise;
  const sees = async (wanted: boolean): Promise<void> => {
    while (present !== wanted) {
      await changed.promise;
      if (failure !== null) throw failure;
    }
  };
  return { sees, stop };
};

const codeOf = async (read: Promise<unknown>): Promise<unknown> => {
  try {
    await read;
    return 'read';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('rules: live listeners', () => {
  const opened: Listening[] = [];
  const open = async (person: Person, name: ListenerName, region?: string) => {
    const listening = await listen(person, name, region);
    opened.push(listening);
    return listening;
  };

  beforeEach(() =>
    backend(async (db) => {
      for (const { key, user } of CREW) await setDoc(doc(db, 'users', key), user ?? {});
    }),
  );

  afterEach(async () => {
    for (const { stop } of opened.splice(0)) stop();
    await backend(async (db) => {
      await deleteDoc(doc(db, 'tickets', TICKET));
      for (const { key } of CREW) await deleteDoc(doc(db, 'users', key));
    });
  });

  it('a published ticket appears for all crews of its region, and for no other region', async () => {
    await put('Draft', null);
    const crews = await Promise.all([
      open(FIRST, 'openTickets'),
      open(SECOND, 'openTickets'),
      open(SUPERVISOR, 'openTickets'),
    ]);
    const elsewhere = await open(ELSEWHERE, 'openTickets', 'East');
    await Promise.all(crews.map(({ sees }) => sees(false)));
    await put('Open', null);
    await Promise.all(crews.map(({ sees }) => sees(true)));
    await elsewhere.sees(false);
  });

  it('an accepted ticket leaves the losers and comes to the winner, supervisor and NOC', async () => {
    await put('Open', null);
    const losers = [await open(SECOND, 'openTickets'), await open(SUPERVISOR, 'openTickets')];
    const offered = await open(FIRST, 'openTickets');
    const mine = await open(FIRST, 'myTickets');
    const others = await open(SECOND, 'myTickets');
    const inProgress = await open(SUPERVISOR, 'ticketsInProgress');
    const atNoc = await open(NOC, 'ticketsOfRegion');
    await Promise.all([...losers, offered, atNoc].map(({ sees }) => sees(true)));
    await mine.sees(false);
    await put('Accepted', FIRST.key);
    await Promise.all([...losers, offered].map(({ sees }) => sees(false)));
    await Promise.all([mine, inProgress, atNoc].map(({ sees }) => sees(true)));
    await others.sees(false);
  });

  it('a reassigned ticket moves from one FOC to the other', async () => {
    await put('OnTheWay', FIRST.key);
    const [from, to] = [await open(FIRST, 'myTickets'), await open(SECOND, 'myTickets')];
    await Promise.all([from.sees(true), to.sees(false)]);
    await put('Accepted', SECOND.key);
    await Promise.all([from.sees(false), to.sees(true)]);
    const { as } = await rules();
    const read = getDocFromServer(doc(as(FIRST), 'tickets', TICKET));
    expect(await codeOf(read)).to.equal('permission-denied');
  });

  it('a closed ticket leaves every listener, and its FOC alone of the crews may still read it', async () => {
    await put('OnGoing', FIRST.key);
    const all = await Promise.all([
      open(FIRST, 'myTickets'),
      open(SUPERVISOR, 'ticketsInProgress'),
      open(NOC, 'ticketsOfRegion'),
    ]);
    await Promise.all(all.map(({ sees }) => sees(true)));
    await put('Closed', FIRST.key);
    await Promise.all(all.map(({ sees }) => sees(false)));
    const { as } = await rules();
    const read = (person: Person) => codeOf(getDocFromServer(doc(as(person), 'tickets', TICKET)));
    expect(await read(FIRST)).to.equal('read');
    expect(await read(SECOND)).to.equal('permission-denied');
    expect(await read(SUPERVISOR)).to.equal('permission-denied');
    expect(await read(NOC)).to.equal('read');
  });

  const withdrawals: readonly (readonly [string, (db: Firestore) => Promise<void>])[] = [
    ['is deleted', (db) => deleteDoc(doc(db, 'users', FIRST.key))],
    ['is deactivated', (db) => updateDoc(doc(db, 'users', FIRST.key), { active: false })],
    [
      'loses access to the desk',
      (db) => updateDoc(doc(db, 'users', FIRST.key), { 'access.cgs.active': false }),
    ],
    [
      'moves to another region',
      (db) => updateDoc(doc(db, 'users', FIRST.key), { 'access.cgs.region': 'East' }),
    ],
    [
      'gets a new password',
      (db) =>
        updateDoc(doc(db, 'users', FIRST.key), {
          validAfter: new Date((SIGNED_IN_AT + 60) * 1000),
        }),
    ],
  ];
  for (const [what, withdraw] of withdrawals) {
    it(`a FOC who ${what} while signed in is refused at the next read and the next query`, async () => {
      await put('Open', null);
      const { as } = await rules();
      const client = as(FIRST);
      const { collection, where } = LISTENERS.openTickets;
      const read = () => getDocFromServer(doc(client, 'tickets', TICKET));
      const list = () =>
        getDocsFromServer(toQuery(client, collection, [where({ uid: FIRST.key, region: REGION })]));
      expect([await codeOf(read()), await codeOf(list())]).to.deep.equal(['read', 'read']);
      await backend(withdraw);
      expect([await codeOf(read()), await codeOf(list())]).to.deep.equal([
        'permission-denied',
        'permission-denied',
      ]);
    });
  }

  it('a refused listener ends with permission-denied instead of staying silent', async () => {
    const refused = listen(FIRST, 'ticketsOfRegion');
    expect(await codeOf(refused)).to.equal('permission-denied');
  });
});
