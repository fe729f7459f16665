import { BY_ID, type QueryShape } from '../../../kernel/store/query-shape.ts';

const holders = <const E extends readonly string[]>(
  name: string,
  collection: string,
  ...equal: E
) => ({ name, collection, equal, orderBy: [BY_ID] }) as const satisfies QueryShape;

/** Who holds a copy of what. Equality and the order of ids need no composite index. */
export const HOLDERS = {
  ticketsOfFoc: holders('active tickets of a FOC', 'tickets', 'foc.id', 'isActive'),
  ticketsOfNoc: holders('active tickets opened by a person', 'tickets', 'noc.id', 'isActive'),
  ticketsOfClient: holders('active tickets of a client', 'tickets', 'client.id', 'isActive'),
  ticketsInArea: holders('active tickets in an area', 'tickets', 'area', 'isActive'),
  clientsInArea: holders('clients in an area', 'clients', 'city.id'),
  clientsOfIsp: holders('clients of an ISP', 'clients', 'isp.id'),
  clientsOfMainSplitter: holders('clients at a main splitter', 'clients', 'ms.id'),
  clientsOfSplitter: holders('clients at a splitter', 'clients', 'splitter.id'),
  clientsOfPop: holders('clients at a POP', 'clients', 'pop.id'),
  usersInArea: {
    name: 'people of an area',
    collection: 'users',
    arrayContains: 'access.cgs.areas',
    orderBy: [BY_ID],
  },
} as const satisfies Record<string, QueryShape>;
