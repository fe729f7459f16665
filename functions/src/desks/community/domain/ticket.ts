import type { Category, CreateTicket, Resident, Status, Ticket, UpdateTicket } from './schemas.ts';
import { CANCELADO, NUEVO, type Refusal, type Role } from './vocabulary.ts';

/** Somebody as this desk sees them. A resident has all three numbers, a company's admin the first. */
export interface Member {
  readonly uid: string;
  readonly name: string;
  readonly role: Role;
  readonly companyId: number | null;
  readonly communityId: number | null;
  readonly residentId: number | null;
}

/** Why a command is refused, and which field of the request is wrong. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly field?: string;
}

export const refused = (refusal: Refusal, field?: string): Refused => ({
  ok: false,
  refusal,
  ...(field === undefined ? {} : { field }),
});

/** Where a record belongs; `communityId` null is for all people of the company. */
export interface Place {
  readonly companyId: number;
  readonly communityId: number | null;
}

/** Whether somebody may see a record; what they may not see is answered like what is not there. */
export const isWithin = ({ role, companyId, communityId }: Member, place: Place): boolean => {
  if (role === 'SYSTEM_ADMIN') return true;
  if (place.companyId !== companyId) return false;
  return role === 'ADMIN_COMPANY' || [null, communityId].includes(place.communityId);
};

const isOwn = ({ role, residentId }: Member, ticket: Ticket): boolean =>
  role !== 'RESIDENT' || ticket.residentId === residentId;

const isNamed = (id: number | null | undefined): id is number => id != null;

/** The caller's own record as a resident, or why it is not for them to open this ticket. */
const ownResident = (asked: CreateTicket, found: Resident | undefined, member: Member) => {
  for (const field of ['residentId', 'communityId'] as const) {
    if (isNamed(asked[field]) && asked[field] !== member[field]) {
      return refused('resident/not-yours', field);
    }
  }
  return found === undefined || found.id !== member.residentId || !isWithin(member, found)
    ? refused('resident/unregistered')
    : found;
};

/** Whom an administrator opens a ticket for: a resident by number, or a community's first one. */
const namedResident = (asked: CreateTicket, found: Resident | undefined, member: Member) => {
  const { residentId, communityId } = asked;
  if (!isNamed(residentId) && !isNamed(communityId))
    return refused('resident/needed', 'residentId');
  const isThere =
    found !== undefined &&
    isWithin(member, found) &&
    (!isNamed(communityId) || found.communityId === communityId);
  if (isThere) return found;
  return isNamed(residentId)
    ? refused('resident/unknown', 'residentId')
    : refused('community/no-resident', 'communityId');
};

/**
 * Opens a ticket (contract, "Resident Creating a Ticket", "Admin Creating Ticket on Behalf").
 *
 * @param found the category, and the resident whom the request means, where they are there
 * @returns the document but for its number, or why not
 */
export const openTicket = (
  asked: CreateTicket,
  found: { readonly category: Category | undefined; readonly resident: Resident | undefined },
  member: Member,
  now: Date,
): Refused | { readonly ok: true; readonly ticket: (id: number) => Ticket } => {
  const whose = member.role === 'RESIDENT' ? ownResident : namedResident;
  const resident = whose(asked, found.resident, member);
  if ('ok' in resident) return resident;
  if (found.category === undefined) return refused('category/unknown', 'categoriaTicketId');
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
      createdAt: now,
      updatedAt: now,
    }),
  };
};

/** What may be done to a ticket that is there, with the records that the request names. */
export type Command =
  | {
      readonly name: 'edit';
      readonly asked: UpdateTicket;
      readonly category: Category | undefined;
      readonly status: Status | undefined;
    }
  | { readonly name: 'delete' };

/** The whole write of a command: the ticket's changed fields, or its end. */
export interface Decided {
  readonly ok: true;
  readonly patch: Partial<Ticket> | 'delete';
}

/** A resident may only cancel, and only while nobody has begun to work on it. */
const refusalOfMove = (to: number, { statusId }: Ticket, { role }: Member): Refused | undefined => {
  if (role !== 'RESIDENT' || to === statusId) return undefined;
  if (to !== CANCELADO) return refused('ticket/status-not-yours', 'statusId');
  return statusId === NUEVO ? undefined : refused('ticket/not-new', 'statusId');
};

/**
 * Decides a command on a ticket: the only place that says what becomes of it (contract,
 * "Authorization"; readings, "Community").
 */
export const decide = (
  command: Command,
  ticket: Ticket | undefined,
  member: Member,
  now: Date,
): Refused | Decided => {
  if (ticket === undefined || !isWithin(member, ticket)) return refused('ticket/not-found');
  if (!isOwn(member, ticket)) return refused('ticket/not-yours');
  if (command.name === 'delete') return { ok: true, patch: 'delete' };
  const { asked, category, status } = command;
  const { statusId = ticket.statusId, categoriaTicketId } = asked;
  const misplaced = refusalOfMove(statusId, ticket, member);
  if (misplaced !== undefined) return misplaced;
  if (categoriaTicketId !== undefined && category === undefined) {
    return refused('category/unknown', 'categoriaTicketId');
  }
  if (asked.statusId !== undefined && status === undefined) {
    return refused('status/unknown', 'statusId');
  }
  return { ok: true, patch: { ...asked, updatedAt: now } };
};
