import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { personSearch, searchOf } from '../../../kernel/people/search.ts';
import { refuse } from '../../../kernel/problem.ts';
import { barePageQuery, pageHeaders, readBarePage } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { urban } from '../desk.ts';
import { contactSchema } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { contactOf, inhabitants } from '../people.ts';
import { tickets } from '../records.ts';

const technicianSchema = contactSchema
  .extend({ load: z.int().meta({ description: 'tickets that are IN_PROGRESS' }) })
  .meta({ id: 'Technician' });

const loadOf = (store: Store, uid: string): Promise<number> =>
  store.count({
    anyOf: [tickets.queries.inHandOf.where({ assignedTo: uid, status: 'IN_PROGRESS' })],
  });

/** Lists the technicians, with how much each of them has to do, for those who assign tickets. */
export const listTechnicians = urban.endpoint({
  method: 'get',
  path: '/technicians',
  summary: 'Lists the technicians by name, with the number of their tickets in progress',
  contract: 'Workflow, 2. Assignment',
  roles: ROLES,
  input: { ...noInput, query: z.strictObject({ q: personSearch, ...barePageQuery }) },
  status: 200,
  output: z.array(technicianSchema),
  headers: pageHeaders,
  returns: 'a page of technicians',
  // The caller; each technician, and the count of their tickets.
  cost: { reads: (rows) => 1 + 2 * rows, writes: 0 },
  sample: { as: 'Reader', given: 'technician', query: { limit: '5' } },
  handle: async ({ input: { query }, actor, store, setHeader }) => {
    if (!actor.permissions.includes('ticket:write')) return refuse('auth/forbidden');
    const { keyword, finds } = searchOf(query.q);
    const offered = inhabitants.queries.list.where({
      active: true,
      'access.urban.active': true,
      'access.urban.technician': true,
      keywords: keyword,
    });
    const found = await readBarePage({ store, setHeader }, { anyOf: [offered] }, query, finds);
    return Promise.all(
      found.map(async (person) => ({
        ...contactOf(person),
        load: await loadOf(store, person.id),
      })),
    );
  },
});
