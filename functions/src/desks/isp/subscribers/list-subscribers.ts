import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { pageHeaders } from '../../../kernel/store/page.ts';
import { branchQuery, readBranch } from '../branch-list.ts';
import { dataOf, isp } from '../desk.ts';
import { subscribers } from '../records.ts';
import { CONTRACT } from './subscriber.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { subscriberToWire, subscriberWireSchema } from '../wire.ts';

/** The subscribers of one branch, by name. */
export const listSubscribers = isp.endpoint({
  method: 'get',
  path: '/subscribers',
  summary: 'Lists the subscribers of a branch by name',
  contract: CONTRACT,
  roles: ROLES,
  input: { ...noInput, query: z.strictObject(branchQuery) },
  status: 200,
  output: dataOf(z.array(subscriberWireSchema)),
  headers: pageHeaders,
  cost: { reads: (rows) => rows + 1, writes: 0 },
  sample: {
    as: 'Staff',
    given: 'subscriber',
    query: { isp_id: '1', branch_id: '1', user_id: '1' },
  },
  handle: async (context) => {
    const { ofBranch } = subscribers.queries;
    const found = await readBranch(context, context.input.query, ofBranch.where);
    return found instanceof Problem ? found : { data: found.map(subscriberToWire) };
  },
});
