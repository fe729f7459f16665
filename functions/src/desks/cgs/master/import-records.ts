import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Endpoint, noInput, type Context } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { changeGathering } from '../../../kernel/store/change.ts';
import type { Write } from '../../../kernel/store/document.ts';
import { cgs, resultOf } from '../desk.ts';
import type { Person } from '../domain/schemas.ts';
import { readSheet } from './csv.ts';
import { columnsOf } from './export-records.ts';
import {
  type Line,
  type Outcome,
  outcomeFor,
  type Prepared,
  prepare,
  repeated,
  type RowError,
} from './import-plan.ts';
import type { Resource, Stored } from './resource.ts';

const CSV_BODY = { type: 'text/csv', limit: 10 * 1024 * 1024 } as const;
const MOST_LISTED = 200;
/** What one commit of Firestore takes. */
const MOST_WRITES = 500;

const flag = z.enum(['true', 'false']).optional();

const importQuery = z.strictObject({
  partial: flag.meta({ description: 'true: keep the good rows where others are bad' }),
  update: flag.meta({ description: 'true: change records that are there with other content' }),
});

const reportSchema = z
  .object({
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    errors: z.array(z.object({ row: z.int(), path: z.string(), message: z.string() })),
  })
  .meta({ id: 'ImportReport' });

type Report = z.output<typeof reportSchema>;
type Doing = Extract<Outcome, { kind: 'created' | 'updated' }>;

const isDoing = (outcome: Outcome): outcome is Doing =>
  outcome.kind === 'created' || outcome.kind === 'updated';

const errorsOf = (outcomes: readonly Outcome[]): RowError[] =>
  outcomes.flatMap((outcome) =>
    outcome.kind === 'failed'
      ? outcome.errors.map((error) => ({ row: outcome.line.row, ...error }))
      : [],
  );

const reportOf = (outcomes: readonly Outcome[], errors: readonly RowError[]): Report => {
  const count = (kind: Outcome['kind']) => outcomes.filter((each) => each.kind === kind).length;
  const all = [...errors, ...errorsOf(outcomes)].toSorted((one, other) => one.row - other.row);
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    failed: new Set(all.map(({ row }) => row)).size,
    errors: all.slice(0, MOST_LISTED),
  };
};

/** The writes of rows; each record that they name is touched once. */
const writesOf = (outcomes: readonly Doing[]): Write[] => {
  const touches = outcomes.flatMap((outcome) => outcome.touches);
  return [
    ...outcomes.flatMap(({ writes }) => writes),
    ...new Map(touches.map((touch) => [touch.path, touch])).values(),
  ];
};

/** Rows that fit into one commit together. */
const batchesOf = (outcomes: readonly Doing[]): Line[][] => {
  const batches: Line[][] = [];
  let room = 0;
  let touched = new Set<string>();
  for (const { line, writes, touches } of outcomes) {
    const fresh = touches.filter(({ path }) => !touched.has(path));
    room -= writes.length + fresh.length;
    if (room < 0) {
      batches.push([]);
      touched = new Set();
      room = MOST_WRITES - writes.length - touches.length;
    }
    for (const { path } of touches) touched.add(path);
    batches.at(-1)?.push(line);
  }
  return batches;
};

/** A row that the schema refuses, since the record that it stands for has changed. */
const failedOf = (line: Line, errors: readonly RowError[]): Outcome[] => {
  const its = errors.filter(({ row }) => row === line.row);
  return its.length === 0 ? [] : [{ kind: 'failed', line, errors: its }];
};

/** One import under way. */
interface Importing<G extends object, D extends Stored> {
  readonly resource: Resource<G, D>;
  readonly tools: Context<Person, unknown>;
  readonly update: boolean;
}

/** Commits some rows at once; when something moved meanwhile, they are read and judged again. */
const commitBatch = async <G extends object, D extends Stored>(
  { resource, tools: { store, runtime }, update }: Importing<G, D>,
  lines: readonly Line[],
  first: Prepared<G, D>,
): Promise<Outcome[]> => {
  const rows = new Set(lines.map(({ row }) => row));
  const outcome = await changeGathering<Outcome[], Outcome[], Prepared<G, D>>(
    store,
    runtime.groups,
    {
      changeId: randomUUID(),
      first: first.reads,
      read: (more) => store.load(more),
      gather: async (reads) => (reads === first.reads ? first : prepare(resource, store, lines)),
      decide: ({ gathered: prepared }) => {
        const now = runtime.now();
        const drafts = prepared.drafts.filter(({ line }) => rows.has(line.row));
        const outcomes = [
          ...lines.flatMap((line) => failedOf(line, prepared.errors)),
          ...drafts.map((draft) => outcomeFor(resource, draft, prepared.reads, { now, update })),
        ];
        const writes = writesOf(outcomes.filter(isDoing));
        return writes.length === 0
          ? { kind: 'stop', value: outcomes }
          : { kind: 'write', plan: { writes, answer: outcomes } };
      },
    },
  );
  return 'answer' in outcome ? outcome.answer : outcome.stopped;
};

/** Judges all rows first, then writes the good ones, as many as fit into each commit. */
const importLines = async <G extends object, D extends Stored>(
  importing: Importing<G, D>,
  lines: readonly Line[],
  torn: readonly RowError[],
  partial: boolean,
): Promise<Report | Problem> => {
  const { resource, tools, update } = importing;
  const prepared = await prepare(resource, tools.store, lines);
  const early = [...torn, ...prepared.errors, ...repeated(resource, prepared.drafts)];
  const bad = new Set(early.map(({ row }) => row));
  const now = tools.runtime.now();
  const judged = prepared.drafts
    .filter(({ line }) => !bad.has(line.row))
    .map((draft) => outcomeFor(resource, draft, prepared.reads, { now, update }));
  const isRefused = !partial && (early.length > 0 || errorsOf(judged).length > 0);
  if (isRefused) {
    const report = reportOf(judged, early);
    return cgs.refuse('master/import-refused', { ...report, created: 0, updated: 0 });
  }
  const done: Outcome[] = judged.filter((outcome) => !isDoing(outcome));
  for (const batch of batchesOf(judged.filter(isDoing))) {
    done.push(...(await commitBatch(importing, batch, prepared)));
  }
  return reportOf(done, early);
};

/**
 * Imports records from CSV: all rows, or none where one is bad, unless the caller takes the good
 * ones. Many rows are many commits: an import that was cut is sent again, and what is there with
 * the same content counts as unchanged.
 */
export const importRecords = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
): Endpoint => {
  const { samples } = resource;
  return cgs.endpoint({
    method: 'post',
    path: `${resource.path}/import`,
    summary: `Imports ${resource.many} from CSV, whose columns are the fields of a POST`,
    contract: `${resource.contract}, import`,
    roles: ['SuperAdmin'],
    input: { ...noInput, query: importQuery, body: z.string().min(1) },
    consumes: CSV_BODY,
    status: 200,
    output: resultOf(reportSchema),
    cost: samples.costs.import,
    sample: { as: 'SuperAdmin', given: samples.free, body: samples.csv },
    handle: async (tools) => {
      const { query, body } = tools.input;
      const sheet = await readSheet(body, columnsOf(resource));
      if (sheet instanceof Problem) return sheet;
      const lines = sheet.rows.map((row) => ({ ...row, id: randomUUID() }));
      const torn = sheet.torn.map((row) => ({
        row,
        path: 'body',
        message: `The header has ${sheet.columns.length} cells; this row has not.`,
      }));
      const importing = { resource, tools, update: query.update === 'true' };
      const report = await importLines(importing, lines, torn, query.partial === 'true');
      if (report instanceof Problem) return report;
      // An Idempotency-Key's answer is kept here; without one there is nothing left to write.
      return tools.change({ decide: () => ({ writes: [], answer: { result: report } }) });
    },
  });
};
