import { unreadNoticesOf } from '../../kernel/notify/unread-notices.ts';
import type { Listener, Listeners } from '../../kernel/store/listener.ts';

const everyone = ['SuperAdmin', 'NOC', 'FOCSupervisor', 'FOC'] as const;
const crews = ['FOCSupervisor', 'FOC'] as const;

const masterData = (collection: string): Listener => ({
  roles: everyone,
  collection,
  where: () => [],
});

/** Every listener that an app of the desk opens, by name. */
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
  myHistory: {
    roles: crews,
    collection: 'tickets',
    where: (me) => [
      ['foc.id', '==', me.uid],
      ['isActive', '==', false],
    ],
    latest: { by: 'closedAt', limit: 50 },
  },
  ticketsInProgress: {
    roles: ['FOCSupervisor'],
    collection: 'tickets',
    where: (me) => [
      ['region', '==', me.region],
      ['inProgressByFoc', '==', true],
    ],
  },
  ticketsOfIncident: {
    roles: ['SuperAdmin', 'NOC'],
    collection: 'tickets',
    where: (me) => [
      ['region', '==', me.region],
      ['incident.id', '==', me.incidentId],
    ],
  },
  allIncidents: {
    roles: ['SuperAdmin'],
    collection: 'incidents',
    where: () => [['isActive', '==', true]],
  },
  incidentsOfRegion: {
    roles: everyone,
    collection: 'incidents',
    where: (me) => [
      ['region', '==', me.region],
      ['isActive', '==', true],
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
  allFigures: { roles: ['SuperAdmin'], collection: 'stats', where: () => [] },
  figuresOfRegion: {
    roles: ['SuperAdmin', 'NOC'],
    collection: 'stats',
    where: (me) => [['region', '==', me.region]],
  },
  unreadNotices: unreadNoticesOf('cgs', everyone),
} as const satisfies Listeners;
