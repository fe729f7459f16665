import { refuse } from '../../../../kernel/decision.ts';
import type { Decision } from '../command.ts';
import { documentSize, FULL_AT } from '../document-size.ts';
import { editOf } from '../edits.ts';
import type { Incident, IncidentRef } from './schemas.ts';
import type { Person, Ticket } from '../schemas.ts';
import { maySee } from '../sight.ts';
import { later } from '../log/timeline.ts';

/** The ticket with another incident, or none, and an entry in its edits. */
const withIncident = (
  ticket: Ticket,
  incident: IncidentRef | null,
  actor: Person,
  now: Date,
): Partial<Ticket> => {
  const at = later(now, ticket.updatedAt);
  const edit = editOf(ticket, { ...ticket, incident }, actor, at);
  return { incident, edits: edit ? [...ticket.edits, edit] : ticket.edits, updatedAt: at };
};

/** The clients who have an open ticket of an incident, each with that ticket's id. */
export type Served = ReadonlyMap<string, string>;

/** What tickets are linked to. */
type Linking = Pick<Incident, 'id' | 'title' | 'region'> & { readonly served: Served };

/**
 * Links a ticket to an incident of its region (`POST /v1/incidents/:id/tickets`). One that is linked to
 * it already is left as it is. A client has one open ticket of an incident, whoever opened it.
 */
export const linkTicket = (
  ticket: Ticket,
  { id, title, region, served }: Linking,
  actor: Person,
  now: Date,
): Decision => {
  if (!maySee(ticket, actor)) return refuse('ticket/not-found');
  const { incident: linked, latestStatus: status } = ticket;
  if (linked?.id === id) return { ok: true, patch: {} };
  if (status === 'Closed') return refuse('ticket/closed');
  // A draft may still move to another region.
  if (status === 'Draft') return refuse('ticket/wrong-status', { details: { status } });
  if (ticket.region !== region) return refuse('ticket/of-another-region');
  if (linked) return refuse('ticket/in-incident', { details: { incident: linked } });
  const other = served.get(ticket.client.id ?? '') ?? ticket.documentId;
  if (other !== ticket.documentId) {
    return refuse('ticket/client-in-incident', { details: { ticket: other } });
  }
  const patch = withIncident(ticket, { id, title }, actor, now);
  const isFull = documentSize({ ...ticket, ...patch }) > FULL_AT;
  return isFull ? refuse('ticket/log-full') : { ok: true, patch };
};

/** The clients who have one once some tickets are linked: of several tickets of a client the first. */
export const servedWith = (
  asked: readonly Ticket[],
  linking: Linking,
  actor: Person,
  now: Date,
): Served => {
  const able = asked.filter((ticket) => linkTicket(ticket, linking, actor, now).ok);
  return new Map([
    ...able
      .flatMap(({ client: { id }, documentId }) => (id === null ? [] : [[id, documentId] as const]))
      .toReversed(),
    ...linking.served,
  ]);
};

/** Takes a ticket out of an incident (`DELETE /v1/incidents/:id/tickets/:ticketId`). */
export const unlinkTicket = (
  ticket: Ticket,
  incidentId: string,
  actor: Person,
  now: Date,
): Decision => {
  if (!maySee(ticket, actor) || ticket.incident?.id !== incidentId) {
    return refuse('ticket/not-found');
  }
  if (!ticket.isActive) return refuse('ticket/closed');
  return { ok: true, patch: withIncident(ticket, null, actor, now) };
};
