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
  uuid,
} from '../../functions/test/desks/cgs/fixtures.ts';
import {
  type Documents,
  isp,
  numbered,
  sound,
} from '../../functions/test/desks/cgs/sound-store.ts';
import { claimOf } from '../../functions/src/kernel/store/unique.ts';
import type { Breach, Doc } from './check.ts';
import { ALL_CHECKS } from './desks.ts';
import { type Source, type Walk, walk } from './walk.ts';

const sourceOf = (documents: Documents): Source => {
  const docs = [...documents]
    .map(
      ([path, data]): Doc => ({
        path,
        id: path.slice(path.indexOf('/') + 1),
        data,
        createdAt: minute(0),
      }),
    )
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return {
    page: async (collection, after, limit) =>
      docs
        .filter(({ path }) => path.startsWith(`${collection}/`))
        .filter(({ id }) => after === undefined || id > after)
        .slice(0, limit),
    get: async (paths) => docs.filter(({ path }) => paths.includes(path)),
  };
};

const check = (documents: Documents, options: Walk = {}): Promise<Breach[]> =>
  walk(sourceOf(documents), ALL_CHECKS, { now: minute(80), ...options });

/** The breaches as `path field`, each once. */
const fieldsOf = (breaches: readonly Breach[]): string[] => [
  ...new Set(breaches.map(({ document, field }) => `${document} ${field}`)),
];

const ONGOING = `tickets/${uuid(2)}`;
const OPEN = `tickets/${uuid(1)}`;
const ispName = claimOf(['isps', 'name', isp.name]).path;
const log = ticketIn(foc).OnGoing.ticketLogs;

/** A document broken in one field, and what must be reported. */
const BROKEN: readonly (readonly [
  title: string,
  path: string,
  patch: object | null,
  ...expected: string[],
])[] = [
  ['a document that its schema does not read', ONGOING, { source: 'Pigeon' }, `${ONGOING} source`],
  ['a ticket without its id', ONGOING, { documentId: uuid(9) }, `${ONGOING} documentId`],
  [
    'a status that the log does not have',
    ONGOING,
    { latestStatus: 'Open' },
    `${ONGOING} latestStatus`,
  ],
  ['a time that the log does not have', ONGOING, { checkInTime: null }, `${ONGOING} checkInTime`],
  [
    'a duration that is not computed from the log',
    ONGOING,
    { onTheWayDuration: 21 },
    `${ONGOING} onTheWayDuration`,
  ],
  [
    'pending time that the log does not have',
    ONGOING,
    { totalPendingDuration: 1 },
    `${ONGOING} totalPendingDuration`,
  ],
  ['a request that nobody made', ONGOING, { needValidate: true }, `${ONGOING} needValidate`],
  [
    'a replacement that nobody asked for',
    ONGOING,
    { needReassign: true },
    `${ONGOING} needReassign`,
  ],
  ['an active ticket that says it is not', ONGOING, { isActive: false }, `${ONGOING} isActive`],
  [
    'work that is not reported',
    ONGOING,
    { inProgressByFoc: false },
    `${ONGOING} inProgressByFoc`,
    `${ONGOING} foc`,
  ],
  ['a wrong end of the promise', ONGOING, { slaDueAt: minute(1) }, `${ONGOING} slaDueAt`],
  ['a breach before its time', ONGOING, { slaType: 'OverSla' }, `${ONGOING} slaType`],
  [
    'a log whose times run backwards',
    ONGOING,
    { ticketLogs: log.toReversed() },
    `${ONGOING} ticketLogs.1.timestamp`,
  ],
  ['an area that is not the city', ONGOING, { area: 'area-x' }, `${ONGOING} area`],
  ['keywords of other words', ONGOING, { keywords: ['no'] }, `${ONGOING} keywords`],
  ['too many change ids', ONGOING, { changeIds: [...'123456789'] }, `${ONGOING} changeIds`],
  ['a ticketId of another type', OPEN, { ticketId: 'MNT-202611-0001' }, `${OPEN} ticketId`],
  [
    'a number that two tickets have',
    ONGOING,
    { ticketId: 'TRB-202611-0001' },
    `${ONGOING} ticketId`,
    'ticketcount/2026-11 count',
  ],
  ['a number beyond the counter', ONGOING, { ticketId: 'TRB-202611-0004' }, `${ONGOING} ticketId`],
  [
    'a counter that is behind',
    'ticketcount/2026-11',
    { count: 2 },
    'ticketcount/2026-11 count',
    `tickets/${uuid(3)} ticketId`,
  ],
  ['a counter that is ahead', 'ticketcount/2026-11', { count: 4 }, 'ticketcount/2026-11 count'],
  ['a ticket that is lost', OPEN, null, 'ticketcount/2026-11 count'],
  [
    'a counter with another month’s name',
    'ticketcount/2026-11',
    { month: 'May' },
    'ticketcount/2026-11 month',
  ],
  [
    'a FOC who has another name now',
    `users/${foc.id}`,
    { name: 'New' },
    `${ONGOING} foc.name`,
    'sessions/one person.name',
  ],
  [
    'a NOC who has another number now',
    `users/${noc.id}`,
    { phoneNumber: '1' },
    `${ONGOING} noc.phoneNumber`,
    `${OPEN} noc.phoneNumber`,
  ],
  ['a session of nobody', `users/${foc.id}`, null, 'sessions/one uid'],
  [
    'an access that can’t be read',
    `users/${noc.id}`,
    { access: { cgs: { role: 'Chief' } } },
    `users/${noc.id} access.cgs.role`,
  ],
  ['a person under another id', 'users/of-another-desk', { id: 'x' }, 'users/of-another-desk id'],
  [
    'an area that is not there',
    `areas/${bandung.id}`,
    null,
    `users/${noc.id} access.cgs.areas.0`,
    'clients/client-1 city',
  ],
  [
    'an area that has another name now',
    `areas/${bandung.id}`,
    { name: 'RAYA' },
    `users/${noc.id} access.cgs.areas.0`,
    'clients/client-1 city',
    `${OPEN} client.city`,
  ],
  [
    'a client that has another cid now',
    'clients/client-1',
    { cid: 'CID-9' },
    `${OPEN} client.cid`,
    `${ONGOING} client.cid`,
  ],
  [
    'a client in a city of another region',
    'clients/client-1',
    { region: 'East' },
    'clients/client-1 city.region',
  ],
  [
    'an ISP that has another brand now',
    'isps/isp-1',
    { brand: 'X' },
    'clients/client-1 isp',
    'isps/isp-1 keywords',
  ],
  [
    'a main splitter that stands elsewhere now',
    'mainSplitters/ms-1',
    { coordinate: '1,2' },
    'clients/client-1 ms',
  ],
  ['a splitter that is not there', 'splitters/sp-1', null, 'clients/client-1 splitter'],
  ['a POP that has another name now', 'pops/pop-1', { name: 'X' }, 'clients/client-1 pop'],
  ['numbers that are not the coordinate', 'pops/pop-1', { latitude: 0 }, 'pops/pop-1 latitude'],
  [
    'a record that search does not find',
    'indications/in-1',
    { keywords: [] },
    'indications/in-1 keywords',
  ],
  ['a value that is not claimed', ispName, null, 'isps/isp-1 name'],
  ['a claim of another', ispName, { holder: 'isp-2' }, 'isps/isp-1 name', `${ispName} holder`],
  ['a claim without its holder', 'isps/isp-1', null, `${ispName} holder`],
  ['settings that can’t be read', 'settings/sla', { Dedicated: 5 }, 'settings/sla Dedicated'],
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
      expect(fieldsOf(breaches)).to.include.members(expected);
      for (const { problem } of breaches) expect(problem).not.to.equal('');
    });
  }

  it('accepts closed tickets, deleted people and overridden fields', async () => {
    const documents = sound();
    documents.delete(`users/${noc.id}`);
    const ticket = numbered(opened({ endUser: 'Pak Ujang', address: 'Gang 3' }), 1);
    documents.set(OPEN, { ...ticket });
    const closed = { ...numbered(ticketIn(foc).Closed, 3), foc: { ...foc, name: 'As he was' } };
    documents.set(`tickets/${uuid(3)}`, closed);
    expect(await check(documents)).to.deep.equal([]);
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
    let isSettled = false;
    const source = {
      ...sourceOf(documents),
      get: (paths: readonly string[]) => sourceOf(isSettled ? sound() : documents).get(paths),
    };
    const settle = async () => void (isSettled = true);
    expect(await walk(source, ALL_CHECKS, { now: minute(80), settle })).to.deep.equal([]);
  });

  it('reports only the documents that it is asked for', async () => {
    const documents = sound();
    documents.set(`users/${foc.id}`, { ...documents.get(`users/${foc.id}`), name: 'New' });
    const includes = ({ path }: Doc) => path === 'sessions/one';
    expect(fieldsOf(await check(documents, { includes }))).to.deep.equal([
      'sessions/one person.name',
    ]);
  });
});
