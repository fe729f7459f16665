import { expect } from 'chai';
import { type Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { clientId } from '../../../scripts/seed/cgs/acts.ts';
import { STORIES } from '../../../scripts/seed/cgs/stories.ts';
import { uidOf } from '../../../scripts/seed/people.ts';
import { checkData } from '../../../scripts/check-data.ts';
import { seed } from '../../../scripts/seed.ts';
import { incidentSchema } from '../../src/desks/cgs/domain/incidents/schemas.ts';
import * as cgs from '../../src/desks/cgs/domain/schemas.ts';
import {
  INDICATION_CATEGORIES,
  REGIONS,
  TICKET_STATUSES,
} from '../../src/desks/cgs/domain/vocabulary.ts';
import * as community from '../../src/desks/community/domain/schemas.ts';
import { STATUSES as COMMUNITY_STATUSES } from '../../src/desks/community/domain/vocabulary.ts';
import * as isp from '../../src/desks/isp/domain/schemas.ts';
import { STATUSES as ISP_STATUSES } from '../../src/desks/isp/domain/vocabulary.ts';
import { ticketSchema as urbanTicketSchema } from '../../src/desks/urban/domain/schemas.ts';
import { STATUSES as URBAN_STATUSES } from '../../src/desks/urban/domain/vocabulary.ts';
import { inboxes } from '../../src/kernel/notify/inbox.ts';
import { toPlain } from '../../src/kernel/store/document.ts';
import { mediaSchema } from '../../src/kernel/media/collection.ts';
import { uploadIn } from '../../src/kernel/media-path.ts';
import { KITS } from '../desks/kits.ts';
import { ownProject } from '../support/own-store.ts';
import { leavesUnsound } from '../support/written-data.ts';
import { all, databaseOf, versions } from './stored.ts';

const set = <T>(values: readonly T[]): Set<T> => new Set(values);
const numbers = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);
const fromOne = (rows: readonly unknown[]) => rows.map((_, index) => index + 1);
const openings = (rows: readonly { readonly createdAt: Date }[]) =>
  rows.map(({ createdAt }) => createdAt.getTime());

describe('the demo data, as of a moment', () => {
  const NOW = new Date('2026-11-23T08:00:00.000Z');
  const project = ownProject();
  const db = databaseOf(project);

  before(() => seed(project, NOW));

  for (const { desk, seed: its, checks } of Object.values(KITS)) {
    it(`gives people the access that the desk ${desk.name} reads, and documents that it checks`, async () => {
      for (const { access } of its.people) desk.access.parse(access[desk.name]);
      const found = await Promise.all(
        checks.collections.map(({ collection }) => db.collection(collection).limit(1).get()),
      );
      expect(found.some(({ empty }) => !empty)).to.equal(true);
    });
  }

  const tickets = () => all(db, 'tickets', cgs.ticketSchema);

  it('keeps every invariant of a store', async () => {
    expect(await checkData(db, { now: NOW, withFigures: false })).to.deep.equal([]);
  });

  it('shows photos that were uploaded, at each desk whose tickets have some', async () => {
    const photos = await all(db, 'media', mediaSchema);
    const shown = photos.flatMap(({ attachedTo }) => attachedTo?.split('/')[0] ?? 'nothing');
    expect([...set(shown)]).to.have.members([
      'tickets',
      'incidents',
      'communityTickets',
      'urbanTickets',
    ]);
    const evidence = (await tickets()).flatMap(({ ticketLogs }) =>
      ticketLogs.flatMap(({ data }) => data.mediaUrl ?? []),
    );
    expect(evidence.filter((each) => uploadIn(each) === undefined)).to.deep.equal([]);
  });

  it('has a ticket in every status that a ticket can be in, and both ways to Closed', async () => {
    const found = await tickets();
    // A canceled ticket is Closed; its log and its resolution say `Canceled`.
    const possible = TICKET_STATUSES.filter((status) => status !== 'Canceled');
    expect([...set(found.map(({ latestStatus }) => latestStatus))]).to.have.members(possible);
    const ends = [...set(found.map(({ resolution }) => resolution))];
    expect(ends).to.have.members([null, 'Finished', 'Canceled']);
    // And one that an incident opened.
    expect(found).to.have.length(STORIES.length + 1);
  });

  it('has an incident for whose splitter a ticket was opened, beside the one of a client who had called', async () => {
    const found = await all(db, 'incidents', incidentSchema);
    const [opened] = found.filter(({ opening }) => opening !== null);
    expect(opened?.opening).to.include({ opened: 1, skipped: 1 });
    expect(opened?.opening?.endedAt).to.be.instanceOf(Date);
    const its = (await tickets()).filter(({ incident }) => incident?.id === opened?.id);
    expect(its.map(({ client }) => client.id)).to.have.members(
      ['CID-3001', 'CID-3003'].map(clientId),
    );
  });

  it('has a phone of a crew, for which pushes are in the log', async () => {
    const crew = await db.doc(`inbox/${uidOf('foc1.west')}`).get();
    expect(inboxes.doc(crew.id).parse(toPlain(crew.data())).devices).to.have.all.keys('demo-phone');
  });

  it('shows each region something to accept and something to validate or watch', async () => {
    for (const region of REGIONS) {
      const its = (await tickets()).filter((ticket) => ticket.region === region);
      expect(its.some(({ latestStatus }) => latestStatus === 'Open')).to.equal(true);
      expect(its.some(({ needValidate }) => needValidate)).to.equal(true);
      expect(its.some(({ inProgressByFoc }) => inProgressByFoc)).to.equal(true);
    }
  });

  it('leaves nothing due at the time of the seed', async () => {
    const due = (await tickets()).filter(
      ({ nextTimerAt }) => nextTimerAt !== null && nextTimerAt <= NOW,
    );
    expect(due).to.deep.equal([]);
  });

  it('has clients with real coordinates, and every category of indication', async () => {
    const clients = await all(db, 'clients', cgs.clientSchema);
    expect(clients).to.have.length(21);
    const places = await Promise.all(
      ['pops', 'mainSplitters', 'splitters'].map((name) =>
        all(db, name, z.looseObject({ coordinate: cgs.coordinateSchema })),
      ),
    );
    for (const { coordinate } of [...clients, ...places.flat()]) {
      cgs.coordinateSchema.parse(coordinate);
    }
    const indications = await all(db, 'indications', z.looseObject({ category: z.string() }));
    expect([...set(indications.map(({ category }) => category))]).to.have.members([
      ...INDICATION_CATEGORIES,
    ]);
  });

  it('gives each record the same id at each run, and no two records the same id', async () => {
    const later = ownProject();
    await seed(later, new Date('2027-02-01T00:00:00.000Z'));
    // Months are those of the seed, an entry of the audit log has the id of its change, and a photo
    // one of its own.
    const pathsIn = async (of: Firestore) =>
      Object.keys(await versions(of)).filter(
        (path) => !/^(ticketcount|audit|media|counters\/cgs-incidents-[^/]*)\//.test(`${path}/`),
      );
    expect(await pathsIn(databaseOf(later))).to.deep.equal(await pathsIn(db));
    expect(clientId('CID-1101')).to.match(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/,
    );
    expect((await db.doc(`clients/${clientId('CID-1101')}`).get()).get('cid')).to.equal('CID-1101');
  });

  it('has residents 1 and 2 in community 1 of company 1, and 3 in community 2 of company 2', async () => {
    const found = await all(db, 'residents', community.residentSchema);
    expect(
      found.map(({ id, communityId, companyId }) => [id, communityId, companyId]),
    ).to.deep.equal([
      [1, 1, 1],
      [2, 1, 1],
      [3, 2, 2],
    ]);
  });

  it('has an account for each resident and each kind of administrator', () => {
    expect(KITS.community.seed.people.map(({ email }) => email.split('@')[0])).to.deep.equal([
      'resident1',
      'resident2',
      'resident3',
      'admin.company',
      'system.admin',
    ]);
  });

  it('has community tickets in every status, in both communities, numbered as they were opened', async () => {
    const found = await all(db, 'communityTickets', community.ticketSchema);
    expect(set(found.map(({ statusId }) => statusId))).to.deep.equal(
      set(COMMUNITY_STATUSES.map(({ id }) => id)),
    );
    expect(set(found.map(({ communityId }) => communityId))).to.deep.equal(set([1, 2]));
    expect(numbers(found)).to.deep.equal(fromOne(found));
    expect(openings(found)).to.deep.equal(openings(found).toSorted((a, b) => a - b));
  });

  it('has as many comments on each ticket as the ticket counts, in its place, none from tomorrow', async () => {
    const comments = await all(db, 'comentarios', community.commentSchema);
    const found = await all(db, 'communityTickets', community.ticketSchema);
    for (const { id, companyId, communityId, commentCount, createdAt } of found) {
      const own = comments.filter(({ idOrigen }) => idOrigen === String(id));
      expect(own).to.have.length(commentCount);
      for (const comment of own) {
        expect(comment).to.include({ companyId, communityId });
        expect(comment.createdAt.getTime()).to.be.within(createdAt.getTime(), NOW.getTime());
      }
    }
  });

  it('has subscribers 1 to 5 of ISP 1, in both of its branches', async () => {
    const found = await all(db, 'ispSubscribers', isp.subscriberSchema);
    expect(numbers(found)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(set(found.map(({ ispId }) => ispId))).to.deep.equal(set([1]));
    expect(set(found.map(({ branchId }) => branchId))).to.deep.equal(set([1, 2]));
  });

  it('has helpdesk tickets in every status and of both ISPs, numbered as they were opened', async () => {
    const found = await all(db, 'ispTickets', isp.ticketSchema);
    expect(set(found.map(({ status }) => status))).to.deep.equal(set(ISP_STATUSES));
    expect(set(found.map(({ ispId }) => ispId))).to.deep.equal(set([1, 2]));
    expect(numbers(found)).to.deep.equal(fromOne(found));
    expect(openings(found)).to.deep.equal(openings(found).toSorted((a, b) => a - b));
  });

  it('has as many replies to each ticket as the ticket counts, in its place, none from tomorrow', async () => {
    const replies = await all(db, 'ispReplies', isp.replySchema);
    expect(numbers(replies)).to.deep.equal(fromOne(replies));
    for (const ticket of await all(db, 'ispTickets', isp.ticketSchema)) {
      const { id, ispId, branchId, replyCount, createdAt } = ticket;
      const own = replies.filter(({ ticketId: of }) => of === id);
      expect(own).to.have.length(replyCount);
      for (const reply of own) {
        expect(reply).to.include({ ispId, branchId });
        expect(reply.createdAt.getTime()).to.be.within(createdAt.getTime(), NOW.getTime());
      }
    }
  });

  it('has the accounts of city services that the README names, each with its permissions', () => {
    const permissions = KITS.urban.seed.people.map(({ email, access }) => [email, access['urban']]);
    const may = (...permissions: string[]) => ({ permissions, technician: false, active: true });
    expect(Object.fromEntries(permissions)).to.deep.equal({
      'citizen@crewline.test': may(),
      'citizen2@crewline.test': may(),
      'technician@crewline.test': { ...may(), technician: true },
      'urban.reader@crewline.test': may('ticket:read'),
      'urban.admin@crewline.test': may(
        'ticket:read',
        'ticket:write',
        'ticket:delete',
        'user:read',
        'user:write',
      ),
    });
  });

  it('has city tickets in every status, of both citizens, with and without a technician', async () => {
    const found = await all(db, 'urbanTickets', urbanTicketSchema);
    expect(set(found.map(({ status }) => status))).to.deep.equal(set(URBAN_STATUSES));
    expect(set(found.map(({ userId }) => userId))).to.deep.equal(
      set([uidOf('citizen'), uidOf('citizen2')]),
    );
    const technicianOf = (status: string) =>
      set(found.filter((each) => each.status === status).map(({ assignedTo }) => assignedTo));
    const technician = uidOf('technician');
    expect(technicianOf('PENDING')).to.deep.equal(set([null]));
    expect(technicianOf('IN_PROGRESS')).to.deep.equal(set([technician]));
    expect(technicianOf('COMPLETED')).to.deep.equal(set([technician]));
    expect(technicianOf('CANCELLED')).to.deep.equal(set([technician, null]));
    for (const { createdAt, updatedAt, assignedTo, technician: shown } of found) {
      expect(updatedAt.getTime()).to.be.within(createdAt.getTime(), NOW.getTime());
      expect(shown?.id ?? null).to.equal(assignedTo);
    }
  });
});

it('numbers demo tickets of each month of the operator without gap, in order of opening', async () => {
  // 00:30 on New Year's Day in Jakarta: the stories begin in one year and end in the next.
  const project = ownProject();
  const db = databaseOf(project);
  // Seven tickets were opened before that are not in this store.
  leavesUnsound((path) => path === 'ticketcount/2026-12');
  await db.doc('ticketcount/2026-12').set({ count: 7, month: 'December', year: 2026 });
  await seed(project, new Date('2026-12-31T17:30:00.000Z'));
  const made = (await all(db, 'tickets', cgs.ticketSchema)).toSorted(
    (one, other) => one.createdAt.getTime() - other.createdAt.getTime(),
  );
  const countOf = async (month: string) =>
    z.number().parse((await db.doc(`ticketcount/${month}`).get()).get('count'));
  const [last, next] = [await countOf('2026-12'), await countOf('2027-01')];
  expect(last - 7 + next).to.equal(made.length);
  const running = (month: string, from: number, to: number) =>
    Array.from(
      { length: to - from + 1 },
      (_, index) => `${month}-${String(from + index).padStart(4, '0')}`,
    );
  expect(made.map(({ ticketId: number }) => number.slice(4))).to.deep.equal([
    ...running('202612', 8, last),
    ...running('202701', 1, next),
  ]);
});
