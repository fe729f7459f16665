import type { Person } from '../domain/schemas.ts';
import type { Role } from '../domain/vocabulary.ts';
import { tickets } from './collection.ts';

const { all, ofRegion, offered, watched, ofFoc } = tickets.queries;

export type TicketFilters = Parameters<typeof all.where>[0];
type Alternatives = ReturnType<typeof all.within>;

/** The tickets that each role may list. */
const REACH = {
  SuperAdmin: (_, filters) => all.within({}, filters),
  NOC: ({ region }, filters) => ofRegion.within({ region }, filters),
  FOCSupervisor: ({ region, id }, filters) => [
    ...offered.within({ region, latestStatus: 'Open' }, filters),
    ...watched.within({ region, inProgressByFoc: true }, filters),
    ...ofFoc.within({ 'foc.id': id }, filters),
  ],
  FOC: ({ region, id }, filters) => [
    ...offered.within({ region, latestStatus: 'Open' }, filters),
    ...ofFoc.within({ 'foc.id': id }, filters),
  ],
} as const satisfies Record<Role, (person: Person, filters: TicketFilters) => Alternatives>;

/**
 * The queries of a list: what the person may see, narrowed by the filters. A query that a filter
 * contradicts is left out; with none left the list is empty.
 */
export const visibleTickets = (person: Person, filters: TicketFilters): Alternatives =>
  REACH[person.role](person, filters);
