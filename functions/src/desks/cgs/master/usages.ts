import { tickets } from '../tickets/collection.ts';
import { users } from '../users/people.ts';
import { clients } from './collections.ts';
import type { Usage } from './resource.ts';

const ofClients = (of: Usage['of']): Usage => ({ by: 'clients', of, label: 'name' });

const { withArea, withMainSplitter, withSplitter, withPop, withIsp } = clients.queries;

export const AREA_OF_CLIENTS = ofClients((id) => withArea.where({ 'city.id': id }));
export const MS_OF_CLIENTS = ofClients((id) => withMainSplitter.where({ 'ms.id': id }));
export const SPLITTER_OF_CLIENTS = ofClients((id) => withSplitter.where({ 'splitter.id': id }));
export const POP_OF_CLIENTS = ofClients((id) => withPop.where({ 'pop.id': id }));
export const ISP_OF_CLIENTS = ofClients((id) => withIsp.where({ 'isp.id': id }));

export const AREA_OF_USERS: Usage = {
  by: 'users',
  of: (id) => users.queries.ofArea.where({ 'access.cgs.areaId': id }),
  label: 'name',
};

export const CLIENT_OF_TICKETS: Usage = {
  by: 'tickets',
  of: (id) => tickets.queries.withClient.where({ 'client.id': id, isActive: true }),
  label: 'ticketId',
};
