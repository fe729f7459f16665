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
import { LISTENERS as COMMUNITY } from '../../src/desks/community/listeners.ts';
import { grantedTo } from '../desks/community/rules/people.ts';
import type { Document } from './document.ts';
import { LISTENERS as ISP } from '../../src/desks/isp/listeners.ts';
import { collectionFor, type Listener, type Me, NOTHING } from '../../src/kernel/store/listener.ts';
import { backend, type Listening, listen, outcomeOf } from './live.ts';
import { type Access, personOf } from './people.ts';
import { questionOf, toQuery } from './query.ts';
import { rules } from './suite.ts';
import { LISTENERS as URBAN } from '../../src/desks/urban/listeners.ts';

const UID = 'live-reader';

/** A person, one of their listeners, and a document that appears in it and leaves it again. */
type Case = {
  readonly desk: string;
  readonly who: string;
  readonly access: Access;
  readonly me: Partial<Me>;
  readonly listener: Listener;
  readonly theirs: Document['data'];
  /** The same document after it was given to somebody else. */
  readonly anothers: Document['data'];
  /** A change of the person's document after which the listener must not show it. */
  readonly moved: Readonly<Record<string, unknown>>;
};

const living = { companyId: 71, communityId: 711, residentId: 7111 };
const resident = { community: grantedTo('RESIDENT', living) };
const staff = { isp: { userId: 71, ispId: 71, branchIds: [711], active: true } };
const ofBranch = { ispId: 71, branchId: 711 };
const comment = { ...living, origen: 'ticket', idOrigen: '71' };

const CASES: readonly Case[] = [
  {
    desk: 'community',
    who: 'a resident, on a ticket of their community',
    access: resident,
    me: living,
    listener: COMMUNITY.ticketsOfMyCommunity,
    theirs: { ...living, residentId: 7112 },
    anothers: { ...living, residentId: 7112, communityId: 712 },
    moved: { 'access.community.communityId': 712 },
  },
  {
    desk: 'community',
    who: 'a resident, on a ticket of their own',
    access: resident,
    me: living,
    listener: COMMUNITY.myTickets,
    theirs: { ...living, communityId: 712 },
    anothers: { ...living, communityId: 712, residentId: 7112 },
    moved: { 'access.community.residentId': 7112 },
  },
  {
    desk: 'community',
    who: 'a resident, on a comment on a ticket of their community',
    access: resident,
    me: { ...living, idOrigen: '71' },
    listener: COMMUNITY.commentsOnTicket,
    theirs: comment,
    anothers: { ...comment, communityId: 712 },
    moved: { 'access.community.communityId': 712 },
  },
  {
    desk: 'community',
    who: "a company's admin, on a ticket of one of its communities",
    access: { community: grantedTo('ADMIN_COMPANY', { companyId: 71 }) },
    me: living,
    listener: COMMUNITY.ticketsOfCompany,
    theirs: living,
    anothers: { ...living, companyId: 72 },
    moved: { 'access.community.companyId': 72 },
  },
  {
    desk: 'isp',
    who: 'staff, on a ticket of their branch',
    access: staff,
    me: ofBranch,
    listener: ISP.ticketsOfBranch,
    theirs: { ...ofBranch, status: 0 },
    anothers: { ispId: 72, branchId: 711, status: 0 },
    moved: { 'access.isp.branchIds': [712] },
  },
  {
    desk: 'isp',
    who: 'staff, on a reply in their branch',
    access: staff,
    me: { ...ofBranch, ticketId: 71 },
    listener: ISP.repliesToTicket,
    theirs: { ...ofBranch, ticketId: 71 },
    anothers: { ispId: 71, branchId: 712, ticketId: 71 },
    moved: { 'access.isp.ispId': 72 },
  },
  {
    desk: 'urban',
    who: 'a technician, on a ticket assigned to them',
    access: { urban: { permissions: [], active: true } },
    me: {},
    listener: URBAN.assignedTickets,
    theirs: { userId: 'citizen', assignedTo: UID, status: 'IN_PROGRESS' },
    anothers: { userId: 'citizen', assignedTo: 'technician', status: 'IN_PROGRESS' },
    moved: { 'access.urban': {} },
  },
  {
    desk: 'urban',
    who: 'a reader, on any open ticket',
    access: { urban: { permissions: ['ticket:read'], active: true } },
    me: {},
    listener: URBAN.openTickets,
    theirs: { userId: 'citizen', assignedTo: null, status: 'PENDING' },
    anothers: { userId: 'citizen', assignedTo: null, status: 'CANCELLED' },
    moved: { 'access.urban.permissions': ['ticket:write'] },
  },
  {
    desk: 'urban',
    who: 'a citizen, on a notice that they have not read',
    access: { urban: { permissions: [], active: true } },
    me: {},
    listener: URBAN.unreadNotices,
    theirs: { desk: 'urban', readAt: null },
    anothers: { desk: 'urban', readAt: 'a moment ago' },
    moved: { 'access.urban': {} },
  },
];

const LIVE = '71';

const withdrawals = ({
  desk,
  moved,
}: Case): readonly (readonly [string, (db: Firestore) => Promise<void>])[] => {
  const patch = (data: Record<string, unknown>) => (db: Firestore) =>
    updateDoc(doc(db, 'grants', UID), data);
  return [
    ['are deleted', (db) => deleteDoc(doc(db, 'grants', UID))],
    ['are deactivated', patch({ active: false })],
    ['lose access to the desk', patch({ [`access.${desk}.active`]: false })],
    ['move away', patch({ ...moved })],
    ['are signed out', patch({ sessions: {} })],
  ];
};

for (const each of CASES) {
  const { desk, who, access, listener, theirs, anothers } = each;
  const person = personOf(UID, access);
  const me = { ...NOTHING, ...each.me, uid: UID };
  const collection = collectionFor(listener, me);
  const path = `${collection}/${LIVE}`;
  const put = (data: Document['data']) => backend((db) => setDoc(doc(db, path), data));

  describe(`rules of ${desk}: live, ${who}`, () => {
    const opened: Listening[] = [];

    beforeEach(() => backend((db) => setDoc(doc(db, 'grants', UID), person.grant ?? {})));

    afterEach(async () => {
      for (const { stop } of opened.splice(0)) stop();
      await backend(async (db) => {
        await deleteDoc(doc(db, path));
        await deleteDoc(doc(db, 'grants', UID));
      });
    });

    it('it shows a document while it is theirs, and drops it afterwards', async () => {
      const listening = await listen(person, listener, me, LIVE);
      opened.push(listening);
      await listening.sees(false);
      await put(theirs);
      await listening.sees(true);
      await put(anothers);
      await listening.sees(false);
    });

    for (const [what, withdraw] of withdrawals(each)) {
      it(`once they ${what}, the next read and the next query are refused`, async () => {
        await put(theirs);
        const { as } = await rules();
        const client = as(person);
        const read = () => getDocFromServer(doc(client, path));
        const list = () => getDocsFromServer(toQuery(client, questionOf(listener, me)));
        expect([await outcomeOf(read()), await outcomeOf(list())]).to.deep.equal(['read', 'read']);
        await backend(withdraw);
        expect([await outcomeOf(read()), await outcomeOf(list())]).to.deep.equal([
          'permission-denied',
          'permission-denied',
        ]);
      });
    }
  });
}
