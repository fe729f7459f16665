import { expect } from 'chai';
import {
  bandung,
  command,
  foc,
  minute,
  noc,
  opened,
  play,
  ticketIn,
  TIME_ZONE,
  uuid,
} from '../../functions/test/desks/cgs/fixtures.ts';
import {
  type Documents,
  isp,
  numbered,
  sound,
} from '../../functions/test/desks/cgs/sound-store.ts';
import { sourceOf as documentSource } from '../../functions/test/support/document-source.ts';
import { sum } from '../../functions/src/desks/cgs/figures/figures.ts';
import { countedOf, placesOf } from '../../functions/src/desks/cgs/figures/places.ts';
import { membershipsOf } from '../../functions/src/kernel/auth/grant.ts';
import { ITEM_MS, ownerOf } from '../../functions/src/kernel/notify/inbox.ts';
import { reservationOf } from '../../functions/src/kernel/store/unique.ts';
import type { Breach, Doc } from './check.ts';
import { figureChecks } from './cgs/figures.ts';
import { ALL_CHECKS } from './desks.ts';
import { type Source, type Walk, walk } from './walk.ts';

const sourceOf = (documents: Documents): Source => documentSource(documents, minute(0));

const check = (documents: Documents, options: Walk = {}): Promise<Breach[]> =>
  walk(sourceOf(documents), ALL_CHECKS, { now: minute(80), ...options });

/** The breaches as `path field`, each once. */
const fieldsOf = (breaches: readonly Breach[]): string[] => [
  ...new Set(breaches.map(({ document, field }) => `${document} ${field}`)),
];

const ONGOING = `tickets/${uuid(2)}`;
const OPEN = `tickets/${uuid(1)}`;
const GRANT = `grants/${foc.id}`;
const FOC = `users/${foc.id}`;
const NOC = `users/${noc.id}`;
const AREA = `areas/${bandung.id}`;
const CLIENT = 'clients/client-1';
const MONTH = 'ticketcount/2026-11';
const INCIDENT = 'incidents/incident-1';
const INCIDENTS = 'counters/cgs-incidents-2026-11';
const INBOX = `inbox/${foc.id}`;
const ITEM = `inbox/${foc.id}/items/one`;
const TOKEN = ownerOf('a token').path;
const ispName = reservationOf(['isps', 'name', isp.name]).path;
const log = ticketIn(foc).OnGoing.ticketLogs;

/**
 * A document with a wrong field, or a deleted one, and what must be reported as `path field`: the
 * wrong field itself when nothing else is given.
 */
const BROKEN: readonly (readonly [
  title: string,
  path: string,
  patch: object | null,
  ...expected: string[],
])[] = [
  ['a document that does not fit its schema', ONGOING, { source: 'Pigeon' }],
  ['a ticket without its id', ONGOING, { documentId: uuid(9) }],
  ['a status that the log does not have', ONGOING, { latestStatus: 'Open' }],
  ['a time that the log does not have', ONGOING, { checkInTime: null }],
  ['a duration that is not computed from the log', ONGOING, { onTheWayDuration: 21 }],
  ['pending time that the log does not have', ONGOING, { totalPendingDuration: 1 }],
  ['a request that nobody made', ONGOING, { needValidate: true }],
  ['a replacement that nobody asked for', ONGOING, { needReassign: true }],
  ['an active ticket that says it is not', ONGOING, { isActive: false }],
  ['work that is not shown', ONGOING, { inProgressByFoc: false }, `${ONGOING} inProgressByFoc`],
  ['a FOC where nobody works', ONGOING, { inProgressByFoc: false }, `${ONGOING} foc`],
  ['a wrong end of the SLA', ONGOING, { slaDueAt: minute(1) }],
  ['a breach before its time', ONGOING, { slaType: 'OverSla' }],
  [
    'a log whose times decrease',
    ONGOING,
    { ticketLogs: log.toReversed() },
    `${ONGOING} ticketLogs.1.timestamp`,
  ],
  ['an area that is not the city', ONGOING, { area: 'area-x' }],
  ['keywords of other words', ONGOING, { keywords: ['no'] }],
  ['too many change ids', ONGOING, { changeIds: [...'123456789'] }],
  ['a ticketId of another type', OPEN, { ticketId: 'MNT-202611-0001' }],
  ['a number that two tickets have', ONGOING, { ticketId: 'TRB-202611-0001' }],
  ['a number that is missing', ONGOING, { ticketId: 'TRB-202611-0001' }, `${MONTH} count`],
  ['a number beyond the counter', ONGOING, { ticketId: 'TRB-202611-0004' }],
  ['a counter that is behind', MONTH, { count: 2 }],
  ['a ticket that is not counted', MONTH, { count: 2 }, `tickets/${uuid(3)} ticketId`],
  ['a counter that is ahead', MONTH, { count: 4 }],
  ['a ticket that is lost', OPEN, null, `${MONTH} count`],
  ['a counter with another month’s name', MONTH, { month: 'May' }],
  ['a FOC with an outdated name', FOC, { name: 'New' }, `${ONGOING} foc.name`],
  [
    'a person shown by an outdated name, who is searched by it',
    GRANT,
    { name: 'New' },
    `${GRANT} keywords`,
    `${GRANT} name`,
  ],
  ['a person whom no search finds', GRANT, { keywords: [] }, `${GRANT} keywords`],
  ['a person whom no filter finds', GRANT, { memberships: [] }, `${GRANT} memberships`],
  ['a person shown with another access', FOC, { access: {} }],
  ['a NOC with an outdated number', NOC, { phoneNumber: '1' }, `${ONGOING} noc.phoneNumber`],
  ['the same NOC in an Open ticket', NOC, { phoneNumber: '1' }, `${OPEN} noc.phoneNumber`],
  ['a person who is not shown', FOC, null, `${GRANT} id`],
  ['a person shown who is not there', GRANT, null, `${FOC} id`],
  ['an unknown role', NOC, { access: { cgs: { role: 'Chief' } } }, `${NOC} access.cgs.role`],
  ['a person under another id', 'users/of-another-desk', { id: 'x' }],
  ['an area that is missing', AREA, null, `${NOC} access.cgs.areas.0`, `${CLIENT} city`],
  ['a person with an outdated area', AREA, { name: 'RAYA' }, `${NOC} access.cgs.areas.0`],
  ['a client with an outdated area', AREA, { name: 'RAYA' }, `${CLIENT} city`],
  ['a ticket with an outdated area', AREA, { name: 'RAYA' }, `${OPEN} client.city`],
  ['a ticket with an outdated cid', CLIENT, { cid: 'CID-9' }, `${OPEN} client.cid`],
  ['an accepted one too', CLIENT, { cid: 'CID-9' }, `${ONGOING} client.cid`],
  ['a client in a city of another region', CLIENT, { region: 'East' }, `${CLIENT} city.region`],
  ['a client with an outdated brand', 'isps/isp-1', { brand: 'X' }, `${CLIENT} isp`],
  ['keywords of an outdated brand', 'isps/isp-1', { brand: 'X' }, 'isps/isp-1 keywords'],
  ['an outdated main splitter', 'mainSplitters/ms-1', { coordinate: '1,2' }, `${CLIENT} ms`],
  ['a splitter that is missing', 'splitters/sp-1', null, `${CLIENT} splitter`],
  ['a client with an outdated POP', 'pops/pop-1', { name: 'X' }, `${CLIENT} pop`],
  ['numbers that are not the coordinate', 'pops/pop-1', { latitude: 0 }],
  ['a record that search does not find', 'indications/in-1', { keywords: [] }],
  ['a unique value that is not registered', ispName, null, 'isps/isp-1 name'],
  ['a unique value of another record', ispName, { holder: 'isp-2' }, 'isps/isp-1 name'],
  ['a wrong holder of a unique value', ispName, { holder: 'isp-2' }],
  ['a unique value without its holder', 'isps/isp-1', null, `${ispName} holder`],
  ['an incident that search does not find', INCIDENT, { keywords: [] }],
  ['an incident without a number of its form', INCIDENT, { incidentId: 'TRB-1' }],
  ['work that no incident has', INCIDENT, { hasWork: true }],
  ['an incident that says it is over', INCIDENT, { isActive: false }],
  ['an incident that is closed by nobody', INCIDENT, { status: 'Closed' }, `${INCIDENT} closing`],
  ['the end of an open incident', INCIDENT, { closedAt: minute(1) }],
  ['an incident with an outdated part', 'splitters/sp-1', { name: 'X' }, `${INCIDENT} part.name`],
  ['an incident that is not counted', INCIDENTS, { count: 0 }, `${INCIDENT} incidentId`],
  ['a counter of incidents that is ahead', INCIDENTS, { count: 2 }],
  ['a ticket with an outdated incident', INCIDENT, { title: 'Two cuts' }, `${ONGOING} incident`],
  ['a ticket of an incident elsewhere', INCIDENT, { region: 'East' }, `${ONGOING} region`],
  ['a ticket of no incident that is there', INCIDENT, null, `${ONGOING} incident`],
  ['an inbox without a person', GRANT, null, `${INBOX} id`, `${ITEM} id`],
  [
    'a device whose token is of another',
    TOKEN,
    { device: 'tablet' },
    `${INBOX} devices.phone.token`,
  ],
  ['a token of no device', INBOX, { devices: {} }, `${TOKEN} device`],
  ['a notice that was read before it came', ITEM, { readAt: minute(1) }],
  ['a notice that is kept for too long', ITEM, { expiresAt: minute(1e6) }],
  [
    'a notice that should be gone',
    ITEM,
    { createdAt: new Date(0), expiresAt: new Date(ITEM_MS) },
    `${ITEM} expiresAt`,
  ],
  ['settings that don’t fit their schema', 'settings/sla', { Dedicated: 5 }],
];

describe('check:data', () => {
  it('finds nothing in a sound store', async () => {
    expect(await check(sound())).to.deep.equal([]);
  });

  for (const [title, path, patch, ...expected] of BROKEN) {
    it(`reports ${title}`, async () => {
      const documents = sound();
      if (patch === null) documents.delete(path);
      else documents.set(path, { ...documents.get(path), ...patch });
      const breaches = await check(documents);
      const own = Object.keys(patch ?? {}).map((field) => `${path} ${field}`);
      expect(fieldsOf(breaches)).to.include.members(expected.length > 0 ? expected : own);
      for (const { problem } of breaches) expect(problem).not.to.equal('');
    });
  }

  it('accepts closed tickets, deleted people and overridden fields', async () => {
    const documents = sound();
    documents.delete(`users/${noc.id}`);
    documents.delete(`grants/${noc.id}`);
    const ticket = numbered(opened({ endUser: 'Pak Ujang', address: 'Gang 3' }), 1);
    documents.set(OPEN, { ...ticket });
    const closed = { ...numbered(ticketIn(foc).Closed, 3), foc: { ...foc, name: 'As he was' } };
    documents.set(`tickets/${uuid(3)}`, closed);
    expect(await check(documents)).to.deep.equal([]);
  });

  it('knows the unique values of accesses, and those left of an access that was withdrawn', async () => {
    const documents = sound();
    const person = documents.get(GRANT) ?? {};
    const isp = { userId: 9001, ispId: 1, branchIds: [1], active: true };
    const access = { ...Object(person['access']), isp };
    documents.set(GRANT, { ...person, access, memberships: membershipsOf(access) });
    documents.set(reservationOf(['isp', 'userId', '1', '9001']).path, { holder: foc.id });
    documents.set(reservationOf(['isp', 'userId', '1', '9002']).path, { holder: foc.id });
    documents.set(reservationOf(['isp', 'userId', '1', '9003']).path, { holder: 'nobody' });
    const breaches = await check(documents);
    expect(breaches.map(({ problem }) => problem)).to.deep.equal([
      'names nobody, who has no such value',
    ]);
  });

  /** A sound store in which a record is in the archive. */
  const withArchivedPop = (): Documents => {
    const documents = sound();
    const record = documents.get('pops/pop-1') ?? {};
    const kept = { archivedAt: minute(60), dueAt: minute(120) };
    documents.set('archive/pops-pop-1', { collection: 'pops', record, ...kept });
    documents.delete('pops/pop-1');
    documents.delete(reservationOf(['pops', 'name', 'POP Dago']).path);
    return documents;
  };

  it('takes a reference to an archived record for one that was under way', async () => {
    expect(await check(withArchivedPop())).to.deep.equal([]);
  });

  it('reports an archived record that is in its collection, or under another id', async () => {
    const twice = withArchivedPop();
    for (const [path, data] of sound()) twice.set(path, data);
    expect(fieldsOf(await check(twice))).to.deep.equal(['archive/pops-pop-1 record']);
    const misplaced = withArchivedPop();
    misplaced.set('archive/pops-pop-2', misplaced.get('archive/pops-pop-1') ?? {});
    expect(fieldsOf(await check(misplaced))).to.deep.equal(['archive/pops-pop-2 record.id']);
  });

  it('accepts a breach of the SLA that the clock has not recorded yet', async () => {
    const documents = sound();
    expect(await check(documents, { now: minute(100_000) })).to.deep.equal([]);
    const over = play(opened(), [command.breach, { role: 'system' }, 100_000]);
    documents.set(OPEN, { ...numbered(over, 1), noc: { ...noc, areas: [bandung] } });
    expect(await check(documents, { now: minute(100_001) })).to.deep.equal([]);
  });

  it('checks again before it reports, so that a copy that is not updated yet is no breach', async () => {
    const documents = sound();
    const before = documents.get(`users/${foc.id}`) ?? {};
    documents.set(`users/${foc.id}`, { ...before, name: 'New' });
    let areCopied = false;
    const source = {
      ...sourceOf(documents),
      get: (paths: readonly string[]) => sourceOf(areCopied ? sound() : documents).get(paths),
    };
    const waitForCopies = async () => void (areCopied = true);
    expect(await walk(source, ALL_CHECKS, { now: minute(80), waitForCopies })).to.deep.equal([]);
  });

  it('accepts the number of a ticket whose type was corrected', async () => {
    const documents = sound();
    const changes = [{ field: 'type', from: 'Trouble', to: 'Maintenance' }];
    const edits = [{ at: minute(1), by: { id: noc.id, name: noc.name }, changes }];
    documents.set(OPEN, { ...documents.get(OPEN), type: 'Maintenance', edits });
    expect(await check(documents)).to.deep.equal([]);
    documents.set(OPEN, { ...documents.get(OPEN), type: 'Maintenance', edits: [] });
    expect(fieldsOf(await check(documents))).to.deep.equal([`${OPEN} ticketId`]);
  });

  it('reports only the documents that it is asked for', async () => {
    const documents = sound();
    documents.set(`users/${foc.id}`, { ...documents.get(`users/${foc.id}`), name: 'New' });
    const includes = ({ path }: Doc) => path === GRANT;
    expect(fieldsOf(await check(documents, { includes }))).to.deep.equal([`${GRANT} name`]);
  });
});

const ONGOING_SHARE = `statsShares/${uuid(2)}`;
const SUM = 'stats/2026-11-West';
const CLOSED = 'statsClosed/2026-11-West';
const ROW = `statsRows/created-2026-11-West-foc-${foc.id}`;
const OCCURRENCES = 'statsClients/client-1';

/** A sound store with the figures of its tickets, of which the second and third are repeats. */
const withFigures = (): Documents => {
  const documents = sound();
  const { Closed, OnGoing } = ticketIn(foc);
  const counted = [opened(), OnGoing, Closed].map((ticket, index) =>
    countedOf(ticket, index > 0, TIME_ZONE),
  );
  for (const [index, each] of counted.entries())
    documents.set(`statsShares/${uuid(index + 1)}`, each);
  const places = Map.groupBy(counted.flatMap(placesOf), ({ path }) => path);
  for (const [path, each] of places)
    documents.set(path, { ...each[0]?.data, counters: sum(each.map(({ share }) => share)) });
  const occurred = [1, 2, 3].map((n) => [uuid(n), counted[n - 1]?.occurrence?.at]);
  documents.set(OCCURRENCES, { tickets: Object.fromEntries(occurred) });
  return documents;
};

/** The same form as `BROKEN`. */
const BROKEN_FIGURES: typeof BROKEN = [
  ['a share of another status', ONGOING, { latestStatus: 'Open' }, `${ONGOING} share.status_Open`],
  ['a share of another time', ONGOING, { onTheWayDuration: 21 }, `${ONGOING} share.travel_ms`],
  ['a share of another region', ONGOING, { region: 'East' }, `${ONGOING} share.region`],
  ['a share that is missing', ONGOING_SHARE, null, `${ONGOING} share`],
  ['a share of no ticket', ONGOING, null, `${ONGOING_SHARE} *`],
  ['a share that does not fit its schema', ONGOING_SHARE, { share: 1 }],
  ['a sum without its counters', SUM, { counters: {} }, `${SUM} counters.tickets`],
  ['a sum of a share that is missing', ONGOING_SHARE, null, `${SUM} counters.status_OnGoing`],
  ['a sum that is missing', SUM, null, `${SUM} counters.tickets`],
  [
    'counts that its tickets do not add up to',
    INCIDENT,
    { tickets: { total: 1, open: 0, closed: 1 } },
  ],
  [
    'a second open ticket of a client in an incident',
    OPEN,
    { incident: { id: 'incident-1', title: 'Backbone cut' } },
    `${OPEN} incident`,
    `${ONGOING} incident`,
  ],
  ['a sum of another month', SUM, { month: '2026-10' }, `${SUM} *`],
  ['a sum by closing that is missing', CLOSED, null, `${CLOSED} counters.tickets`],
  ['a row without its counters', ROW, { counters: {} }, `${ROW} counters.tickets`],
  ['a row of somebody else', ROW, { subject: 'other' }, `${ROW} *`],
  ['occurrences that are missing', OCCURRENCES, null, `${ONGOING} share.occurrence.at`],
  [
    'occurrences that lack a ticket before',
    OCCURRENCES,
    { tickets: { [uuid(2)]: minute(0) } },
    `${ONGOING} share.isRepeat`,
  ],
  [
    'an occurrence that no share names',
    OCCURRENCES,
    { tickets: { 'no-ticket': minute(0) } },
    `${OCCURRENCES} tickets.no-ticket`,
  ],
];

describe('check:data of figures', () => {
  it('finds nothing in a sound store together with all other checks', async () => {
    const checks = [...ALL_CHECKS, figureChecks(TIME_ZONE)];
    expect(await walk(sourceOf(withFigures()), checks, { now: minute(80) })).to.deep.equal([]);
  });

  const checkFigures = (documents: Documents, now = minute(80)): Promise<Breach[]> =>
    walk(sourceOf(documents), [figureChecks(TIME_ZONE)], { now });

  it('finds nothing in sound figures', async () => {
    expect(await checkFigures(withFigures())).to.deep.equal([]);
  });

  for (const [title, path, patch, ...expected] of BROKEN_FIGURES) {
    it(`reports ${title}`, async () => {
      const documents = withFigures();
      if (patch === null) documents.delete(path);
      else documents.set(path, { ...documents.get(path), ...patch });
      const own = Object.keys(patch ?? {}).map((field) => `${path} ${field}`);
      const fields = fieldsOf(await checkFigures(documents));
      expect(fields).to.include.members(expected.length > 0 ? expected : own);
    });
  }

  it('accepts a missing or an older share of a ticket that changed within a minute', async () => {
    const documents = withFigures();
    documents.set(ONGOING, { ...documents.get(ONGOING), latestStatus: 'Open' });
    const opening = uuid(4);
    documents.set(`tickets/${opening}`, { ...numbered(opened(), 4) });
    expect(await checkFigures(documents, minute(0.9))).to.deep.equal([]);
    expect(fieldsOf(await checkFigures(documents, minute(1.1)))).to.include.members([
      `${ONGOING} share.status_Open`,
      `tickets/${opening} share`,
    ]);
  });

  it('accepts a counter that changed while the shares were read', async () => {
    const documents = withFigures();
    const source = sourceOf(documents);
    const moving = {
      ...source,
      page: async (...asked: Parameters<Source['page']>) => {
        const docs = await source.page(...asked);
        const [name] = asked;
        if (name === 'statsShares') documents.set(SUM, { ...documents.get(SUM), counters: {} });
        return docs;
      },
    };
    const checks = [figureChecks(TIME_ZONE)];
    expect(await walk(moving, checks, { now: minute(80) })).to.deep.equal([]);
  });
});
