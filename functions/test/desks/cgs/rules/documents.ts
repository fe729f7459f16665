import { NOTHING } from '../../../../src/kernel/store/listener.ts';
import { aroundReadable, type Document, plainDocuments, SECRET } from '../../../rules/document.ts';
import { REGION_NAMES, STAFF, HOME_REGIONS } from './people.ts';

export const STATUSES = [
  'Draft',
  'Open',
  'Accepted',
  'OnTheWay',
  'CheckedIn',
  'OnGoing',
  'Pending',
  'Closed',
  'Canceled',
] as const;
export type Status = (typeof STATUSES)[number];

const IN_PROGRESS: readonly Status[] = ['Accepted', 'OnTheWay', 'CheckedIn', 'OnGoing', 'Pending'];

/** Statuses in which a ticket has no FOC yet. */
export const UNASSIGNED: readonly Status[] = ['Draft', 'Open'];

/** What the rules and the listeners read of a ticket; `holder` is its FOC's uid. */
export const ticketData = (region: string, status: Status, holder: string | null) => {
  const isActive = status !== 'Closed' && status !== 'Canceled';
  return {
    region,
    latestStatus: status,
    isActive,
    inProgressByFoc: IN_PROGRESS.includes(status),
    needValidate: status === 'CheckedIn',
    incident: { id: NOTHING.incidentId, title: 'Backbone cut' },
    foc: holder === null ? null : { id: holder, name: holder },
    closedAt: isActive ? null : new Date('2026-11-25T03:00:00Z'),
  };
};

/** The id of the ticket of a region and status that belongs to `holder`, or to another FOC. */
export const ticketId = (region: string, status: Status, holder = 'another'): string =>
  `${region}-${status}-${UNASSIGNED.includes(status) ? 'nobody' : holder}`;

const ticketOf = (region: string, status: Status, holder: string): Document => ({
  path: `tickets/${ticketId(region, status, holder)}`,
  data: ticketData(region, status, UNASSIGNED.includes(status) ? null : holder),
});

const held = STATUSES.filter((status) => !UNASSIGNED.includes(status));

const tickets: readonly Document[] = [
  ...REGION_NAMES.flatMap((region) =>
    STATUSES.map((status) => ticketOf(region, status, 'another')),
  ),
  ...STAFF.flatMap(({ key }) =>
    HOME_REGIONS.flatMap((region) => held.map((status) => ticketOf(region, status, key))),
  ),
];

const clients: readonly Document[] = REGION_NAMES.map((region) => ({
  path: `clients/${region}`,
  data: { region, name: `A client in ${region}` },
}));

const figures: readonly Document[] = REGION_NAMES.map((region) => ({
  path: `stats/2026-11-${region}`,
  data: { region, month: '2026-11', counters: { tickets: 1 } },
}));

const incidents: readonly Document[] = REGION_NAMES.map((region) => ({
  path: `incidents/${region}`,
  data: { region, isActive: true, title: 'Backbone cut' },
}));

export const MASTER_DATA = [
  'areas',
  'mainSplitters',
  'splitters',
  'pops',
  'isps',
  'indications',
] as const;

/** The collections that somebody may read by the rules. */
export const READABLE_COLLECTIONS = [
  'tickets',
  'ticketcount',
  'users',
  'clients',
  'stats',
  'incidents',
  ...MASTER_DATA,
] as const;

/** Documents that no client may read, including those below and next to readable ones. */
export const NEVER_READ: readonly string[] = [
  ...SECRET,
  'users/FOC.West/private/one',
  ...aroundReadable(READABLE_COLLECTIONS),
];

/** All documents but those of people, which belong to the tests' persons. */
export const DOCUMENTS: readonly Document[] = [
  ...tickets,
  ...clients,
  ...figures,
  ...incidents,
  ...plainDocuments(MASTER_DATA.map((collection) => `${collection}/one`)),
  ...plainDocuments(NEVER_READ),
  { path: 'ticketcount/2026-11', data: { count: 1, month: 'November', year: 2026 } },
];
