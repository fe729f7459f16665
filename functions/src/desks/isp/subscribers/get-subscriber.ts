import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { dataOf, isp } from '../desk.ts';
import { subscribers } from '../records.ts';
import { CONTRACT, subscriberIn } from './subscriber.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { subscriberToWire, subscriberWireSchema } from '../wire.ts';

/** One subscriber; 404 for one out of the caller's reach. */
export const getSubscriber = isp.endpoint({
  method: 'get',
  path: '/subscribers/:id',
  summary: 'Answers one subscriber',
  contract: CONTRACT,
  roles: ROLES,
  input: { ...noInput, params: byNumber },
  status: 200,
  output: dataOf(subscriberWireSchema),
  cost: { reads: 2, writes: 0 },
  sample: { as: 'Staff', given: 'subscriber' },
  loads: ({ params }) => [subscribers.doc(params.id)],
  handle: async ({ input: { params }, reads, actor }) => {
    const seen = subscriberIn(reads, params.id, actor);
    return seen instanceof Problem ? seen : { data: subscriberToWire(seen.data) };
  },
});
