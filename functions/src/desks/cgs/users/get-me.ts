import { people } from '../../../kernel/auth/person.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, resultOf } from '../desk.ts';
import { userToWire, userWireSchema } from './people.ts';
import { userIn } from './user-change.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Returns the signed-in person as they are in the store, not in the session. */
export const getMe = cgs.endpoint({
  method: 'get',
  path: '/users/me',
  summary: 'Returns the person who is signed in',
  contract: 'User 2, detail',
  roles: ROLES,
  refusals: ['user/not-found'],
  input: noInput,
  status: 200,
  output: resultOf(userWireSchema),
  returns: 'the person who is signed in',
  cost: { reads: 2, writes: 0 },
  sample: { as: 'FOC' },
  handle: async ({ actor, store }) => {
    const found = userIn(await store.load([people.doc(actor.id)]), actor.id);
    return found === undefined ? cgs.refuse('user/not-found') : { result: userToWire(found.user) };
  },
});
