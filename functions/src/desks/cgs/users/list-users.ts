import { z } from 'zod';
import { type Context, noInput } from '../../../kernel/http/endpoint.ts';
import { personSearch, searchOf } from '../../../kernel/people/search.ts';
import { invalid } from '../../../kernel/problem.ts';
import { pageQuery, readPage } from '../../../kernel/store/page.ts';
import { cgs, listOf } from '../desk.ts';
import {
  USER_SORTS,
  type User,
  type UserOrder,
  userGrantSchema,
  userToWire,
  userWireSchema,
} from './people.ts';
import { matchesFilters, type UserFilters, visibleUsers } from './queries.ts';
import { type Person, regionFilter } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { areaIds as areaIdsOf } from '../master/find-area.ts';

const field = z.enum(USER_SORTS);
const direction = z.enum(['asc', 'desc']);
const either = z.union([field, direction]).optional();

const listQuery = z.strictObject({
  orderBy: either.meta({ description: 'what to sort by, or the direction' }),
  sortBy: either.meta({ description: 'the other of the two' }),
  region: regionFilter,
  role: z.enum(ROLES).optional().meta({ description: 'only those with this role' }),
  area: z.string().max(200).optional().meta({ description: 'the id or the name of an area' }),
  active: z.enum(['true', 'false']).optional().meta({
    description: 'whether they and their access are active',
  }),
  q: personSearch,
  ...pageQuery,
});
type ListQuery = z.output<typeof listQuery>;

/** The order: one parameter names the field, the other the direction, in either way. */
const orderOf = ({ orderBy, sortBy }: ListQuery): UserOrder | undefined => {
  const fields = [orderBy, sortBy].flatMap((value) => field.safeParse(value).data ?? []);
  const directions = [orderBy, sortBy].flatMap((value) => direction.safeParse(value).data ?? []);
  if (fields.length > 1 || directions.length > 1) return undefined;
  const [by = 'name'] = fields;
  return directions[0] === 'desc' ? `-${by}` : by;
};

type Asked = Context<Person, { readonly query: ListQuery }>;

const filtersOf = async ({ store, input: { query } }: Asked): Promise<UserFilters> => {
  const { region, role, area, active } = query;
  const { keyword } = searchOf(query.q);
  const areaIds = area === undefined ? undefined : await areaIdsOf(store, area, region);
  return {
    region,
    role,
    areaIds,
    active: active === undefined ? undefined : active === 'true',
    keyword,
  };
};

/** A page of the people whom the caller sees; a FOC sees only themselves. */
const visible = async (context: Asked, order: UserOrder, filters: UserFilters) => {
  const { actor, principal, store } = context;
  const { query } = context.input;
  const { role, region } = actor;
  const { finds } = searchOf(query.q);
  const fits = (user: User) => matchesFilters(user, filters) && finds(user);
  if (role === 'FOC') {
    const self = userGrantSchema.parse(principal?.person);
    const page = { limit: query.limit, nextCursor: null };
    return { people: [self].filter(fits), page };
  }
  const anyOf = visibleUsers({ role, region }, order, filters);
  const { rows, page } = await readPage(store, { anyOf }, query, fits);
  return { people: rows.map(({ data }) => data), page };
};

/** Returns the people within the caller's reach, in pages (contract, "User 2, all"). */
export const listUsers = cgs.endpoint({
  method: 'get',
  path: '/users',
  summary: 'Lists the people within the caller’s reach',
  contract: 'User 2, all',
  roles: ROLES,
  input: { ...noInput, query: listQuery },
  status: 200,
  output: listOf(userWireSchema),
  returns: 'a page of people',
  // A filter by area costs one read for each area of that name; in another order than by name, each
  // person who does not pass the filters costs one too.
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'SuperAdmin', query: { orderBy: 'name', sortBy: 'asc' } },
  handle: async (context) => {
    const { query } = context.input;
    const order = orderOf(query);
    if (order === undefined) {
      const message = `Let one name the field (${USER_SORTS.join(', ')}), the other asc or desc.`;
      return invalid([{ path: 'sortBy', message }]);
    }
    const { people, page } = await visible(context, order, await filtersOf(context));
    return { result: people.map(userToWire), page };
  },
});
