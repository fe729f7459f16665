import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pageQuery, readPage } from '../../../kernel/store/page.ts';
import { cgs, listOf } from '../desk.ts';
import { auditFilters, auditQuery, auditToWire, auditWireSchema } from './query.ts';

/** The audit log of all desks, newest first, in pages. */
export const listAudit = cgs.endpoint({
  method: 'get',
  path: '/audit',
  summary: 'Lists who changed what, at every desk, newest first',
  contract: 'Audit',
  roles: ['SuperAdmin'],
  input: { ...noInput, query: z.strictObject({ ...auditFilters, ...pageQuery }) },
  status: 200,
  output: listOf(auditWireSchema),
  returns: 'a page of entries',
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'SuperAdmin', given: 'oneArea', query: { kind: 'masterData', desk: 'cgs' } },
  handle: async ({ input: { query }, runtime, store }) => {
    const asked = auditQuery(query, runtime.config.timeZone);
    const { rows, page } = await readPage(store, asked, query);
    return { result: rows.map(({ data }) => auditToWire(data)), page };
  },
});
