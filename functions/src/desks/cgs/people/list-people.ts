import { z } from 'zod';
import { type Grant, grants, membership, membershipsOf } from '../../../kernel/auth/grant.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { personSearch, searchOf } from '../../../kernel/people/search.ts';
import { pageQuery } from '../../../kernel/store/page.ts';
import type { Alternative } from '../../../kernel/store/query.ts';
import { countedPageSchema, countQuery, readCountedPage } from '../counted-page.ts';
import { cgs } from '../desk.ts';
import { personToWire, personWireSchema } from './wire.ts';

const word = z.string().min(1).max(50).optional();

const query = z
  .strictObject({
    desk: word.meta({ description: 'who has access to it' }),
    role: word.meta({ description: 'their role at that desk' }),
    region: word.meta({ description: 'their region at that desk' }),
    active: z.enum(['true', 'false']).optional().meta({ description: 'whether they may sign in' }),
    q: personSearch,
    ...countQuery,
    ...pageQuery,
  })
  .refine(({ desk, role, region }) => desk !== undefined || (role ?? region) === undefined, {
    path: ['desk'],
    message: 'A role or a region is one at a desk: send it as well.',
  });

/** The query of a list: by the longest word, or else by the desk; the store looks up only one. */
const searched = (
  active: boolean | undefined,
  keyword: string | undefined,
  member: string | undefined,
): Alternative<Grant> =>
  keyword === undefined
    ? grants.queries.ofMembers.where({ active, memberships: member })
    : grants.queries.found.where({ active, keywords: keyword });

/** Lists everybody, whatever desk they are of. */
export const listPeople = cgs.endpoint({
  method: 'get',
  path: '/people',
  summary: 'Lists the people of all desks, by name',
  contract: 'Common to all four, people',
  roles: ['SuperAdmin'],
  input: { ...noInput, query },
  status: 200,
  output: z.object({ result: z.array(personWireSchema), page: countedPageSchema }),
  returns: 'a page of people',
  // With `count=true`, one more for each 1,000 people that are counted.
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'SuperAdmin', query: { desk: 'cgs', role: 'NOC', active: 'true', limit: '5' } },
  handle: async ({ input, store }) => {
    const { desk, role, region, active, q, ...page } = input.query;
    const { keyword, finds } = searchOf(q);
    const place = { ...(role !== undefined && { role }), ...(region !== undefined && { region }) };
    const member = desk === undefined ? undefined : membership(desk, place);
    const isOn = active === undefined ? undefined : active === 'true';
    const asked = { anyOf: [searched(isOn, keyword, member)] };
    const fits = (person: Grant) =>
      finds(person) && (member === undefined || membershipsOf(person.access).includes(member));
    const { rows, page: shown } = await readCountedPage(store, asked, page, fits);
    return { result: rows.map(({ data }) => personToWire(data)), page: shown };
  },
});
