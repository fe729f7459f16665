import { refuse } from '../../../kernel/decision.ts';
import type { Moment, Refused } from './command.ts';
import { escalationFields } from './clock/escalation.ts';
import { givenIn } from './given-fields.ts';
import { keywordsOfTicket } from './keywords.ts';
import { plainEntry, simpleCard } from './log/log-card.ts';
import type { IncidentRef } from './incidents/schemas.ts';
import { snapshot } from './log/log-writes.ts';
import type { CreateTicket, Person, Ticket } from './schemas.ts';
import { promiseOf, termsOf } from './clock/sla-promise.ts';
import { findNamed, fromClient, NOBODY, type Named, withGiven } from './ticket-details.ts';
import { derivedFields, later } from './log/timeline.ts';
import type { TicketType } from './vocabulary.ts';

/** A new ticket, complete but for its number; or why there is none. */
export type Opening =
  | {
      readonly ok: true;
      readonly ticket: (ticketId: string) => Ticket;
    }
  | Refused;

const PREFIXES = { Trouble: 'TRB', Maintenance: 'MNT' } as const satisfies Record<
  TicketType,
  string
>;

/** `TRB-202611-0001`: type, month (1 to 12), and the running number of the month. */
export const formatTicketId = (
  type: TicketType,
  { year, month }: { readonly year: number; readonly month: number },
  count: number,
): string =>
  `${PREFIXES[type]}-${year}${`${month}`.padStart(2, '0')}-${`${count}`.padStart(4, '0')}`;

/** The fields that a new ticket takes from its request as they are. */
const requestedFields = (request: CreateTicket) =>
  ({
    type: request.type,
    source: request.source,
    networkSegment: request.networkSegment,
    indicationCategory: request.indicationCategory,
    indication: request.indication ?? null,
    action: request.action ?? null,
    remark: request.remark ?? null,
    locationRemark: request.locationRemark ?? null,
    contactPerson: request.contactPerson ?? [],
  }) satisfies Partial<Ticket>;

/** What a new ticket depends on besides its request; `incident` is the one that opens it. */
type OpenedBy = Named & { readonly noc: Person; readonly incident?: IncidentRef };

/** Opens a ticket (`POST /v1/tickets`): Open, or a Draft that is published at `publishedAt` or by
 * a person. `moment.newId` becomes its `documentId`. */
export const openTicket = (
  request: CreateTicket,
  { noc, incident, ...named }: OpenedBy,
  { now, newId }: Moment,
): Opening => {
  if (noc.role !== 'SuperAdmin' && noc.role !== 'NOC') return refuse('ticket/forbidden');
  const { client: clientId, area: areaId = null, region: asked = null } = request;
  const found = findNamed({ clientId, areaId, region: asked }, named, noc);
  if (!found.ok) return found;
  const planned = request.publishedAt ?? null;
  const isDraft = request.isDraft || (planned !== null && planned > now);
  const { region } = found;
  const known = found.client ? fromClient(found.client) : NOBODY;
  const client = withGiven(known, request, found.area);
  const promise = promiseOf({ client, type: request.type, region, createdAt: now }, named.policy);
  const agreed = { ...promise, ...escalationFields(named.policy.escalation) };
  const terms = termsOf(agreed, planned && later(planned, now));
  const logs = [simpleCard({ actor: noc, at: now }, plainEntry(isDraft ? 'Draft' : 'Open'))];
  const ticket = (ticketId: string): Ticket => ({
    ...derivedFields(logs, terms, now),
    ...agreed,
    ...requestedFields(request),
    documentId: newId,
    ticketId,
    region,
    area: client.city?.id ?? null,
    client,
    given: givenIn(request, false),
    foc: null,
    noc: snapshot(noc),
    incident: incident ?? null,
    createdAt: now,
    updatedAt: now,
    keywords: keywordsOfTicket({ ticketId, client }),
    changeIds: [],
    edits: [],
  });
  return { ok: true, ticket };
};
