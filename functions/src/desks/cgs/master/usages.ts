import type { Usage } from '../../../kernel/resource/declaration.ts';
import { tickets } from '../tickets/collection.ts';
import { incidents } from '../incidents/collection.ts';
import { users } from '../users/people.ts';
import { clients } from './collections.ts';

type ById = Usage<{ readonly id: string }>;

const { withArea, withMainSplitter, withSplitter, withPop, withIsp } = clients.queries;

const ofClients = (where: ById['where']): ById => ({
  where,
  listed: { by: 'clients', label: 'name' },
});

export const AREA_OF_CLIENTS = ofClients(({ id }) => withArea.where({ 'city.id': id }));
export const MS_OF_CLIENTS = ofClients(({ id }) => withMainSplitter.where({ 'ms.id': id }));
export const SPLITTER_OF_CLIENTS = ofClients(({ id }) => withSplitter.where({ 'splitter.id': id }));
export const POP_OF_CLIENTS = ofClients(({ id }) => withPop.where({ 'pop.id': id }));
export const ISP_OF_CLIENTS = ofClients(({ id }) => withIsp.where({ 'isp.id': id }));

export const AREA_OF_USERS: ById = {
  where: ({ id }) => users.queries.ofArea.where({ 'access.cgs.areaId': id }),
  listed: { by: 'users', label: 'name' },
};

/** A part of the network that an incident names, of whatever kind it is. */
export const PART_OF_INCIDENTS: ById = {
  where: ({ id }) => incidents.queries.withPart.where({ 'part.id': id, isActive: true }),
  listed: { by: 'incidents', label: 'incidentId' },
};

export const CLIENT_OF_TICKETS: ById = {
  where: ({ id }) => tickets.queries.withClient.where({ 'client.id': id, isActive: true }),
  listed: { by: 'tickets', label: 'ticketId' },
};
