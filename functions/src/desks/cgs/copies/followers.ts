import { showPerson } from '../../../kernel/auth/grant.ts';
import { people } from '../../../kernel/auth/person.ts';
import type { CopyTrigger } from '../../../kernel/store/copy-runs.ts';
import { copiesIn, fanOut, type HolderUpdate } from '../../../kernel/store/fan-out.ts';
import type { Alternative } from '../../../kernel/store/query.ts';
import { areas, clients, isps, mainSplitters, pops, splitters } from '../master/collections.ts';
import { incidents } from '../incidents/collection.ts';
import { tickets } from '../tickets/collection.ts';
import type { AreaRef, Client, Person, Ticket, TicketClient } from '../domain/schemas.ts';
import { LISTING, type UserGrant, userGrants } from '../users/people.ts';
import { fromClient } from '../domain/ticket-details.ts';
import { areaOf, areasOfUser, cityOfClient, cityOfTicket } from './area.ts';
import { withClient } from './client.ts';
import type { Incident, IncidentRef } from '../domain/incidents/schemas.ts';
import { incidentOf, partOfIncident, withIncident } from './incident.ts';
import { personOf, withPerson } from './person.ts';
import { type Isp, ispOf, type Place, placeOf } from './network.ts';

/** A holder with a changed copy has changed: a query by `updatedAt` must find it. */
const dated = ({ updatedAt }: { readonly updatedAt: Date }, now: Date) => ({
  updatedAt: now > updatedAt ? now : updatedAt,
});

const peopleOfTickets = copiesIn<Person, Ticket>({
  collection: tickets,
  holders: (id) => [
    tickets.queries.withFoc.where({ 'foc.id': id, isActive: true }),
    tickets.queries.withNoc.where({ 'noc.id': id, isActive: true }),
  ],
  follow: withPerson,
  dated,
});

const clientsOfTickets = copiesIn<TicketClient, Ticket>({
  collection: tickets,
  holders: (id) => [tickets.queries.withClient.where({ 'client.id': id, isActive: true })],
  follow: withClient,
  dated,
});

const citiesOfTickets = copiesIn<AreaRef, Ticket>({
  collection: tickets,
  holders: (id) => [tickets.queries.withArea.where({ area: id, isActive: true })],
  follow: cityOfTicket,
  dated,
});

const incidentsOfTickets = copiesIn<IncidentRef, Ticket>({
  collection: tickets,
  holders: (id) => [tickets.queries.withIncident.where({ 'incident.id': id, isActive: true })],
  follow: withIncident,
  dated,
});

/** The names of parts of the network in incidents. */
const partsOfIncidents = copiesIn<{ readonly id: string; readonly name: string }, Incident>({
  collection: incidents,
  holders: (id) => [incidents.queries.withPart.where({ 'part.id': id, isActive: true })],
  follow: partOfIncident,
  dated,
});

/** A person's areas, and what is shown of them. */
const areasOfPeople = copiesIn<AreaRef, UserGrant>({
  collection: userGrants,
  // Firestore finds an entry of an array only by the whole area, so each version is searched.
  holders: (_, { past, now }) =>
    [...past, now].map((area) => userGrants.queries.withArea.where({ 'access.cgs.areas': area })),
  follow: areasOfUser,
  dated,
  together: (uid, patch) => [showPerson(uid, patch, LISTING)],
});

/** The copies of one kind of master data in clients. */
const ofClients = <P extends { readonly id: string }>(
  holder: (id: string) => Alternative<object>,
  follow: (client: Client, now: P) => Partial<Client>,
): HolderUpdate<P> =>
  copiesIn<P, Client>({
    collection: clients,
    holders: (id) => [holder(id)],
    follow: (client, { now }) => follow(client, now),
    dated,
  });

const { withArea, withIsp, withMainSplitter, withSplitter, withPop } = clients.queries;

const citiesOfClients = ofClients<AreaRef>((id) => withArea.where({ 'city.id': id }), cityOfClient);
const ispsOfClients = ofClients<Isp>(
  (id) => withIsp.where({ 'isp.id': id }),
  (client, now) => (client.isp?.id === now.id ? { isp: now } : {}),
);
const mainSplittersOfClients = ofClients<Place>(
  (id) => withMainSplitter.where({ 'ms.id': id }),
  (client, now) => (client.ms?.id === now.id ? { ms: now } : {}),
);
const splittersOfClients = ofClients<Place>(
  (id) => withSplitter.where({ 'splitter.id': id }),
  (client, now) => (client.splitter?.id === now.id ? { splitter: now } : {}),
);
const popsOfClients = ofClients<Place>(
  (id) => withPop.where({ 'pop.id': id }),
  (client, now) => (client.pop?.id === now.id ? { pop: now } : {}),
);

/** A part of the network, which its clients copy, and incidents by its name. */
const networkPart = (
  name: string,
  source: typeof pops,
  ofItsClients: HolderUpdate<Place>,
  pageSize?: number,
): CopyTrigger =>
  fanOut({ name, source, part: placeOf, copies: [ofItsClients, partsOfIncidents] }, pageSize);

/**
 * The sources that others copy, each with its copies.
 *
 * @param pageSize holders read at a time; the kernel's default if undefined
 */
export const followersOf = (pageSize?: number) =>
  ({
    people: fanOut(
      { name: 'cgsPeople', source: people, part: personOf, copies: [peopleOfTickets] },
      pageSize,
    ),
    areas: fanOut(
      {
        name: 'cgsAreas',
        source: areas,
        part: areaOf,
        copies: [areasOfPeople, citiesOfClients, citiesOfTickets],
      },
      pageSize,
    ),
    clients: fanOut(
      { name: 'cgsClients', source: clients, part: fromClient, copies: [clientsOfTickets] },
      pageSize,
    ),
    isps: fanOut(
      { name: 'cgsIsps', source: isps, part: ispOf, copies: [ispsOfClients, partsOfIncidents] },
      pageSize,
    ),
    mainSplitters: networkPart('cgsMainSplitters', mainSplitters, mainSplittersOfClients, pageSize),
    splitters: networkPart('cgsSplitters', splitters, splittersOfClients, pageSize),
    pops: networkPart('cgsPops', pops, popsOfClients, pageSize),
    incidents: fanOut(
      { name: 'cgsIncidents', source: incidents, part: incidentOf, copies: [incidentsOfTickets] },
      pageSize,
    ),
  }) as const satisfies Record<string, CopyTrigger>;

export const CGS_FOLLOWERS: readonly CopyTrigger[] = Object.values(followersOf());
