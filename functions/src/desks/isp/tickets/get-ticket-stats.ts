import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { periodQuery } from '../../../kernel/period.ts';
import { dataOf, isp, problemOf } from '../desk.ts';
import { tickets } from '../records.ts';
import { placeQuery } from '../domain/schemas.ts';
import { refusalOfPlace } from '../domain/ticket.ts';
import { PRIORITY, ROLES, STATUS } from '../domain/vocabulary.ts';

const count = z.int().nonnegative();

const statsSchema = z
  .object({
    total: count,
    by_status: z.object({ open: count, in_progress: count, resolved: count, closed: count }),
    by_priority: z.object({ low: count, medium: count, high: count }),
  })
  .meta({ id: 'TicketStats' });

/** Counts the tickets of a branch by status and by priority, which the store does by itself. */
export const getTicketStats = isp.endpoint({
  method: 'get',
  path: '/tickets/stats',
  summary: 'Counts the tickets of a branch by status and by priority',
  returns: 'how many tickets there are of each status and each priority',
  contract: 'Fetch All Tickets, figures',
  roles: ROLES,
  refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access'],
  input: { ...noInput, query: z.strictObject({ ...placeQuery, ...periodQuery }) },
  status: 200,
  output: dataOf(statsSchema),
  // The caller and seven counts, each of which costs one more for each 1,000 tickets that it counts.
  cost: { reads: 8, writes: 0 },
  sample: { as: 'staff', given: 'ticket', query: { isp_id: '1', branch_id: '1', user_id: '1' } },
  handle: async ({ input: { query }, actor, store }) => {
    const misplaced = refusalOfPlace(actor, query);
    if (misplaced !== undefined) return problemOf(misplaced);
    const { isp_id: ispId, branch_id: branchId, from, to } = query;
    type Compared = Parameters<typeof tickets.queries.ofBranch.where>[0];
    const counted = (of: Pick<Compared, 'status' | 'priority'>) =>
      store.count({
        anyOf: [tickets.queries.ofBranch.where({ ispId, branchId, ...of })],
        range: { from, to },
      });
    const [open, in_progress, resolved, closed, low, medium, high] = await Promise.all([
      counted({ status: STATUS.open }),
      counted({ status: STATUS.inProgress }),
      counted({ status: STATUS.resolved }),
      counted({ status: STATUS.closed }),
      counted({ priority: PRIORITY.low }),
      counted({ priority: PRIORITY.medium }),
      counted({ priority: PRIORITY.high }),
    ]);
    return {
      data: {
        total: open + in_progress + resolved + closed,
        by_status: { open, in_progress, resolved, closed },
        by_priority: { low, medium, high },
      },
    };
  },
});
