import { grants } from '../../../kernel/auth/grant.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { byId } from '../../../kernel/store/ids.ts';
import { cgs, resultOf } from '../desk.ts';
import { personToWire, personWireSchema } from './wire.ts';

/** Returns anybody, with all that they may do. */
export const getPerson = cgs.endpoint({
  method: 'get',
  path: '/people/:id',
  summary: 'Returns a person of whatever desk',
  contract: 'Common to all four, people',
  roles: ['SuperAdmin'],
  refusals: ['user/not-found'],
  input: { ...noInput, params: byId },
  status: 200,
  output: resultOf(personWireSchema),
  returns: 'the person',
  cost: { reads: 2, writes: 0 },
  sample: { as: 'SuperAdmin', given: 'somebody' },
  loads: ({ params }) => [grants.doc(params.id)],
  handle: async ({ input: { params }, reads }) => {
    const seen = reads.get(grants.doc(params.id));
    return seen === undefined ? cgs.refuse('user/not-found') : { result: personToWire(seen.data) };
  },
});
