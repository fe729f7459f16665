import { READABLE_COLLECTIONS } from './documents.ts';
import type { Filter, Me } from '../../../../src/kernel/store/listener.ts';
import type { Role } from './people.ts';

/** A query for more than its roles may see: it is refused as a whole, not narrowed. */
export type Widened = {
  readonly what: string;
  readonly roles: readonly Role[];
  readonly collection: string;
  /** Query the collections of this name at any depth. */
  readonly group?: true;
  /** Any of these sets of filters (one set: a plain query). */
  readonly anyOf: (me: Me, foreign: string) => readonly (readonly Filter[])[];
};

const all = ['SuperAdmin', 'NOC', 'FOCSupervisor', 'FOC'] as const;
const regional = ['NOC', 'FOCSupervisor', 'FOC'] as const;
const crews = ['FOCSupervisor', 'FOC'] as const;

const tickets = (
  what: string,
  roles: readonly Role[],
  where: (me: Me, foreign: string) => readonly Filter[],
): Widened => ({
  what,
  roles,
  collection: 'tickets',
  anyOf: (me, foreign) => [where(me, foreign)],
});

const users = (
  what: string,
  roles: readonly Role[],
  where: (me: Me, foreign: string) => readonly Filter[],
): Widened => ({ ...tickets(what, roles, where), collection: 'users' });

const inRegion = (region: string): Filter => ['region', '==', region];
const open: Filter = ['latestStatus', '==', 'Open'];
const active: Filter = ['isActive', '==', true];
const inProgress: Filter = ['inProgressByFoc', '==', true];

const ticketQueries: readonly Widened[] = [
  tickets('no filter', regional, () => []),
  tickets('active, of any region', regional, () => [active]),
  tickets('active, of another region', regional, (_, foreign) => [inRegion(foreign), active]),
  tickets('of own and another region', regional, (me, foreign) => [
    ['region', 'in', [me.region, foreign]],
  ]),
  tickets('of every region but another', regional, (_, foreign) => [['region', '!=', foreign]]),
  tickets('to validate, of any region', regional, () => [['needValidate', '==', true]]),
  tickets('in progress, of any region', regional, () => [inProgress]),
  tickets('in progress, of another region', regional, (_, foreign) => [
    inRegion(foreign),
    inProgress,
  ]),
  tickets('in progress, of own and another region', regional, (me, foreign) => [
    ['region', 'in', [me.region, foreign]],
    inProgress,
  ]),
  tickets('Open, of any region', regional, () => [open]),
  tickets('Open, of another region', regional, (_, foreign) => [inRegion(foreign), open]),
  tickets('Open, of own and another region', regional, (me, foreign) => [
    ['region', 'in', [me.region, foreign]],
    open,
  ]),
  tickets('of an incident, of any region', regional, (me) => [
    ['incident.id', '==', me.incidentId],
  ]),
  tickets('of an incident, of own region', crews, (me) => [
    inRegion(me.region),
    ['incident.id', '==', me.incidentId],
  ]),
  tickets("another's", regional, () => [['foc.id', '==', 'another']]),
  tickets("another's history", regional, () => [
    ['foc.id', '==', 'another'],
    ['isActive', '==', false],
  ]),
  tickets("own and another's", crews, (me) => [['foc.id', 'in', [me.uid, 'another']]]),
  tickets("everyone's but another's", crews, () => [['foc.id', '!=', 'another']]),
  tickets('of own region, in any status', crews, (me) => [inRegion(me.region)]),
  tickets('active, of own region', crews, (me) => [inRegion(me.region), active]),
  tickets('Draft, of own region', crews, (me) => [
    inRegion(me.region),
    ['latestStatus', '==', 'Draft'],
  ]),
  tickets('Closed, of own region', crews, (me) => [
    inRegion(me.region),
    ['latestStatus', '==', 'Closed'],
  ]),
  tickets('Open and Accepted, of own region', crews, (me) => [
    inRegion(me.region),
    ['latestStatus', 'in', ['Open', 'Accepted']],
  ]),
  tickets('not Closed, of own region', crews, (me) => [
    inRegion(me.region),
    ['latestStatus', '!=', 'Closed'],
  ]),
  tickets('to validate, of own region', crews, (me) => [
    inRegion(me.region),
    ['needValidate', '==', true],
  ]),
  tickets('not in progress, of own region', crews, (me) => [
    inRegion(me.region),
    ['inProgressByFoc', '==', false],
  ]),
  tickets('in progress, of own region', ['FOC'], (me) => [inRegion(me.region), inProgress]),
  {
    what: 'own, or Open of another region',
    roles: crews,
    collection: 'tickets',
    anyOf: (me, foreign) => [[['foc.id', '==', me.uid]], [inRegion(foreign), open]],
  },
  {
    what: 'of own region, or of another',
    roles: regional,
    collection: 'tickets',
    anyOf: (me, foreign) => [[inRegion(me.region)], [inRegion(foreign)]],
  },
];

const groups: readonly Widened[] = READABLE_COLLECTIONS.map((collection) => ({
  what: 'the collection group',
  roles: all,
  collection,
  group: true as const,
  anyOf: () => [[]],
}));

const groupsWithFilters: readonly Widened[] = [
  {
    what: 'the collection group, active',
    roles: all,
    collection: 'tickets',
    group: true,
    anyOf: () => [[active]],
  },
  {
    what: 'the collection group, Open of own region',
    roles: all,
    collection: 'tickets',
    group: true,
    anyOf: (me) => [[inRegion(me.region), open]],
  },
  {
    what: 'the collection group, FOCs of own region',
    roles: all,
    collection: 'users',
    group: true,
    anyOf: (me) => [
      [
        ['access.cgs.region', '==', me.region],
        ['access.cgs.role', '==', 'FOC'],
      ],
    ],
  },
];

const cgsRegion = 'access.cgs.region';
const cgsRole = 'access.cgs.role';

const otherQueries: readonly Widened[] = [
  users('no filter', all, () => []),
  users('active, of any region', all, () => [['active', '==', true]]),
  users('FOCs of any region', regional, () => [[cgsRole, '==', 'FOC']]),
  users('of another region', regional, (_, foreign) => [[cgsRegion, '==', foreign]]),
  users('FOCs of another region', regional, (_, foreign) => [
    [cgsRegion, '==', foreign],
    [cgsRole, '==', 'FOC'],
  ]),
  users('of own and another region', regional, (me, foreign) => [
    [cgsRegion, 'in', [me.region, foreign]],
  ]),
  users('of own region, in any role', crews, (me) => [[cgsRegion, '==', me.region]]),
  users('supervisors of own region', crews, (me) => [
    [cgsRegion, '==', me.region],
    [cgsRole, '==', 'FOCSupervisor'],
  ]),
  users('FOCs and NOCs of own region', crews, (me) => [
    [cgsRegion, '==', me.region],
    [cgsRole, 'in', ['FOC', 'NOC']],
  ]),
  users('FOCs of own region', ['FOC'], (me) => [
    [cgsRegion, '==', me.region],
    [cgsRole, '==', 'FOC'],
  ]),
  // A query by id is a list, and FOCs may not list people.
  users('own document, by a query', ['FOC'], (me) => [['__name__', '==', me.uid]]),
  users('of a role that the desk does not know', all, () => [[cgsRole, '==', 'Retired']]),
  { ...tickets('no filter', regional, () => []), collection: 'clients' },
  {
    ...tickets('of another region', regional, (_, foreign) => [inRegion(foreign)]),
    collection: 'clients',
  },
  {
    ...tickets('of own and another region', regional, (me, foreign) => [
      ['region', 'in', [me.region, foreign]],
    ]),
    collection: 'clients',
  },
  {
    ...tickets('of own region', crews, (me) => [inRegion(me.region)]),
    collection: 'clients',
  },
  { ...tickets('no filter', crews, () => []), collection: 'ticketcount' },
  { ...tickets('no filter', regional, () => []), collection: 'stats' },
  {
    ...tickets('of another region', regional, (_, foreign) => [inRegion(foreign)]),
    collection: 'stats',
  },
  { ...tickets('of own region', crews, (me) => [inRegion(me.region)]), collection: 'stats' },
  { ...tickets('no filter', regional, () => []), collection: 'incidents' },
  { ...tickets('active, of any region', regional, () => [active]), collection: 'incidents' },
  {
    ...tickets('of another region', regional, (_, foreign) => [inRegion(foreign), active]),
    collection: 'incidents',
  },
  {
    ...tickets('of own and another region', regional, (me, foreign) => [
      ['region', 'in', [me.region, foreign]],
    ]),
    collection: 'incidents',
  },
  ...['grants', 'idempotency', 'attempts', 'settings', 'counters', 'statsShares', 'audit'].map(
    (collection) => ({
      ...tickets('no filter', all, () => []),
      collection,
    }),
  ),
];

export const WIDENED: readonly Widened[] = [
  ...ticketQueries,
  ...groups,
  ...groupsWithFilters,
  ...otherQueries,
];
