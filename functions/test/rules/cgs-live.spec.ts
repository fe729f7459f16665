import { expect } from 'chai';
import {
  deleteDoc,
  doc,
  type Firestore,
  getDocFromServer,
  getDocsFromServer,
  setDoc,
  updateDoc,
} from 'firebase/firestore';
import { NOTHING } from '../../src/kernel/store/listener.ts';
import { backend, type Listening, listen, outcomeOf } from './live.ts';
import type { Person } from './people.ts';
import { questionOf, toQuery } from './query.ts';
import { rules } from './suite.ts';
import { type Status, ticketData } from '../desks/cgs/rules/documents.ts';
import { LISTENERS } from '../../src/desks/cgs/listeners.ts';
import { cgsPerson, newcomer } from '../desks/cgs/rules/people.ts';

// Another region, so that these listeners do not show the tickets of the tables.
const REGION = 'Central';
const TICKET = 'live-ticket';

const FIRST = newcomer('live-foc-1', 'FOC', REGION);
const SECOND = newcomer('live-foc-2', 'FOC', REGION);
const SUPERVISOR = newcomer('live-supervisor', 'FOCSupervisor', REGION);
const NOC = newcomer('live-noc', 'NOC', REGION);
const ELSEWHERE = cgsPerson('FOC', 'East');
const CREW = [FIRST, SECOND, SUPERVISOR, NOC];

const put = (status: Status, holder: string | null) =>
  backend((db) => setDoc(doc(db, 'tickets', TICKET), ticketData(REGION, status, holder)));

const meAs = ({ uid }: Person, region: string) => ({ ...NOTHING, uid: uid ?? '', region });

describe('rules of cgs: live listeners', () => {
  const opened: Listening[] = [];
  const open = async (person: Person, name: keyof typeof LISTENERS, region: string = REGION) => {
    const listening = await listen(person, LISTENERS[name], meAs(person, region), TICKET);
    opened.push(listening);
    return listening;
  };

  beforeEach(() =>
    backend(async (db) => {
      for (const { key, grant } of CREW) await setDoc(doc(db, 'grants', key), grant ?? {});
    }),
  );

  afterEach(async () => {
    for (const { stop } of opened.splice(0)) stop();
    await backend(async (db) => {
      await deleteDoc(doc(db, 'tickets', TICKET));
      for (const { key } of CREW) await deleteDoc(doc(db, 'grants', key));
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
    expect(await outcomeOf(read)).to.equal('permission-denied');
  });

  it('a closed ticket goes into the history of its FOC, who alone of the crews may still read it', async () => {
    await put('OnGoing', FIRST.key);
    const all = await Promise.all([
      open(FIRST, 'myTickets'),
      open(SUPERVISOR, 'ticketsInProgress'),
      open(NOC, 'ticketsOfRegion'),
    ]);
    const [history, others] = [await open(FIRST, 'myHistory'), await open(SECOND, 'myHistory')];
    await Promise.all([...all.map(({ sees }) => sees(true)), history.sees(false)]);
    await put('Closed', FIRST.key);
    await Promise.all([...all, others].map(({ sees }) => sees(false)));
    await history.sees(true);
    const { as } = await rules();
    const read = (person: Person) =>
      outcomeOf(getDocFromServer(doc(as(person), 'tickets', TICKET)));
    expect(await read(FIRST)).to.equal('read');
    expect(await read(SECOND)).to.equal('permission-denied');
    expect(await read(SUPERVISOR)).to.equal('permission-denied');
    expect(await read(NOC)).to.equal('read');
  });

  const withdrawals: readonly (readonly [string, (db: Firestore) => Promise<void>])[] = [
    ['is deleted', (db) => deleteDoc(doc(db, 'grants', FIRST.key))],
    ['is deactivated', (db) => updateDoc(doc(db, 'grants', FIRST.key), { active: false })],
    [
      'loses access to the desk',
      (db) => updateDoc(doc(db, 'grants', FIRST.key), { 'access.cgs.active': false }),
    ],
    [
      'moves to another region',
      (db) => updateDoc(doc(db, 'grants', FIRST.key), { 'access.cgs.region': 'East' }),
    ],
    ['is signed out', (db) => updateDoc(doc(db, 'grants', FIRST.key), { sessions: {} })],
  ];
  for (const [what, withdraw] of withdrawals) {
    it(`a FOC who ${what} while signed in is refused at the next read and the next query`, async () => {
      await put('Open', null);
      const { as } = await rules();
      const client = as(FIRST);
      const offered = questionOf(LISTENERS.openTickets, meAs(FIRST, REGION));
      const read = () => getDocFromServer(doc(client, 'tickets', TICKET));
      const list = () => getDocsFromServer(toQuery(client, offered));
      expect([await outcomeOf(read()), await outcomeOf(list())]).to.deep.equal(['read', 'read']);
      await backend(withdraw);
      expect([await outcomeOf(read()), await outcomeOf(list())]).to.deep.equal([
        'permission-denied',
        'permission-denied',
      ]);
    });
  }

  it('a refused listener ends with permission-denied instead of staying silent', async () => {
    const refused = listen(FIRST, LISTENERS.ticketsOfRegion, meAs(FIRST, REGION), TICKET);
    expect(await outcomeOf(refused)).to.equal('permission-denied');
  });
});
