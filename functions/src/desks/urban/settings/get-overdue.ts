import { noInput } from '../../../kernel/http/endpoint.ts';
import { urban } from '../desk.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { overdueSetting } from './collection.ts';
import { overdueToWire, overdueWireSchema } from './wire.ts';

/** Returns from when on a ticket is overdue. */
export const getOverdue = urban.endpoint({
  method: 'get',
  path: '/settings/overdue',
  summary: 'Returns how long after its opening an open ticket is overdue',
  returns: 'the hours for each open status, and those of categories that have their own',
  contract: 'Query Endpoints, overdue',
  roles: ROLES,
  input: noInput,
  status: 200,
  output: overdueWireSchema,
  cost: { reads: 2, writes: 0 },
  sample: { as: 'Citizen' },
  loads: () => [overdueSetting.key],
  handle: async ({ reads }) => overdueToWire(overdueSetting.of(reads)),
});
