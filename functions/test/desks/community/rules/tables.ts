import { SECRET } from '../../../rules/document.ts';
import type { Me } from '../../../../src/kernel/store/listener.ts';
import type { Cells, Wider } from '../../../rules/tables.ts';

const ticket = (companyId: number, communityId: number, residentId: number) => ({
  companyId,
  communityId,
  residentId,
  statusId: 1,
});

const comment = (origen: string, companyId: number, communityId: number | null) => ({
  origen,
  idOrigen: '1',
  companyId,
  communityId,
});

/** One letter for each of STAFF: residents 111, 112, 121, 211; admins of 1 and 2; system admin. */
export const CELLS: readonly Cells[] = [
  ['communityTickets/1', ticket(1, 11, 111), ' yynn yn y'],
  ['communityTickets/2', ticket(1, 12, 121), ' nnyn yn y'],
  ['communityTickets/3', ticket(2, 21, 211), ' nnny ny y'],
  // 121 has moved since: it is still their own, and of the community where it was reported.
  ['communityTickets/4', ticket(1, 11, 121), ' yyyn yn y'],
  // Its numbers contradict each other: a community is of one company.
  ['communityTickets/5', ticket(2, 11, 111), ' nnnn ny y'],
  ['communityTickets/6', ticket(2, 12, 111), ' nnnn ny y'],
  ['comentarios/6', comment('ticket', 2, 11), '       nnnn ny y'],
  ['communities/911', { id: 11, companyId: 2 }, 'nnnn ny y'],
  ['residents/9111', { id: 111, communityId: 11, companyId: 2 }, 'nnnn ny y'],
  ['comentarios/1', comment('ticket', 1, 11), '       yynn yn y'],
  ['comentarios/2', comment('ticket', 1, 12), '       nnyn yn y'],
  ['comentarios/3', comment('ticket', 2, 21), '       nnny ny y'],
  ['comentarios/4', comment('event', 1, null), '      yyyn yn y'],
  ['comentarios/5', comment('provider', 2, null), '   nnny ny y'],
  ['companies/1', { id: 1 }, 'nnnn yn y'],
  ['companies/2', { id: 2 }, 'nnnn ny y'],
  ['communities/11', { id: 11, companyId: 1 }, 'yynn yn y'],
  ['communities/12', { id: 12, companyId: 1 }, 'nnyn yn y'],
  ['communities/21', { id: 21, companyId: 2 }, 'nnny ny y'],
  ['residents/111', { id: 111, communityId: 11, companyId: 1 }, 'ynnn yn y'],
  ['residents/112', { id: 112, communityId: 11, companyId: 1 }, 'nynn yn y'],
  ['residents/121', { id: 121, communityId: 12, companyId: 1 }, 'nnyn yn y'],
  ['residents/211', { id: 211, communityId: 21, companyId: 2 }, 'nnny ny y'],
  ['categoriaTickets/1', { id: 1 }, 'yyyy yy y'],
  ['statusTickets/1', { id: 1, codigo: 'NUEVO' }, 'yyyy yy y'],
];

/** One document of each collection that needs a role. */
export const FOR_A_ROLE = [
  'communityTickets/1',
  'comentarios/1',
  'comentarios/5',
  'companies/1',
  'communities/11',
  'residents/111',
] as const;

/** What everybody with access to the desk may read. */
export const FOR_EVERYONE = ['categoriaTickets/1', 'statusTickets/1'] as const;

const R = ['RESIDENT'] as const;
const A = ['ADMIN_COMPANY'] as const;
const RA = ['RESIDENT', 'ADMIN_COMPANY'] as const;
const ALL = ['RESIDENT', 'ADMIN_COMPANY', 'SYSTEM_ADMIN'] as const;

const otherCompany = ({ companyId }: Me) => (companyId === 1 ? 2 : 1);
const otherCommunity = ({ communityId }: Me) => (communityId === 11 ? 12 : 11);
const otherResident = ({ residentId }: Me) => (residentId === 111 ? 112 : 111);

const ofTickets: readonly Wider[] = [
  ['no filter', RA, 'communityTickets', () => []],
  ['new, of anywhere', RA, 'communityTickets', () => [['statusId', '==', 1]]],
  ['another community', R, 'communityTickets', (me) => [['communityId', '==', otherCommunity(me)]]],
  [
    'own and another community',
    R,
    'communityTickets',
    (me) => [['communityId', 'in', [me.communityId, otherCommunity(me)]]],
  ],
  [
    'every community but another',
    R,
    'communityTickets',
    (me) => [['communityId', '!=', otherCommunity(me)]],
  ],
  [
    'own community, of any company',
    R,
    'communityTickets',
    (me) => [['communityId', '==', me.communityId]],
  ],
  ['own, of any company', R, 'communityTickets', (me) => [['residentId', '==', me.residentId]]],
  ['own company', R, 'communityTickets', (me) => [['companyId', '==', me.companyId]]],
  ["another's", R, 'communityTickets', (me) => [['residentId', '==', otherResident(me)]]],
  [
    "own and another's",
    R,
    'communityTickets',
    (me) => [['residentId', 'in', [me.residentId, otherResident(me)]]],
  ],
  ['another company', A, 'communityTickets', (me) => [['companyId', '==', otherCompany(me)]]],
  [
    'own and another company',
    A,
    'communityTickets',
    (me) => [['companyId', 'in', [me.companyId, otherCompany(me)]]],
  ],
  [
    'every company but another',
    A,
    'communityTickets',
    (me) => [['companyId', '!=', otherCompany(me)]],
  ],
];

const ofComments: readonly Wider[] = [
  ['no filter', RA, 'comentarios', () => []],
  ['on tickets, of anywhere', RA, 'comentarios', () => [['origen', '==', 'ticket']]],
  ['on events, of anywhere', RA, 'comentarios', () => [['origen', '==', 'event']]],
  ['of no community', RA, 'comentarios', () => [['communityId', '==', null]]],
  [
    'on a ticket, of anywhere',
    RA,
    'comentarios',
    () => [
      ['origen', '==', 'ticket'],
      ['idOrigen', '==', '1'],
    ],
  ],
  [
    'on tickets of another community',
    R,
    'comentarios',
    (me) => [
      ['communityId', '==', otherCommunity(me)],
      ['origen', '==', 'ticket'],
    ],
  ],
  [
    'on tickets of own community, of any company',
    R,
    'comentarios',
    (me) => [
      ['communityId', '==', me.communityId],
      ['origen', '==', 'ticket'],
    ],
  ],
  ['of own company', R, 'comentarios', (me) => [['companyId', '==', me.companyId]]],
  [
    'on events and tickets of own company',
    R,
    'comentarios',
    (me) => [
      ['companyId', '==', me.companyId],
      ['origen', 'in', ['event', 'ticket']],
    ],
  ],
  [
    'on events of another company',
    RA,
    'comentarios',
    (me) => [
      ['companyId', '==', otherCompany(me)],
      ['origen', '==', 'event'],
    ],
  ],
];

const ofPlaces: readonly Wider[] = [
  ['no filter', RA, 'companies', () => []],
  ['own', R, 'companies', (me) => [['id', '==', me.companyId]]],
  ['another', A, 'companies', (me) => [['id', '==', otherCompany(me)]]],
  ['no filter', RA, 'communities', () => []],
  ['of own company', R, 'communities', (me) => [['companyId', '==', me.companyId]]],
  ['own, of any company', R, 'communities', (me) => [['id', '==', me.communityId]]],
  ['another', R, 'communities', (me) => [['id', '==', otherCommunity(me)]]],
  ['of another company', A, 'communities', (me) => [['companyId', '==', otherCompany(me)]]],
  ['no filter', RA, 'residents', () => []],
  ['of own company', R, 'residents', (me) => [['companyId', '==', me.companyId]]],
  ['of own community', R, 'residents', (me) => [['communityId', '==', me.communityId]]],
  ['themselves, of any company', R, 'residents', (me) => [['id', '==', me.residentId]]],
  ['another', R, 'residents', (me) => [['id', '==', otherResident(me)]]],
  ['of another company', A, 'residents', (me) => [['companyId', '==', otherCompany(me)]]],
];

const never: readonly Wider[] = [
  ['no filter', ALL, 'users', () => []],
  ['themselves, by a query', ALL, 'users', (me) => [['__name__', '==', me.uid]]],
  ['of own company', ALL, 'users', (me) => [['access.community.companyId', '==', me.companyId]]],
  ...SECRET.map((path): Wider => ['no filter', ALL, path.split('/')[0] ?? path, () => []]),
];

export const WIDER: readonly Wider[] = [...ofTickets, ...ofComments, ...ofPlaces, ...never];
