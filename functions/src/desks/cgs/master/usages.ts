import type { QueryShape } from '../../../kernel/store/query-shape.ts';
import type { Usage } from './resource.ts';

const ofClients = (field: string, one: string): Usage => ({
  by: 'clients',
  field,
  shape: { name: `clients of ${one}`, collection: 'clients', equal: [field] },
  label: 'name',
});

export const AREA_OF_CLIENTS = ofClients('city.id', 'an area');
export const MS_OF_CLIENTS = ofClients('ms.id', 'a main splitter');
export const SPLITTER_OF_CLIENTS = ofClients('splitter.id', 'a splitter');
export const POP_OF_CLIENTS = ofClients('pop.id', 'a POP');
export const ISP_OF_CLIENTS = ofClients('isp.id', 'an ISP');

const AREA_ID = 'access.cgs.areaId';

export const AREA_OF_USERS: Usage = {
  by: 'users',
  field: AREA_ID,
  shape: { name: 'users of an area', collection: 'users', equal: [AREA_ID] },
  label: 'name',
};

const activeTickets = {
  name: 'active tickets of a client',
  collection: 'tickets',
  equal: ['client.id', 'isActive'],
} as const satisfies QueryShape;

export const CLIENT_OF_TICKETS: Usage = {
  by: 'tickets',
  field: 'client.id',
  equal: { isActive: true },
  shape: activeTickets,
  label: 'ticketId',
};
