import type { z } from 'zod';
import type { DocKey } from '../../../kernel/store/document.ts';
import type { Store } from '../../../kernel/store/store.ts';
import type { Ticket } from '../domain/schemas.ts';
import type { Member } from '../domain/ticket.ts';
import { categories, communities, companies, named, residents, statuses } from '../records.ts';
import {
  type statusChangeSchema,
  ticketToWire,
  ticketWireSchema,
  type ticketWithNamesSchema,
} from '../wire.ts';

/** A neighbour's name is for administrators: a resident reads no resident but themselves. */
const shownResident = ({ role, residentId: own }: Member, { residentId }: Ticket) =>
  named(residents, role === 'RESIDENT' && residentId !== own ? null : residentId);

const keysOf = (ticket: Ticket, member: Member) => ({
  category: named(categories, ticket.categoriaTicketId),
  status: named(statuses, ticket.statusId),
  company: named(companies, ticket.companyId),
  community: named(communities, ticket.communityId),
  resident: shownResident(member, ticket),
});

/** Reads records by their keys, each of them once. */
const loadAll = async (store: Store, keys: readonly DocKey<unknown>[]) => {
  const reads = keys.length === 0 ? undefined : await store.load(keys);
  return <T>([key]: readonly DocKey<T>[]): T | undefined => key && reads?.get(key)?.data;
};

/**
 * Tickets with the names beside their numbers. They are read with the tickets and not copied into them:
 * a status or a category has the tickets of everybody, and a new word for it would have to be written to
 * them all. Each name is read once, so a list of many tickets needs few.
 */
export const withNames = async (
  store: Store,
  member: Member,
  tickets: readonly Ticket[],
): Promise<z.input<typeof ticketWithNamesSchema>[]> => {
  const of = tickets.map((ticket) => ({ ticket, keys: keysOf(ticket, member) }));
  const found = await loadAll(
    store,
    of.flatMap(({ keys }) => Object.values(keys).flat()),
  );
  return of.map(({ ticket, keys }) => ({
    ...ticketToWire(ticket),
    companyId: ticket.companyId,
    categoriaTicketDescripcion: found(keys.category)?.descripcion ?? null,
    statusDescripcion: found(keys.status)?.descripcion ?? null,
    companyName: found(keys.company)?.name ?? null,
    communityName: found(keys.community)?.name ?? null,
    residentName: found(keys.resident)?.name ?? null,
  }));
};

/** Whether a ticket that is sent back has the names with which it was read. */
export const hasNames = (sent: object): boolean =>
  Object.keys(sent).some((field) => !(field in ticketWireSchema.shape));

/** Changes of a status with the words of the statuses. */
export const withStatusWords = async (
  store: Store,
  changes: Ticket['statusLog'],
): Promise<z.input<typeof statusChangeSchema>[]> => {
  const found = await loadAll(
    store,
    changes.flatMap(({ from, to }) => [...named(statuses, from), ...named(statuses, to)]),
  );
  return changes.map(({ from, to, at, by }) => ({
    fromStatusId: from,
    fromStatusDescripcion: found(named(statuses, from))?.descripcion ?? null,
    toStatusId: to,
    toStatusDescripcion: found(named(statuses, to))?.descripcion ?? null,
    authorName: by.name,
    createdAt: at.toISOString(),
  }));
};
