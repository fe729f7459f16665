import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, resultOf } from '../desk.ts';
import { userGrantSchema, userToWire, userWireSchema } from './people.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Returns the signed-in person. */
export const getMe = cgs.endpoint({
  method: 'get',
  path: '/users/me',
  summary: 'Returns the person who is signed in',
  contract: 'User 2, detail',
  roles: ROLES,
  input: noInput,
  status: 200,
  output: resultOf(userWireSchema),
  returns: 'the person who is signed in',
  cost: { reads: 1, writes: 0 },
  sample: { as: 'FOC' },
  handle: async ({ principal }) => ({
    result: userToWire(userGrantSchema.parse(principal?.person)),
  }),
});
