import type { Problem } from '../../../kernel/problem.ts';
import type { GatheredSituation } from '../../../kernel/http/endpoint.ts';
import type { DocKey, Reads, Write } from '../../../kernel/store/document.ts';
import { fieldOf, pagesOf, unread } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, incidentProblemOf } from '../desk.ts';
import type { Decision } from '../domain/command.ts';
import { objectionTo } from '../domain/incidents/incident.ts';
import { linkTicket, type Served, servedWith } from '../domain/incidents/linked-ticket.ts';
import type { Person, Ticket } from '../domain/schemas.ts';
import { later } from '../domain/log/timeline.ts';
import { tickets } from '../tickets/collection.ts';
import { incidents } from './collection.ts';

/** Values that a query of Firestore compares at once. */
const AT_ONCE = 30;

/** The clients, of some, who have an open ticket of an incident. */
export const servedOf = async (
  store: Store,
  incidentId: string,
  clientIds: readonly string[],
): Promise<Served> => {
  const served = new Map<string, string>();
  const query = tickets.queries.withIncidentAndClient;
  for (let at = 0; at < clientIds.length; at += AT_ONCE) {
    const anyOf = clientIds
      .slice(at, at + AT_ONCE)
      .map((id) => query.where({ 'incident.id': incidentId, 'client.id': id, isActive: true }));
    for await (const page of pagesOf(store, unread({ anyOf }))) {
      for (const { id, data } of page) served.set(String(fieldOf(data, 'client.id')), id);
    }
  }
  return served;
};

const ticketsIn = (reads: Reads, keys: readonly DocKey<Ticket>[]): Ticket[] =>
  keys.flatMap((key) => reads.get(key)?.data ?? []);

/** The documents by which tickets are linked to an incident. */
export const linkKeys = (incidentId: string, ticketIds: readonly string[]) => [
  incidents.doc(incidentId),
  ...ticketIds.map(tickets.doc),
];

/** What linking depends on besides them: which clients have an open ticket of the incident already. */
export const gatherServed = (
  store: Store,
  reads: Reads,
  incidentId: string,
  ticketIds: readonly string[],
): Promise<Served> => {
  const its = ticketsIn(reads, ticketIds.map(tickets.doc));
  const clientIds = new Set(its.flatMap(({ client }) => client.id ?? []));
  return servedOf(store, incidentId, [...clientIds]);
};

/** Tickets that are linked to an incident: what becomes of each, and the write of the incident. */
interface Linking {
  readonly link: (ticket: Ticket) => Decision;
  readonly mark: Write;
}

/**
 * The writes of linked tickets with that of their incident, if there are any: so linking takes turns with
 * opening and closing the incident's tickets, and neither misses one that is linked at that moment.
 */
export const marked = (writes: readonly Write[], { mark }: Linking): readonly Write[] =>
  writes.length > 0 ? [...writes, mark] : [];

/** Begins to link some tickets to an incident; or why nothing can be. */
export const beginLinking = (
  incidentId: string,
  ticketIds: readonly string[],
  { reads, actor, now, gathered }: GatheredSituation<Person, Served>,
): Linking | Problem => {
  const seen = reads.get(incidents.doc(incidentId));
  if (seen === undefined) return cgs.refuse('incident/not-found');
  const objection = objectionTo(seen.data, actor);
  if (objection) return incidentProblemOf(objection);
  const asked = ticketsIn(reads, ticketIds.map(tickets.doc));
  const served = servedWith(asked, { ...seen.data, served: gathered }, actor, now);
  return {
    link: (ticket) => linkTicket(ticket, { ...seen.data, served }, actor, now),
    mark: incidents.update(seen, { updatedAt: later(now, seen.data.updatedAt) }),
  };
};
