import { unreadNoticesOf } from '../../kernel/notify/unread-notices.ts';
import type { Filter, Listener, Listeners, Me } from '../../kernel/store/listener.ts';

const everyone = ['RESIDENT', 'ADMIN_COMPANY', 'SYSTEM_ADMIN'] as const;
const admins = ['ADMIN_COMPANY', 'SYSTEM_ADMIN'] as const;
const residents = ['RESIDENT'] as const;
const system = ['SYSTEM_ADMIN'] as const;

const ofCompany = (me: Me): Filter => ['companyId', '==', me.companyId];
const ofCommunity = (me: Me): Filter => ['communityId', '==', me.communityId];

const allOf = (collection: string, roles: Listener['roles']): Listener => ({
  roles,
  collection,
  where: () => [],
});

const companysOf = (collection: string): Listener => ({
  roles: admins,
  collection,
  where: (me) => [ofCompany(me)],
});

/** The listeners that the desk's apps open, by name. */
export const LISTENERS = {
  ticketsOfMyCommunity: {
    roles: residents,
    collection: 'communityTickets',
    where: (me) => [ofCompany(me), ofCommunity(me)],
  },
  myTickets: {
    roles: residents,
    collection: 'communityTickets',
    where: (me) => [ofCompany(me), ['residentId', '==', me.residentId]],
  },
  ticketsOfCommunity: {
    roles: admins,
    collection: 'communityTickets',
    where: (me) => [ofCompany(me), ofCommunity(me)],
  },
  ticketsOfCompany: companysOf('communityTickets'),
  allTickets: allOf('communityTickets', system),
  commentsOnTicket: {
    roles: residents,
    collection: 'comentarios',
    where: (me) => [
      ofCompany(me),
      ofCommunity(me),
      ['origen', '==', 'ticket'],
      ['idOrigen', '==', me.idOrigen],
    ],
  },
  commentsOnTicketOfCompany: {
    roles: admins,
    collection: 'comentarios',
    where: (me) => [ofCompany(me), ['origen', '==', 'ticket'], ['idOrigen', '==', me.idOrigen]],
  },
  commentsOnEvent: {
    roles: everyone,
    collection: 'comentarios',
    where: (me) => [ofCompany(me), ['origen', '==', 'event'], ['idOrigen', '==', me.idOrigen]],
  },
  categories: allOf('categoriaTickets', everyone),
  statuses: allOf('statusTickets', everyone),
  myCompany: {
    roles: admins,
    collection: 'companies',
    where: (me) => [['id', '==', me.companyId]],
  },
  allCompanies: allOf('companies', system),
  myCommunity: {
    roles: residents,
    collection: 'communities',
    where: (me) => [ofCompany(me), ['id', '==', me.communityId]],
  },
  communitiesOfCompany: companysOf('communities'),
  allCommunities: allOf('communities', system),
  myResident: {
    roles: residents,
    collection: 'residents',
    where: (me) => [ofCompany(me), ['id', '==', me.residentId]],
  },
  residentsOfCompany: companysOf('residents'),
  allResidents: allOf('residents', system),
  unreadNotices: unreadNoticesOf('community', everyone),
} as const satisfies Listeners;
