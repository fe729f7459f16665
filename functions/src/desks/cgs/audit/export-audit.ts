import { z } from 'zod';
import type { AuditEntry } from '../../../kernel/audit/collection.ts';
import { writeLines } from '../../../kernel/csv.ts';
import { noInput, textStream } from '../../../kernel/http/endpoint.ts';
import { pagesOf } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
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
  at: ({ at }) => at.toISOString(),
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
  isCut: ({ isCut }) => String(isCut),
} as const satisfies Record<string, (entry: AuditEntry) => string | null>;

const linesOf = async function* (
  store: Store,
  criteria: ReturnType<typeof auditQuery>,
): AsyncGenerator<string> {
  yield writeLines([Object.keys(COLUMNS)]);
  for await (const page of pagesOf(store, criteria)) {
    yield writeLines(
      page.map(({ data }) => Object.values(COLUMNS).map((cellOf) => cellOf(data) ?? '')),
    );
  }
};

/** Streams the audit log with the same filters as its list, as CSV. */
export const exportAudit = cgs.endpoint({
  method: 'get',
  path: '/audit/export',
  summary: 'Exports the audit log as CSV, newest first',
  contract: 'Audit, export',
  roles: ['SuperAdmin'],
  input: { ...noInput, query: z.strictObject(auditFilters) },
  status: 200,
  output: textStream,
  returns: 'one line for each entry, under a line with the names of the columns',
  produces: 'text/csv',
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'SuperAdmin', query: { subject: 'areas/none' } },
  handle: async ({ input: { query }, runtime, store }) =>
    linesOf(store, auditQuery(query, runtime.config.timeZone)),
});
