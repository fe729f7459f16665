import { refuse } from '../../../kernel/decision.ts';
import type { Actor, Decision, Moment, Refused } from './command.ts';
import { documentSize, FULL_AT } from './document-size.ts';
import { editOf } from './edits.ts';
import { givenIn } from './given-fields.ts';
import { keywordsOfTicket } from './keywords.ts';
import { maySee } from './sight.ts';
import type { Person, PolicyInForce, Ticket, TicketClient, UpdateTicket } from './schemas.ts';
import { promiseOf, type SlaPromise, termsOf } from './clock/sla-promise.ts';
import {
  emptied,
  type Found,
  findNamed,
  fromClient,
  NOBODY,
  type Named,
  withGiven,
} from './ticket-details.ts';
import { derivedFields, later } from './log/timeline.ts';

/** A field that is left out keeps its value; null empties it. */
const given = <T>(value: T | undefined, known: T): T => (value === undefined ? known : value);

type Editor = Person & { readonly role: 'SuperAdmin' | 'NOC' };
const isEditor = (actor: Actor): actor is Editor =>
  actor.role === 'SuperAdmin' || actor.role === 'NOC';

const hasNewClient = ({ client }: UpdateTicket, ticket: Ticket): boolean =>
  client !== undefined && client !== ticket.client.id;

const hasNewType = ({ type }: UpdateTicket, ticket: Ticket): boolean =>
  type !== undefined && type !== ticket.type;

/** The first field that may be changed only until somebody accepts the ticket, if the request
 * changes one. Sending the present value changes nothing. */
const openField = (request: UpdateTicket, ticket: Ticket): string | null => {
  if (hasNewType(request, ticket)) return 'type';
  return hasNewClient(request, ticket) ? 'client' : null;
};

/** The same for the fields that only a draft may change. Neither does sending no date to a
 * published ticket change anything. */
const draftField = (request: UpdateTicket, ticket: Ticket): string | null => {
  const { region, publishedAt } = request;
  if (region !== undefined && region !== ticket.region) return 'region';
  return publishedAt && publishedAt.getTime() !== ticket.publishedAt?.getTime()
    ? 'publishedAt'
    : null;
};

const objection = (request: UpdateTicket, ticket: Ticket, actor: Person): Refused | null => {
  if (!maySee(ticket, actor)) return refuse('ticket/not-found');
  if (ticket.latestStatus === 'Closed') return refuse('ticket/closed');
  // Who has an open ticket of an incident gets no other: linking sees to that.
  if (request.client && hasNewClient(request, ticket) && ticket.incident) {
    return refuse('ticket/in-incident', { details: { path: 'client' } });
  }
  if (ticket.isDraft) return null;
  const fixed = draftField(request, ticket);
  if (fixed) return refuse('ticket/not-draft', { details: { path: fixed } });
  const late = ticket.latestStatus === 'Open' ? null : openField(request, ticket);
  return late ? refuse('ticket/in-progress', { details: { path: late } }) : null;
};

/** When a draft is published; a moment in the past means at the next run of the clock. */
const planOf = (request: UpdateTicket, ticket: Ticket, now: Date): Date | null => {
  const known = ticket.publishedAt;
  const planned = given(request.publishedAt, known);
  const isSame = !ticket.isDraft || planned?.getTime() === known?.getTime();
  return isSame ? known : planned && later(planned, now);
};

/** What the request names by id, found in the store. A draft moves to its new client's region
 * unless the request gives one; a published ticket stays where its crews see it. */
const findForEdit = (
  request: UpdateTicket,
  ticket: Ticket,
  actor: Editor,
  named: Named,
): Found | Refused => {
  const clientId = hasNewClient(request, ticket) ? (request.client ?? null) : null;
  const isFromClient = clientId !== null && request.region === undefined && ticket.isDraft;
  const region = isFromClient ? null : (request.region ?? ticket.region);
  const found = findNamed({ clientId, areaId: request.area ?? null, region }, named, actor);
  const isElsewhere = found.ok && found.client !== null && found.client.region !== found.region;
  return isElsewhere && !ticket.isDraft
    ? refuse('client/other-region', { field: 'client' })
    : found;
};

/** The ticket's client after the edit. A ticket that loses its client keeps the place. */
const editedClient = (request: UpdateTicket, ticket: Ticket, found: Found): TicketClient => {
  const { address, coordinate, city, customerType } = ticket.client;
  const nobody = { ...NOBODY, address, coordinate, city, customerType };
  const known = !hasNewClient(request, ticket)
    ? ticket.client
    : found.client
      ? fromClient(found.client)
      : nobody;
  return withGiven(emptied(known, request), request, found.area);
};

/** A new type, client, customer type or region brings the promise of the policy in force. */
const editedPromise = (
  before: Ticket,
  after: Pick<Ticket, 'type' | 'client' | 'region'>,
  policy: PolicyInForce,
): SlaPromise => {
  const { type, client, region } = after;
  const isSame =
    type === before.type &&
    client.id === before.client.id &&
    client.customerType === before.client.customerType &&
    region === before.region;
  if (!isSame) return promiseOf({ ...before, ...after }, policy);
  const { sla, slaCalendar, slaVersion } = before;
  return { sla, slaCalendar, slaVersion };
};

/** The fields that a request changes as they are. */
const editedFields = (request: UpdateTicket, ticket: Ticket) =>
  ({
    type: request.type ?? ticket.type,
    source: request.source ?? ticket.source,
    networkSegment: request.networkSegment ?? ticket.networkSegment,
    indicationCategory: request.indicationCategory ?? ticket.indicationCategory,
    indication: given(request.indication, ticket.indication),
    action: given(request.action, ticket.action),
    remark: given(request.remark, ticket.remark),
    locationRemark: given(request.locationRemark, ticket.locationRemark),
    contactPerson: given(request.contactPerson, ticket.contactPerson) ?? [],
  }) satisfies Partial<Ticket>;

/** Whether a ticket may be stored after an edit. The fields of a full one may not grow; its list of
 * edits may, up to twice the limit. */
const hasRoom = (before: Ticket, plain: Ticket, after: Ticket): boolean => {
  const size = documentSize(after);
  const isShrinking = documentSize(plain) <= documentSize(before) && size <= 2 * FULL_AT;
  return size <= FULL_AT || isShrinking;
};

/** Edits a ticket (`PUT /v1/tickets/:id`). It adds no log card but an entry to `edits`. The SLA follows
 * the type and the customer type, the keywords follow the names. `named` holds what the request names by id. */
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
  const found = findForEdit(request, ticket, actor, named);
  if (!found.ok) return found;
  const now = later(moment.now, ticket.updatedAt);
  const client = editedClient(request, ticket, found);
  const { region } = found;
  const fields = editedFields(request, ticket);
  const promise = editedPromise(ticket, { type: fields.type, client, region }, named.policy);
  const terms = termsOf({ ...ticket, ...promise }, planOf(request, ticket, now));
  const before = hasNewClient(request, ticket) ? [] : ticket.given;
  const patch: Partial<Ticket> = {
    ...derivedFields(ticket.ticketLogs, terms, now),
    ...promise,
    ...fields,
    client,
    given: [...new Set([...before, ...givenIn(request, true)])],
    region,
    area: client.city?.id ?? null,
    keywords: keywordsOfTicket({ ticketId: ticket.ticketId, client }),
    updatedAt: now,
  };
  const plain: Ticket = { ...ticket, ...patch };
  const edit = editOf(ticket, plain, actor, now);
  const after: Ticket = edit ? { ...plain, edits: [...ticket.edits, edit] } : plain;
  if (!hasRoom(ticket, plain, after)) return refuse('ticket/log-full');
  return { ok: true, patch: { ...patch, edits: after.edits } };
};
