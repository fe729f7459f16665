import type { Alternative, Query } from '../../../kernel/store/query.ts';
import type { Person, Ticket } from '../domain/schemas.ts';
import type { Role } from '../domain/vocabulary.ts';
import { type TicketRow, tickets } from './collection.ts';

const { all, ofRegion, offered, watched, ofFoc } = tickets.queries;

export type TicketFilters = Parameters<typeof all.where>[0];

/** How a list is read: in which order, and rows or whole tickets. */
export type Reading<T> = <V extends object>(
  query: Query<TicketRow, V, 'slaDueAt', Ticket>,
) => Query<T, V, 'slaDueAt'>;

/** Rows: the tickets without their logs. */
export const rows: Reading<TicketRow> = (query) => query;

/** Whole tickets. */
export const whole: Reading<Ticket> = (query) => query.whole();

type Reach = <T>(
  person: Person,
  filters: TicketFilters,
  read: Reading<T>,
) => readonly Alternative<T>[];

/** The tickets that each role may list. */
const REACH: Readonly<Record<Role, Reach>> = {
  SuperAdmin: (_, filters, read) => read(all).within({}, filters),
  NOC: ({ region }, filters, read) => read(ofRegion).within({ region }, filters),
  FOCSupervisor: ({ region, id }, filters, read) => [
    ...read(offered).within({ region, latestStatus: 'Open' }, filters),
    ...read(watched).within({ region, inProgressByFoc: true }, filters),
    ...read(ofFoc).within({ 'foc.id': id }, filters),
  ],
  FOC: ({ region, id }, filters, read) => [
    ...read(offered).within({ region, latestStatus: 'Open' }, filters),
    ...read(ofFoc).within({ 'foc.id': id }, filters),
  ],
};

/**
 * The queries of a list: what the person may see, narrowed by the filters. A query that a filter
 * contradicts is left out; with none left the list is empty.
 */
export const visibleTickets: Reach = (person, filters, read) =>
  REACH[person.role](person, filters, read);
