import { type Decision, refuse, type Refused } from '../../../kernel/decision.ts';
import { withStatusChange } from '../../../kernel/status-log.ts';
import { keywordsOfTicket } from './keywords.ts';
import type { Category, CreateTicket, Resident, Status, Ticket, UpdateTicket } from './schemas.ts';
import { CANCELADO, NUEVO, type Refusal, type Role } from './vocabulary.ts';

/** A person at this desk. A resident has all three numbers, an `ADMIN_COMPANY` has `companyId`. */
export interface Member {
  readonly uid: string;
  readonly name: string;
  readonly role: Role;
  readonly companyId: number | null;
  readonly communityId: number | null;
  readonly residentId: number | null;
}

/** Where a record belongs; with `communityId` null, to all people of the company. */
export interface Place {
  readonly companyId: number;
  readonly communityId: number | null;
}

/** Whether a member may see a record. Any other is treated as if it did not exist. */
export const isWithin = (
  { role, companyId, communityId }: Pick<Member, 'role' | 'companyId' | 'communityId'>,
  place: Place,
): boolean => {
  if (role === 'SYSTEM_ADMIN') return true;
  if (place.companyId !== companyId) return false;
  return role === 'ADMIN_COMPANY' || [null, communityId].includes(place.communityId);
};

const isOwn = ({ role, residentId }: Member, ticket: Ticket): boolean =>
  role !== 'RESIDENT' || ticket.residentId === residentId;

const isNamed = (id: number | null | undefined): id is number => id != null;

/** The caller's own record as a resident, or why they may not open this ticket. */
const ownResident = (asked: CreateTicket, found: Resident | undefined, member: Member) => {
  for (const field of ['residentId', 'communityId'] as const) {
    if (isNamed(asked[field]) && asked[field] !== member[field]) {
      return refuse('resident/not-yours', { field });
    }
  }
  return found === undefined || found.id !== member.residentId || !isWithin(member, found)
    ? refuse('resident/unregistered')
    : found;
};

/** The resident whom an administrator opens a ticket for: one by number, or a community's first. */
const namedResident = (asked: CreateTicket, found: Resident | undefined, member: Member) => {
  const { residentId, communityId } = asked;
  if (!isNamed(residentId) && !isNamed(communityId))
    return refuse('resident/needed', { field: 'residentId' });
  const isThere =
    found !== undefined &&
    isWithin(member, found) &&
    (!isNamed(communityId) || found.communityId === communityId);
  if (isThere) return found;
  return isNamed(residentId)
    ? refuse('resident/unknown', { field: 'residentId' })
    : refuse('community/no-resident', { field: 'communityId' });
};

const moverOf = ({ uid, name }: Member) => ({ uid, name });

/**
 * Opens a ticket (contract, "Resident Creating a Ticket", "Admin Creating Ticket on Behalf").
 *
 * @param found the category and the resident that the request names, if they exist
 * @returns the document as a function of its number, or the refusal
 */
export const openTicket = (
  asked: CreateTicket,
  found: { readonly category: Category | undefined; readonly resident: Resident | undefined },
  member: Member,
  now: Date,
): Decision<{ ticket: (id: number) => Ticket }, Refusal> => {
  const whose = member.role === 'RESIDENT' ? ownResident : namedResident;
  const resident = whose(asked, found.resident, member);
  if ('ok' in resident) return resident;
  if (found.category === undefined)
    return refuse('category/unknown', { field: 'categoriaTicketId' });
  return {
    ok: true,
    ticket: (id) => ({
      id,
      categoriaTicketId: asked.categoriaTicketId,
      statusId: NUEVO,
      fechaReporte: now,
      contenido: asked.contenido,
      imageUrls: asked.imageUrls,
      communityId: resident.communityId,
      companyId: resident.companyId,
      residentId: resident.id,
      commentCount: 0,
      statusLog: [{ from: null, to: NUEVO, at: now, by: moverOf(member) }],
      keywords: keywordsOfTicket({ id, contenido: asked.contenido }),
      createdAt: now,
      updatedAt: now,
    }),
  };
};

/** A resident may only cancel, and only while work has not begun. */
const refusalOfMove = (
  to: number,
  { statusId }: Ticket,
  { role }: Member,
): Refused<Refusal> | undefined => {
  if (role !== 'RESIDENT' || to === statusId) return undefined;
  if (to !== CANCELADO) return refuse('ticket/status-not-yours', { field: 'statusId' });
  return statusId === NUEVO ? undefined : refuse('ticket/not-new', { field: 'statusId' });
};

/** Why a member may not change or delete a ticket; undefined if they may. */
export const refusalOf = (ticket: Ticket, member: Member): Refused<Refusal> | undefined => {
  if (!isWithin(member, ticket)) return refuse('ticket/not-found');
  return isOwn(member, ticket) ? undefined : refuse('ticket/not-yours');
};

/**
 * Edits a ticket and its status; nothing else changes one (contract, "Authorization"; readings,
 * "Community").
 *
 * @param named the category and the status that the request names, if they exist
 */
export const editTicket = (
  asked: UpdateTicket,
  named: { readonly category: Category | undefined; readonly status: Status | undefined },
  ticket: Ticket,
  member: Member,
  now: Date,
): Decision<{ patch: Partial<Ticket> }, Refusal> => {
  const { statusId = ticket.statusId, categoriaTicketId } = asked;
  const refused = refusalOf(ticket, member) ?? refusalOfMove(statusId, ticket, member);
  if (refused !== undefined) return refused;
  if (categoriaTicketId !== undefined && named.category === undefined) {
    return refuse('category/unknown', { field: 'categoriaTicketId' });
  }
  if (asked.statusId !== undefined && named.status === undefined) {
    return refuse('status/unknown', { field: 'statusId' });
  }
  const { contenido } = asked;
  const change = { from: ticket.statusId, to: statusId, at: now, by: moverOf(member) };
  return {
    ok: true,
    patch: {
      ...asked,
      ...(statusId !== ticket.statusId && {
        statusLog: withStatusChange(ticket.statusLog, change),
      }),
      ...(contenido !== undefined && { keywords: keywordsOfTicket({ id: ticket.id, contenido }) }),
      updatedAt: now,
    },
  };
};
