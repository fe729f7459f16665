import { z } from 'zod';
import { type Grant, grants } from '../auth/grant.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import { refuse } from '../problem.ts';
import { narrowed } from '../resource/reach.ts';
import { byId } from '../store/ids.ts';
import { barePageQuery, pageHeaders, readHeadedPage } from '../store/page.ts';
import type { Criteria, Equal } from '../store/query.ts';
import { personSearch, searchOf } from './search.ts';
import { accessWithin } from './change.ts';
import type { Served } from './served.ts';
import { personToWire } from './wire.ts';

const listQuery = {
  active: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'whether their access to this desk is active' }),
  q: personSearch,
  ...barePageQuery,
};

/** The fields of `grants/{uid}` that a list's query asks for. */
const equalOf = (desk: string, filters: object, query: Equal): Equal => {
  const { active } = query;
  const sent = Object.keys(filters).filter((name) => query[name] !== undefined);
  return {
    ...Object.fromEntries(sent.map((name) => [`access.${desk}.${name}`, query[name]])),
    ...(active !== undefined && { [`access.${desk}.active`]: active === 'true' }),
  };
};

/** Lists the people of the desk whom the caller reaches. */
export const listPeople = <A, Role extends string, S extends z.ZodObject, D extends Grant>({
  declared,
  style,
  wire,
  endpoint,
}: Served<A, Role, S, D>): Endpoint => {
  const { desk, reach, filters, collection, admits } = declared;
  const criteriaOf = (actor: A, query: Equal, keywords: string | undefined): Criteria<D> => ({
    anyOf: narrowed(reach, actor, equalOf(desk, filters, query)).map((equal) =>
      collection.queries.list.where({ ...equal, keywords }),
    ),
  });
  return endpoint({
    method: 'get',
    path: '/people',
    summary: 'Lists the people of this desk whom the caller administers, by name',
    input: { ...noInput, query: z.strictObject({ ...filters, ...listQuery }) },
    status: 200,
    output: style.list.schema(wire),
    headers: pageHeaders,
    returns: 'a page of people',
    cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
    sample: { given: declared.samples.given, query: { limit: '5' } },
    handle: async ({ input: { query }, actor, store, setHeader }) => {
      if (admits?.(actor, 'read') === false) return refuse('auth/forbidden');
      const { keyword, finds } = searchOf(query.q);
      const criteria = criteriaOf(actor, query, keyword);
      const fits = (person: D) =>
        accessWithin(declared, actor, person) !== undefined && finds(person);
      const { rows } = await readHeadedPage({ store, setHeader }, criteria, query, fits);
      return style.list.of(rows.map(({ data }) => personToWire(data, desk)));
    },
  });
};

/** Returns one person of the desk; 404 for one out of the caller's reach. */
export const getPerson = <A, Role extends string, S extends z.ZodObject, D extends Grant>({
  declared,
  style,
  wire,
  endpoint,
}: Served<A, Role, S, D>): Endpoint =>
  endpoint({
    method: 'get',
    path: '/people/:id',
    summary: 'Returns one person of this desk',
    refusals: ['person/not-found'],
    input: { ...noInput, params: byId },
    status: 200,
    output: style.one.schema(wire),
    returns: 'the person',
    cost: { reads: 2, writes: 0 },
    sample: { given: declared.samples.given },
    loads: ({ params }) => [grants.doc(params.id)],
    handle: async ({ input: { params }, actor, reads }) => {
      if (declared.admits?.(actor, 'read') === false) return refuse('auth/forbidden');
      const person = reads.get(grants.doc(params.id))?.data;
      const access = accessWithin(declared, actor, person);
      if (person === undefined || access === undefined) return refuse('person/not-found');
      return style.one.of(personToWire(person, declared.desk));
    },
  });
