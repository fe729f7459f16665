import { noInput } from '../../../kernel/http/endpoint.ts';
import { createdSchema, isp, problemOf } from '../desk.ts';
import { counterOf, subscribers } from '../records.ts';
import { createSubscriberBody, type Subscriber } from '../domain/schemas.ts';
import { CONTRACT } from './subscriber.ts';
import { refusalOfPlace } from '../domain/ticket.ts';
import { ROLES } from '../domain/vocabulary.ts';

/** Adds a subscriber to a branch under the next number. */
export const createSubscriber = isp.endpoint({
  method: 'post',
  path: '/subscribers',
  summary: 'Adds a subscriber to a branch',
  contract: CONTRACT,
  roles: ROLES,
  input: { ...noInput, body: createSubscriberBody },
  status: 201,
  output: createdSchema,
  cost: { reads: 2, writes: 2 },
  sample: {
    as: 'Staff',
    body: {
      isp_id: 1,
      branch_id: 1,
      user_id: 1,
      name: 'John Doe',
      phone: '+62 812-3456-7890',
      address: 'Jl. Merdeka 10',
    },
  },
  handle: ({ input: { body }, changeNumbered }) =>
    changeNumbered({
      counter: counterOf('subscriber'),
      decide: ({ actor, now }) => {
        const misplaced = refusalOfPlace(actor, body);
        if (misplaced !== undefined) return problemOf(misplaced);
        const subscriber = (id: number): Subscriber => ({
          id,
          ispId: body.isp_id,
          branchId: body.branch_id,
          name: body.name,
          phone: body.phone ?? null,
          address: body.address ?? null,
          createdAt: now,
          updatedAt: now,
        });
        return (id) => ({
          writes: [subscribers.create(String(id), subscriber(id))],
          answer: { message: 'Subscriber created successfully', data: { id } },
        });
      },
    }),
});
