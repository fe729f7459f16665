import { keywordsOfPerson, membershipsOf } from '../../../src/kernel/auth/grant.ts';
import { keywordsOf } from '../../../src/kernel/keywords.ts';
import { openIncident } from '../../../src/desks/cgs/domain/incidents/incident.ts';
import type { Person, Ticket } from '../../../src/desks/cgs/domain/schemas.ts';
import type { Profile } from '../../../src/kernel/auth/person.ts';
import { ITEM_MS, NEW_INBOX, ownerOf } from '../../../src/kernel/notify/inbox.ts';
import { reservationOf } from '../../../src/kernel/store/unique.ts';
import { bandung, client, foc, minute, noc, opened, ticketIn, uuid } from './fixtures.ts';

/** Documents by path. */
export type Documents = Map<string, Readonly<Record<string, unknown>>>;

const dates = { createdAt: minute(0), updatedAt: minute(0) };
const pop = { id: 'pop-1', name: 'POP Dago', coordinate: '-6.8,107.6' };

const profileOf = ({ role, region, areas, ...person }: Person): Profile => ({
  ...person,
  active: true,
  access: { cgs: { role, region, active: true, area: areas[0]?.name ?? null, areas } },
  lastLoginAt: minute(5),
  ...dates,
});

/** A person: their grant, and what is shown of it. */
const person = (
  shown: Profile,
  access = shown.access,
): [string, Readonly<Record<string, unknown>>][] => [
  [
    `grants/${shown.id}`,
    {
      ...shown,
      access,
      validAfter: minute(0),
      ...SIGNED_IN,
      keywords: keywordsOfPerson(shown),
      memberships: membershipsOf(access),
    },
  ],
  [`users/${shown.id}`, shown],
];

const SIGNED_IN = {
  sessions: { one: minute(100) },
  signIns: {
    one: { createdAt: minute(5), lastSeenAt: minute(5), address: '127.0.0.1', agent: 'a phone' },
  },
};

/** The nth ticket of its month. */
export const numbered = (ticket: Ticket, n: number): Ticket => {
  const ticketId = `TRB-202611-000${n}`;
  const keywords = keywordsOf(ticketId, ticket.client.cid, ticket.client.name);
  return { ...ticket, documentId: uuid(n), ticketId, keywords };
};

const record = (data: { readonly id: string }, ...words: string[]) => ({
  ...data,
  ...dates,
  keywords: keywordsOf(...words),
});

const placed = (data: { readonly id: string; readonly name: string; coordinate: string }) => {
  const [latitude, longitude] = data.coordinate.split(',').map(Number);
  return { ...record(data, data.name), latitude, longitude };
};

const reservations = (holder: string, ...values: readonly (readonly string[])[]) =>
  values.map((value): [string, { holder: string }] => [reservationOf(value).path, { holder }]);

export const isp = { id: 'isp-1', name: 'Adidaya Infocom', initial: 'AIL', brand: 'WIZNET' };
const ms = { id: 'ms-1', name: 'MAKMUR', coordinate: '-6.9,107.6' };
const splitter = { id: 'sp-1', name: 'PALLADIUM', coordinate: '-6.91,107.61' };
const cause = { id: 'in-1', category: 'FiberCut', indication: 'Ketabrak truk' };

/** An incident of one ticket. */
const incident = () => {
  const opening = openIncident(
    {
      title: 'Backbone cut',
      region: 'West',
      networkSegment: 'Backbone',
      part: { kind: 'Splitter', id: splitter.id, name: splitter.name },
      expectedEndAt: null,
      remark: null,
    },
    noc,
    { now: minute(0), newId: 'incident-1' },
  );
  if (!opening.ok) throw new Error(opening.refusal);
  return { ...opening.incident('INC-202611-0001'), tickets: { total: 1, open: 1, closed: 0 } };
};

/** An inbox with a device and a notice. */
const inboxOf = (uid: string): [string, Readonly<Record<string, unknown>>][] => {
  const phone = { token: 'a token', platform: 'android', appVersion: '1', sid: 'one' };
  return [
    [`inbox/${uid}`, { ...NEW_INBOX, devices: { phone: { ...phone, registeredAt: minute(5) } } }],
    [ownerOf('a token').path, { uid, device: 'phone' }],
    [
      `inbox/${uid}/items/one`,
      {
        desk: 'cgs',
        kind: 'opened',
        subject: { collection: 'tickets', id: uuid(1) },
        values: {},
        title: 'Open',
        body: 'A ticket is open.',
        createdAt: minute(5),
        readAt: null,
        expiresAt: new Date(minute(5).getTime() + ITEM_MS),
      },
    ],
  ];
};

/** A store in which everything is as it must be. */
export const sound = (): Documents =>
  new Map<string, Readonly<Record<string, unknown>>>([
    ...person(profileOf(foc)),
    ...person(profileOf({ ...noc, areas: [bandung] })),
    ...person({ ...profileOf(foc), id: 'of-another-desk', access: {} }, { urban: {} }),
    [`areas/${bandung.id}`, record(bandung, 'BANDUNG', 'BDG')],
    ['isps/isp-1', record(isp, isp.name, isp.initial, isp.brand)],
    ['mainSplitters/ms-1', placed(ms)],
    ['splitters/sp-1', placed(splitter)],
    ['pops/pop-1', placed(pop)],
    ['indications/in-1', record(cause, cause.indication)],
    [
      'clients/client-1',
      {
        ...placed(client),
        ...client,
        pop,
        keywords: keywordsOf(client.name, client.cid, client.userCode),
      },
    ],
    ...reservations(
      bandung.id,
      ['areas', 'name', 'West', 'BANDUNG'],
      ['areas', 'initial', 'West', 'BDG'],
    ),
    ...reservations('isp-1', ['isps', 'name', isp.name], ['isps', 'initial', 'AIL']),
    ...reservations('ms-1', ['mainSplitters', 'name', 'MAKMUR']),
    ...reservations('sp-1', ['splitters', 'name', 'PALLADIUM']),
    ...reservations('pop-1', ['pops', 'name', pop.name]),
    ...reservations('in-1', ['indications', 'indication', 'FiberCut', 'Ketabrak truk']),
    ...reservations('client-1', ['clients', 'cid', client.cid]),
    ...inboxOf(foc.id),
    ['ticketcount/2026-11', { count: 3, month: 'November', year: 2026 }],
    [`tickets/${uuid(1)}`, { ...numbered(opened(), 1), noc: { ...noc, areas: [bandung] } }],
    [
      `tickets/${uuid(2)}`,
      {
        ...numbered(ticketIn(foc).OnGoing, 2),
        noc: { ...noc, areas: [bandung] },
        incident: { id: 'incident-1', title: 'Backbone cut' },
      },
    ],
    [`tickets/${uuid(3)}`, numbered(ticketIn(foc).Closed, 3)],
    ['counters/cgs-incidents-2026-11', { count: 1 }],
    ['incidents/incident-1', incident()],
  ]);
