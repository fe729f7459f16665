import type { QueryShape } from '../../src/kernel/store/query-shape.ts';
import type { Role } from './people.ts';

export type Value = string | boolean | readonly string[];
export type Filter = readonly [field: string, operator: '==' | '!=' | 'in', value: Value];
export type Me = { readonly uid: string; readonly region: string };

/** A query as data: from it come the real query, the snippets of docs/listening.md and its shape. */
export type Listener = {
  readonly roles: readonly Role[];
  readonly collection: string;
  readonly where: (me: Me) => readonly Filter[];
};

const everyone = ['SuperAdmin', 'NOC', 'FOCSupervisor', 'FOC'] as const;
const crews = ['FOCSupervisor', 'FOC'] as const;

const masterData = (collection: string): Listener => ({
  roles: everyone,
  collection,
  where: () => [],
});

/** Every listener that an app opens, by name. docs/listening.md shows each of them. */
export const LISTENERS = {
  allTickets: {
    roles: ['SuperAdmin'],
    collection: 'tickets',
    where: () => [['isActive', '==', true]],
  },
  ticketsOfRegion: {
    roles: ['SuperAdmin', 'NOC'],
    collection: 'tickets',
    where: (me) => [
      ['region', '==', me.region],
      ['isActive', '==', true],
    ],
  },
  ticketsToValidate: {
    roles: ['SuperAdmin', 'NOC'],
    collection: 'tickets',
    where: (me) => [
      ['region', '==', me.region],
      ['needValidate', '==', true],
    ],
  },
  openTickets: {
    roles: crews,
    collection: 'tickets',
    where: (me) => [
      ['region', '==', me.region],
      ['latestStatus', '==', 'Open'],
    ],
  },
  myTickets: {
    roles: crews,
    collection: 'tickets',
    where: (me) => [
      ['foc.id', '==', me.uid],
      ['isActive', '==', true],
    ],
  },
  ticketsInProgress: {
    roles: ['FOCSupervisor'],
    collection: 'tickets',
    where: (me) => [
      ['region', '==', me.region],
      ['inProgressByFoc', '==', true],
    ],
  },
  allPeople: {
    roles: ['SuperAdmin'],
    collection: 'users',
    where: () => [['access.cgs.role', 'in', everyone]],
  },
  peopleOfRegion: {
    roles: ['NOC'],
    collection: 'users',
    where: (me) => [['access.cgs.region', '==', me.region]],
  },
  crewsOfRegion: {
    roles: ['NOC', 'FOCSupervisor'],
    collection: 'users',
    where: (me) => [
      ['access.cgs.region', '==', me.region],
      ['access.cgs.role', '==', 'FOC'],
    ],
  },
  allClients: { roles: ['SuperAdmin'], collection: 'clients', where: () => [] },
  clientsOfRegion: {
    roles: ['SuperAdmin', 'NOC'],
    collection: 'clients',
    where: (me) => [['region', '==', me.region]],
  },
  ticketCounts: { roles: ['SuperAdmin', 'NOC'], collection: 'ticketcount', where: () => [] },
  areas: masterData('areas'),
  mainSplitters: masterData('mainSplitters'),
  splitters: masterData('splitters'),
  pops: masterData('pops'),
  isps: masterData('isps'),
  indications: masterData('indications'),
} as const satisfies Record<string, Listener>;

export type ListenerName = keyof typeof LISTENERS;

/** The listeners as a list, each with its name. */
export const listeners: readonly (Listener & { readonly name: string })[] = Object.entries(
  LISTENERS,
).map(([name, listener]) => ({ name, ...listener }));

/** What the index check reads: the shapes of the listeners above. */
export const queries: readonly QueryShape[] = listeners.map(({ name, collection, where }) => ({
  name,
  collection,
  equal: where({ uid: '', region: '' }).map(([field]) => field),
}));
