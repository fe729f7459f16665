import { grants } from '../../../kernel/auth/grant.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, resultOf } from '../desk.ts';
import { userIn, userToWire, userWireSchema } from './people.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { maySeeUser } from './queries.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Returns one person (contract, "User 2, detail"); 404 for one out of the caller's reach. */
export const getUser = cgs.endpoint({
  method: 'get',
  path: '/users/:id',
  summary: 'Returns one person',
  contract: 'User 2, detail',
  roles: ROLES,
  refusals: ['user/not-found'],
  input: { ...noInput, params: byId },
  status: 200,
  output: resultOf(userWireSchema),
  returns: 'the person',
  cost: { reads: 2, writes: 0 },
  sample: { as: 'NOC', given: 'user' },
  loads: ({ params }) => [grants.doc(params.id)],
  handle: async ({ input, reads, actor }) => {
    const user = userIn(reads, input.params.id);
    if (user === undefined || !maySeeUser(user, actor)) return cgs.refuse('user/not-found');
    return { result: userToWire(user) };
  },
});
