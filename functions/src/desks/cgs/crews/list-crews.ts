import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { personSearch, searchOf } from '../../../kernel/people/search.ts';
import { refuse } from '../../../kernel/problem.ts';
import { pageLimit, pageQuery, readPage } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { cgs, listOf } from '../desk.ts';
import { regionFilter } from '../domain/schemas.ts';
import {} from '../domain/vocabulary.ts';
import { tickets } from '../tickets/collection.ts';
import { visibleUsers } from '../users/queries.ts';
import { crewToWire, crewWireSchema } from './crew.ts';

/** One query asks for the tickets of a page, and a query may have so many alternatives. */
const MOST = 30;
/** Of all the crews of a page. */
const MOST_TICKETS = 1000;

/** The tickets in progress of these people, by FOC. */
const workOf = async (store: Store, ids: readonly string[]) => {
  if (ids.length === 0) return new Map<string, never[]>();
  const { ofCrew } = tickets.queries;
  const found = await store.find({
    anyOf: ids.map((id) => ofCrew.where({ 'foc.id': id, inProgressByFoc: true })),
    limit: MOST_TICKETS,
  });
  return Map.groupBy(
    found.map(({ data }) => data),
    ({ foc }) => foc?.id ?? '',
  );
};

/** Lists the FOCs within the caller's reach, and what they do. */
export const listCrews = cgs.endpoint({
  method: 'get',
  path: '/crews',
  summary: 'Lists the FOCs within the caller’s reach by name: their load, ticket and position',
  contract: 'Reassign FOC',
  roles: ['SuperAdmin', 'NOC', 'FOCSupervisor'],
  input: {
    ...noInput,
    query: z.strictObject({
      region: regionFilter,
      q: personSearch,
      ...pageQuery,
      limit: pageLimit(MOST),
    }),
  },
  status: 200,
  output: listOf(crewWireSchema),
  returns: 'a page of crews',
  // The caller, the FOCs, and their tickets: in the sample, each of them has one.
  cost: { reads: (rows) => 1 + 2 * rows, writes: 0 },
  sample: { as: 'FOCSupervisor', given: 'crew at work', query: { q: 'Regu Contoh' } },
  handle: async ({ input: { query }, actor, store }) => {
    const { role, region } = actor;
    if (role === 'FOC') return refuse('auth/forbidden');
    const { keyword, finds } = searchOf(query.q);
    const filters = { role: 'FOC', region: query.region, active: true, keyword } as const;
    const anyOf = visibleUsers({ role, region }, 'name', filters);
    const { rows, page } = await readPage(store, { anyOf }, query, finds);
    const people = rows.map(({ data }) => data);
    const work = await workOf(
      store,
      people.map(({ id }) => id),
    );
    return { result: people.map((user) => crewToWire(user, work.get(user.id) ?? [])), page };
  },
});
