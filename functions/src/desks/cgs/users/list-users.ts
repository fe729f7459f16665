import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { invalid } from '../../../kernel/problem.ts';
import { pageQuery, readPage } from '../../../kernel/store/page.ts';
import { cgs, listOf } from '../desk.ts';
import {
  USER_SORTS,
  type UserOrder,
  userGrantSchema,
  userToWire,
  userWireSchema,
} from './people.ts';
import { visibleUsers } from './queries.ts';
import { ROLES } from '../domain/vocabulary.ts';

const field = z.enum(USER_SORTS);
const direction = z.enum(['asc', 'desc']);
const either = z.union([field, direction]).optional();

const listQuery = z.strictObject({ orderBy: either, sortBy: either, ...pageQuery });
type ListQuery = z.output<typeof listQuery>;

/** The order: one parameter names the field, the other the direction, in either way. */
const orderOf = ({ orderBy, sortBy }: ListQuery): UserOrder | undefined => {
  const fields = [orderBy, sortBy].flatMap((value) => field.safeParse(value).data ?? []);
  const directions = [orderBy, sortBy].flatMap((value) => direction.safeParse(value).data ?? []);
  if (fields.length > 1 || directions.length > 1) return undefined;
  const [by = 'name'] = fields;
  return directions[0] === 'desc' ? `-${by}` : by;
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
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: { as: 'SuperAdmin', query: { orderBy: 'name', sortBy: 'asc' } },
  handle: async ({ input: { query }, actor, principal, store }) => {
    const order = orderOf(query);
    if (order === undefined) {
      const message = `Let one name the field (${USER_SORTS.join(', ')}), the other asc or desc.`;
      return invalid([{ path: 'sortBy', message }]);
    }
    const { role, region } = actor;
    if (role === 'FOC') {
      const result = [userToWire(userGrantSchema.parse(principal?.person))];
      return { result, page: { limit: query.limit, nextCursor: null } };
    }
    const anyOf = visibleUsers({ role, region }, order);
    const { rows, page } = await readPage(store, { anyOf }, query);
    return { result: rows.map(({ data }) => userToWire(data)), page };
  },
});
