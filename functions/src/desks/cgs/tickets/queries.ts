import type { Equal, QueryValues } from '../../../kernel/store/store.ts';
import type { QueryShape } from '../../../kernel/store/query-shape.ts';
import type { Person } from '../domain/schemas.ts';
import type { Role } from '../domain/vocabulary.ts';

const FILTERS = [
  'region',
  'area',
  'type',
  'client.name',
  'latestStatus',
  'latestTaskStatus',
  'resolution',
  'slaType',
  'needValidate',
  'foc.id',
] as const;

const newestFirst = [{ field: 'createdAt', direction: 'desc' }] as const;

const seen = (name: string, equal: readonly string[]) =>
  ({
    name: `tickets ${name}, newest first`,
    collection: 'tickets',
    equal,
    optional: FILTERS.filter((field) => !equal.includes(field)),
    arrayContains: 'keywords',
    inequality: 'createdAt',
    orderBy: newestFirst,
  }) as const satisfies QueryShape;

/** What a list of tickets may reach, by who asks: the same borders as in the security rules. */
export const TICKET_QUERIES = {
  all: seen('of all regions', []),
  region: seen('of a region', ['region']),
  offered: seen('open in a region', ['region', 'latestStatus']),
  watched: seen('in progress in a region', ['region', 'inProgressByFoc']),
  own: seen('of a FOC', ['foc.id']),
} as const satisfies Record<string, QueryShape>;

type Alternative = QueryValues['anyOf'][number];

const REACH = {
  SuperAdmin: () => [{ shape: TICKET_QUERIES.all, equal: {} }],
  NOC: ({ region }) => [{ shape: TICKET_QUERIES.region, equal: { region } }],
  FOCSupervisor: ({ region, id }) => [
    { shape: TICKET_QUERIES.offered, equal: { region, latestStatus: 'Open' } },
    { shape: TICKET_QUERIES.watched, equal: { region, inProgressByFoc: true } },
    { shape: TICKET_QUERIES.own, equal: { 'foc.id': id } },
  ],
  FOC: ({ region, id }) => [
    { shape: TICKET_QUERIES.offered, equal: { region, latestStatus: 'Open' } },
    { shape: TICKET_QUERIES.own, equal: { 'foc.id': id } },
  ],
} as const satisfies Record<Role, (person: Person) => Alternative[]>;

/**
 * The alternatives of a list: what the person may see, each narrowed by the filters. One that a
 * filter contradicts finds nothing and is left out; none left means an empty list.
 */
export const visibleTickets = (person: Person, filters: Equal): Alternative[] =>
  REACH[person.role](person).flatMap((alternative: Alternative) => {
    const { shape, equal } = alternative;
    const isContradicted = Object.entries(filters).some(
      ([field, value]) => field in equal && equal[field] !== value,
    );
    return isContradicted ? [] : [{ shape, equal: { ...filters, ...equal } }];
  });
