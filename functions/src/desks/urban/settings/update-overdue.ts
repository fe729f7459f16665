import { editBody, readOnlyChanges } from '../../../kernel/http/edit-body.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { refuse } from '../../../kernel/problem.ts';
import { urban } from '../desk.ts';
import { overdueBody } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { overdueSetting } from './collection.ts';
import { overdueToWire, overdueWireSchema } from './wire.ts';

/** Edits from when on a ticket is overdue, for those who assign tickets. */
export const updateOverdue = urban.endpoint({
  method: 'put',
  path: '/settings/overdue',
  summary: 'Edits how long after its opening an open ticket is overdue, with ticket:write',
  returns: 'the hours as they are now',
  contract: 'Query Endpoints, overdue',
  roles: ROLES,
  input: { ...noInput, body: editBody(overdueBody, overdueWireSchema) },
  status: 200,
  output: overdueWireSchema,
  cost: { reads: 2, writes: 1 },
  audit: 'settings',
  sample: {
    as: 'Reader',
    body: {
      pendingHours: 24,
      inProgressHours: 120,
      categories: { GAS: { pendingHours: 1, inProgressHours: 12 } },
    },
  },
  loads: () => [overdueSetting.key],
  handle: ({ input: { body }, change }) => {
    const { asked, sent } = body;
    return change({
      decide: ({ reads, actor, now }) => {
        if (!actor.permissions.includes('ticket:write')) return refuse('auth/forbidden');
        const known = overdueSetting.of(reads);
        const changed = readOnlyChanges(sent, overdueBody, overdueToWire(known));
        if (changed !== undefined) return changed;
        const setting = { ...known, ...asked, updatedAt: now };
        return { writes: [overdueSetting.put(reads, setting)], answer: overdueToWire(setting) };
      },
    });
  },
});
