import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { doneSchema, isp } from '../desk.ts';
import { subscribers } from '../records.ts';
import { updateSubscriberBody } from '../domain/schemas.ts';
import { CONTRACT, subscriberIn } from './subscriber.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Changes a subscriber; a new name follows into their tickets. */
export const updateSubscriber = isp.endpoint({
  method: 'put',
  path: '/subscribers/:id',
  summary: 'Changes a subscriber; what is left out stays',
  contract: CONTRACT,
  roles: ROLES,
  input: { ...noInput, params: byNumber, body: updateSubscriberBody },
  status: 200,
  output: doneSchema,
  cost: { reads: 2, writes: 1 },
  sample: { as: 'Staff', given: 'new subscriber', body: { name: 'John Smith', phone: null } },
  loads: ({ params }) => [subscribers.doc(params.id)],
  handle: ({ input: { params, body }, change }) =>
    change({
      decide: ({ reads, actor, now }) => {
        const seen = subscriberIn(reads, params.id, actor);
        if (seen instanceof Problem) return seen;
        const { name, phone, address } = body;
        const patch = {
          ...(name !== undefined && { name }),
          ...(phone !== undefined && { phone }),
          ...(address !== undefined && { address }),
          updatedAt: now,
        };
        return {
          writes: [subscribers.update(seen, patch)],
          answer: { message: 'Subscriber updated successfully' },
        };
      },
    }),
});
