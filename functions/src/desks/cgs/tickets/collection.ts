import { collection } from '../../../kernel/store/collection.ts';
import { BY_ID } from '../../../kernel/store/query.ts';
import { type Ticket, ticketSchema } from '../domain/schemas.ts';

const FILTERS = [
  'region',
  'area',
  'type',
  'client.id',
  'client.name',
  'client.isp.name',
  'client.splitter.name',
  'isActive',
  'latestStatus',
  'statusBeforePending',
  'latestTaskStatus',
  'resolution',
  'cancelCategory',
  'slaType',
  'needValidate',
  'waitingFor',
  'foc.id',
] as const;

/** Lists and exports: rows without the tickets' logs. */
const LIST = {
  optional: FILTERS,
  arrayContains: 'keywords',
  range: 'createdAt',
  orderBy: '-createdAt',
  sorts: ['slaDueAt'],
  select: [
    'documentId',
    'ticketId',
    'type',
    'source',
    'latestStatus',
    'latestTaskStatus',
    'waitingFor',
    'resolution',
    'cancelCategory',
    'pendingCategory',
    'region',
    'client',
    'contactPerson',
    'indicationCategory',
    'indication',
    'networkSegment',
    'remark',
    'locationRemark',
    'action',
    'foc',
    'noc',
    'requestCounts',
    'createdAt',
    'updatedAt',
    'publishedAt',
    'closedAt',
    'firstAcceptedTime',
    'acceptedTime',
    'departureTime',
    'checkInTime',
    'onGoingTime',
    'sla',
    'slaType',
    'slaDueAt',
    'firstAcceptedDuration',
    'acceptedDuration',
    'onTheWayDuration',
    'workDuration',
    'totalPendingDuration',
    'totalTime',
  ],
} as const;

/** `tickets/{documentId}`. */
export const tickets = collection('tickets', ticketSchema, {
  unindexed: [
    'given',
    'ticketLogs',
    'edits',
    'slaCalendar',
    'contactPerson',
    'remark',
    'action',
    'locationRemark',
    'indication',
    'pendingCategory',
    'requestCounts',
    'noc',
    'foc.areas',
    'client.address',
    'client.coordinate',
    'client.ms',
    'client.splitter.coordinate',
    'client.pop',
    'client.city',
  ],
  queries: {
    // The tickets that a person may see, as in the security rules.
    all: LIST,
    ofRegion: { ...LIST, equal: ['region'] },
    offered: { ...LIST, equal: ['region', 'latestStatus'] },
    watched: { ...LIST, equal: ['region', 'inProgressByFoc'] },
    ofFoc: { ...LIST, equal: ['foc.id'] },
    // What a crew does.
    ofCrew: {
      equal: ['foc.id', 'inProgressByFoc'],
      select: [
        'documentId',
        'ticketId',
        'latestStatus',
        'latestTaskStatus',
        'acceptedTime',
        'foc',
        'ticketLogs',
      ],
    },
    inHandOf: { equal: ['foc.id', 'inProgressByFoc'], select: ['ticketId'] },
    // For the clock, the longest due first.
    due: { range: 'nextTimerAt', orderBy: 'nextTimerAt' },
    bySlaVersion: { equal: ['isActive'], range: 'slaVersion', orderBy: 'slaVersion' },
    // Active tickets with a copy of a person, a client or an area.
    withFoc: { equal: ['foc.id', 'isActive'], orderBy: BY_ID },
    withNoc: { equal: ['noc.id', 'isActive'], orderBy: BY_ID },
    withClient: { equal: ['client.id', 'isActive'], orderBy: BY_ID },
    withArea: { equal: ['area', 'isActive'], orderBy: BY_ID },
  },
});

/** What lists and exports read of a ticket. */
export type TicketRow = Pick<Ticket, (typeof LIST.select)[number]>;
