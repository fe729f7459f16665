import { z } from 'zod';
import type { AuditEntry } from '../../../kernel/audit/collection.ts';
import { type Columns, csvExport, exportLines } from '../../../kernel/csv-export.ts';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import { cgs } from '../desk.ts';
import { auditFilters, auditQuery } from './query.ts';

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** `areas/1 name: "BANDUNG" → "CIMAHI"`, one line for each field. */
const changesOf = ({ documents }: AuditEntry): string =>
  documents
    .flatMap(({ path, fields }) =>
      fields.map(({ field, from, to }) => `${path} ${field}: ${textOf(from)} → ${textOf(to)}`),
    )
    .join('\n');

/** The columns of an export, in order, and where each comes from. */
const COLUMNS = {
  at: ({ at }) => at,
  personId: ({ by }) => by.id,
  person: ({ by }) => by.name,
  email: ({ by }) => by.email,
  address: ({ address }) => address,
  desk: ({ desk }) => desk,
  kind: ({ kind }) => kind,
  action: ({ action }) => action,
  subject: ({ subject }) => subject,
  title: ({ title }) => title,
  changes: changesOf,
  isCut: ({ isCut }) => isCut,
} as const satisfies Columns<AuditEntry>;

/** Streams the audit log with the same filters as its list, as CSV. */
export const exportAudit = cgs.endpoint({
  ...csvExport,
  path: '/audit/export',
  summary: 'Exports the audit log as CSV, newest first',
  contract: 'Audit, export',
  roles: ['SuperAdmin'],
  input: { ...noInput, query: z.strictObject(auditFilters) },
  returns: 'one line for each entry, under a line with the names of the columns',
  sample: { as: 'SuperAdmin', query: { subject: 'areas/none' } },
  handle: async ({ input: { query }, runtime, store }) =>
    exportLines(
      COLUMNS,
      pagesOf(store, auditQuery(query, runtime.config.timeZone)),
      (page) => page,
    ),
});
