import { refuse } from '../../../kernel/decision.ts';
import type { Actor, Decision, Moment, Refused } from './command.ts';
import { documentSize, FULL_AT } from './document-size.ts';
import { givenIn } from './given-fields.ts';
import { keywordsOf } from './keywords.ts';
import { maySee } from './sight.ts';
import { noticesOf } from './notices.ts';
import type { Person, Ticket, UpdateTicket } from './schemas.ts';
import { promiseOf } from './sla-promise.ts';
import { findNamed, fromClient, NOBODY, type Named, withGiven } from './ticket-details.ts';
import { derivedFields, later } from './timeline.ts';

/** Left out keeps what is there; null empties it. */
const given = <T>(value: T | undefined, known: T): T => (value === undefined ? known : value);

type Editor = Person & { readonly role: 'SuperAdmin' | 'NOC' };
const isEditor = (actor: Actor): actor is Editor =>
  actor.role === 'SuperAdmin' || actor.role === 'NOC';

/** The first field that only a draft may change, if the request changes one. Sending back what
 * is there changes nothing, and neither does sending no date to a ticket that is out. */
const draftField = (request: UpdateTicket, ticket: Ticket): string | null => {
  const { client, region, publishedAt } = request;
  if (client !== undefined && client !== ticket.client.id) return 'client';
  if (region !== undefined && region !== ticket.region) return 'region';
  return publishedAt && publishedAt.getTime() !== ticket.publishedAt?.getTime()
    ? 'publishedAt'
    : null;
};

const objection = (request: UpdateTicket, ticket: Ticket, actor: Person): Refused | null => {
  if (!maySee(ticket, actor)) return refuse('ticket/not-found');
  if (ticket.latestStatus === 'Closed') return refuse('ticket/closed');
  const path = ticket.isDraft ? null : draftField(request, ticket);
  return path ? refuse('ticket/not-draft', { details: { path } }) : null;
};

/** The plan to publish a draft; one that lies behind means as soon as the clock looks. */
const planOf = (request: UpdateTicket, ticket: Ticket, now: Date): Date | null => {
  const known = ticket.publishedAt;
  const planned = given(request.publishedAt, known);
  const isSame = !ticket.isDraft || planned?.getTime() === known?.getTime();
  return isSame ? known : planned && later(planned, now);
};

/** Edits a ticket (`PUT /v1/tickets/:id`). It leaves no log card; the SLA follows the customer
 * type, and the keywords the names. `named` holds what the request names by id. */
export const editTicket = (
  request: UpdateTicket,
  ticket: Ticket,
  actor: Actor,
  named: Named,
  moment: Pick<Moment, 'now'>,
): Decision => {
  if (!isEditor(actor)) return refuse('ticket/forbidden');
  const refused = objection(request, ticket, actor);
  if (refused) return refused;
  const isSameClient = request.client === undefined || request.client === ticket.client.id;
  const clientId = isSameClient ? null : (request.client ?? null);
  const isFromClient = clientId !== null && request.region === undefined;
  const asked = {
    clientId,
    areaId: request.area ?? null,
    region: isFromClient ? null : (request.region ?? ticket.region),
  };
  const found = findNamed(asked, named, actor);
  if (!found.ok) return found;
  const now = later(moment.now, ticket.updatedAt);
  const { address, coordinate, city, customerType } = ticket.client;
  const nobody = { ...NOBODY, address, coordinate, city, customerType };
  const known = isSameClient ? ticket.client : found.client ? fromClient(found.client) : nobody;
  const client = withGiven(known, request, found.area);
  const isSamePromise =
    isSameClient &&
    client.customerType === ticket.client.customerType &&
    found.region === ticket.region;
  const { sla, slaCalendar, slaVersion } = isSamePromise
    ? ticket
    : promiseOf({ ...ticket, client, region: found.region }, named.policy);
  const plannedAt = planOf(request, ticket, now);
  const patch: Partial<Ticket> = {
    ...derivedFields(ticket.ticketLogs, { sla, calendar: slaCalendar, plannedAt }, now),
    client,
    given: [...new Set([...(isSameClient ? ticket.given : []), ...givenIn(request, true)])],
    region: found.region,
    area: client.city?.id ?? null,
    sla,
    slaCalendar,
    slaVersion,
    source: request.source ?? ticket.source,
    networkSegment: request.networkSegment ?? ticket.networkSegment,
    indicationCategory: request.indicationCategory ?? ticket.indicationCategory,
    indication: given(request.indication, ticket.indication),
    action: given(request.action, ticket.action),
    remark: given(request.remark, ticket.remark),
    locationRemark: given(request.locationRemark, ticket.locationRemark),
    contactPerson: request.contactPerson ?? ticket.contactPerson,
    keywords: keywordsOf(ticket.ticketId, client.cid, client.name),
    updatedAt: now,
  };
  const after: Ticket = { ...ticket, ...patch };
  const size = documentSize(after);
  if (size > FULL_AT && size > documentSize(ticket)) return refuse('ticket/log-full');
  return { ok: true, patch, notices: noticesOf(ticket, after) };
};
